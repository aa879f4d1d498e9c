import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root, tools } from './process.mjs';

/**
 * `npm start`: builds and serves the stand-in. `npm run dev` (`--watch`) builds again after each change and lets the
 * open page reload.
 */
const args = process.argv.slice(2);
const watch = args.includes('--watch');

if (watch) {
  await ensureInstalled();
  start([tools.webpack, '--mode', 'development', '--watch']);
} else {
  await build();
}
const standIn = start(['--import', 'tsx', 'test/stand-in/main.ts', ...args]);
standIn.on('exit', (code) => process.exit(code ?? 0));

function start(nodeArgs) {
  // The channel tells the stand-in when this process is gone, however that came about.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(process.execPath, nodeArgs, { cwd: root, stdio });
  process.on('exit', () => child.kill());
  return child;
}

// The stand-in tidies up before it ends, and this process waits for that.
const stop = () => standIn.kill('SIGTERM');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);

// The shell that npm starts scripts in passes no signal on; when npm is ended so, it leaves this process behind.
const parent = process.ppid;
setInterval(() => process.ppid === parent || stop(), 500).unref();
