/**
 * Runs a command; what prevents it is told on standard error, with exit code 1.
 * @param {() => Promise<void>} command
 */
export function main(command) {
  command().catch((error) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
