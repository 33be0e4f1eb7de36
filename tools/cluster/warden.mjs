// Kills the processes of a cluster when its supervisor is gone without having stopped them, SIGKILL included: the kernel then closes the
// channel between them. A process of its own because a dead supervisor can do nothing. Each message is the list of process ids now.
/** @type {number[]} */
let pids = [];
process.on('message', (message) => {
  if (Array.isArray(message)) pids = message;
});
process.once('disconnect', () => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
});
