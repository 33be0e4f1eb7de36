/**
 * @param {readonly { name: string, pid?: number, port: number }[]} processes
 * @returns {string} one line for each
 */
export function processesTable(processes) {
  const width = Math.max(...processes.map(({ name }) => name.length)) + 2;
  const rows = [
    ['process', 'pid', 'port'],
    ...processes.map(({ name, pid, port }) => [name, `${pid ?? '-'}`, `${port}`]),
  ];
  return rows
    .map(
      ([name = '', pid = '', port = '']) => `  ${name.padEnd(width)}${pid.padStart(8)}${port.padStart(8)}\n`,
    )
    .join('');
}
