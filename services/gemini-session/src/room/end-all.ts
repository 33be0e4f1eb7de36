/** Takes all steps in their order; one that fails keeps none of the others from being taken. @throws AggregateError of those that failed */
export async function endAll(steps: readonly (() => unknown)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'not everything could be ended in order');
}
