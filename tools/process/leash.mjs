// Loaded into a Node process with `--import`: ends it when the process that started it is gone, however that one ended. The kernel closes
// the channel between them even after SIGKILL.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The listener alone would keep a process running that has nothing else to do.
process.channel?.unref();
