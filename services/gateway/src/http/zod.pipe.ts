import type { PipeTransform } from '@nestjs/common';
import type * as z from 'zod';
import { StudioError } from '@studio/contracts';

/** Parses a body, a parameter or a query with a schema; what does not fit is refused as `invalid`, naming the field. */
export class ZodPipe<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(private readonly schema: S) {}

  transform(value: unknown): z.output<S> {
    const parsed = this.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const detail = parsed.error.issues
      .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
      .join('; ');
    throw new StudioError('invalid', detail);
  }
}
