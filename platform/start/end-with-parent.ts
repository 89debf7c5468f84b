// Loaded before the main file of every process that `npm start` starts: when `npm start` itself is killed, the
// channel to it closes, and the process ends gracefully instead of staying behind on its port.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
