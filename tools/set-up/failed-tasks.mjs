const TASK = /^> nx run (\S+)/;

/**
 * What Nx says about the tasks that failed, without what it says about all the others.
 * @param {string} output of `nx run-many --outputStyle=static`
 * @returns {string} all of it when it names no failed task
 */
export function failedTasks(output) {
  const lines = output.split('\n');
  const list = lines.indexOf('Failed tasks:');
  const failed = new Set(lines.slice(list + 1).flatMap((line) => /^- (\S+)$/.exec(line.trim())?.[1] ?? []));
  if (list === -1 || failed.size === 0) return output;
  /** @type {string[]} */
  const kept = [];
  let keep = false;
  for (const line of lines) {
    const task = TASK.exec(line.trim())?.[1];
    if (task !== undefined) keep = failed.has(task);
    else if (/^\s*NX\s/.test(line)) keep = false;
    if (keep) kept.push(line);
  }
  return kept.join('\n').trim();
}
