import * as z from 'zod';

/** Settings that cannot be used; each problem is one line that names its variable and never shows a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * The settings that `schema` describes, taken from environment variables of the same names. An empty variable counts as absent.
 * @throws ConfigError naming every variable that is missing or malformed
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${problem(issue)}`));
}

function problem(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' && issue.input === undefined ? 'is needed' : issue.message;
}

const wholeNumber = (from: number, to: number) => {
  const message = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .pipe(z.int(message).min(from, message).max(to, message));
};

/** Schemas of the settings that several services share. */
export const setting = {
  wholeNumber,
  /** A TCP port; 0 lets the system choose one. */
  port: (fallback?: number) => {
    const port = wholeNumber(0, 65_535);
    return fallback === undefined ? port : port.default(fallback);
  },
  flag: (fallback: boolean) =>
    z
      .enum(['true', 'false', '1', '0'], 'must be true or false')
      .transform((value) => value === 'true' || value === '1')
      .default(fallback),
  /** Values separated by commas. */
  list: () =>
    z
      .string()
      .transform((value) =>
        value
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== ''),
      )
      .default([]),
  /** JSON that fits the schema; what does not is named by its place in it. */
  json: <S extends z.ZodType>(schema: S) =>
    z
      .string()
      .transform((value, context): unknown => {
        try {
          return JSON.parse(value);
        } catch {
          context.addIssue({ code: 'custom', message: 'must be JSON' });
          return z.NEVER;
        }
      })
      .pipe(schema),
  /** An absolute URL of one of the schemes. */
  url: (...schemes: [string, ...string[]]) =>
    z.url({
      protocol: new RegExp(`^(${schemes.join('|')})$`),
      error: `must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    }),
  logLevel: () =>
    z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be a level from fatal to trace, or silent',
      )
      .default('info'),
} as const;
