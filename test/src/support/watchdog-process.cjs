/**
 * Ends a server and removes its folder when the test process that started it is gone, however it
 * went. Its standard input is a pipe from that process: the pipe closes with the process, which no
 * SIGKILL can prevent and no reused pid can fake. "done" on the pipe means: nothing is left to do.
 * Plain JavaScript, as it runs in a Node of its own without any transformation.
 *
 * Usage: node watchdog-process.cjs <pid> <pid file> <folder to remove>
 */
const { readFileSync, rmSync } = require('node:fs');

const [pidText, pidFile, folder] = process.argv.slice(2);
const pid = Number(pidText);
let said = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => (said += text));
process.stdin.on('end', () => {
  if (!said.includes('done')) endServer(0);
});

/** The server removes its pid file when it ends: while the pid stands there the process is ours. */
function isOurs() {
  try {
    process.kill(pid, 0);
    return readFileSync(pidFile, 'utf8').split('\n')[0].trim() === pidText;
  } catch {
    // No such process, or no such file: it has ended.
    return false;
  }
}

/** Fast shutdown for PostgreSQL, plain end for Redis; the hard way after five seconds. */
function endServer(waited) {
  if (!isOurs()) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    return;
  }
  if (waited === 0) process.kill(pid, 'SIGINT');
  else if (waited === 5000) process.kill(pid, 'SIGKILL');
  setTimeout(() => endServer(waited + 100), 100);
}
