import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type * as z from 'zod';
import { StudioError } from '@studio/contracts';

/** Parses a body, a parameter or a query with a schema; what does not fit is refused as `invalid`, naming the field. */
export class ZodPipe<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(private readonly schema: S) {}

  /** @param metadata `data` is the name of a parameter of the path */
  transform(value: unknown, { data: name }: Pick<ArgumentMetadata, 'data'>): z.output<S> {
    const parsed = this.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.flatMap(closest).map(({ path, message }) => {
      const field = [...(name === undefined ? [] : [name]), ...path].join('.');
      return field === '' ? message : `${field}: ${message}`;
    });
    throw new StudioError('invalid', problems.join('; '));
  }
}

/** Of what fits to no form of several: the problems with the form that it resembles most. */
function closest(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [first, ...others] = issue.errors;
  if (!first) return [issue];
  return others.reduce((best, other) => (other.length < best.length ? other : best), first);
}
