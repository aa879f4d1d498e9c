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
  const child = spawn(process.execPath, nodeArgs, { cwd: root, stdio: 'inherit' });
  process.on('exit', () => child.kill());
  return child;
}

// Ctrl+C reaches the children by itself; this process waits for the stand-in to tidy up.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => standIn.kill('SIGTERM'));
