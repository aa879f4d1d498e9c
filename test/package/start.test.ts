import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../../tools/process.mjs';

/** Runs `npm start` until it prints how to stop it, and returns its output. */
async function start(): Promise<string> {
  const child = spawn(process.execPath, ['tools/start.mjs', '--port', '4890'], { cwd: root });
  const closed = once(child, 'close');
  let output = '';
  await new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        output += String(text);
        if (output.includes('stops it')) resolve();
      });
    void closed.then(() => resolve());
  });
  child.kill('SIGTERM');
  await closed;
  return output;
}

test('npm start prints the address of a work item, what to try and how to stop it, and skips a fresh build', async () => {
  await start();
  expect(await start()).toMatch(
    /^stapler is ready: http:\/\/127\.0\.0\.1:48\d\d\/\?item=7&panel=closed\nTry it: .+\nCtrl\+C stops it\.\n$/,
  );
}, 120_000);
