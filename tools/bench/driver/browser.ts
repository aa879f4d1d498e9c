import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { DevToolsPipe } from './devtools-pipe';
import { Tab } from './tab';

/** Nothing of the browser's own may disturb a run, and nothing of the machine's proxies. */
const ARGUMENTS = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--metrics-recording-only',
  '--window-size=1366,768',
  // The certificate of the HTTP/2 server is self-signed.
  '--ignore-certificate-errors',
];

/** One of the browser's processes. */
export interface BrowserProcess {
  readonly id: number;
  /** Whether it holds a page. */
  readonly isRenderer: boolean;
  /** CPU time so far, of all threads. */
  readonly cpuMs: number;
}

/** Browser of one run. */
export interface Browser {
  /** `Chrome/150.0.1.2`. */
  readonly product: string;
  /** Opens a page and waits until it has loaded. */
  readonly open: (url: string) => Promise<Tab>;
  readonly processes: () => Promise<BrowserProcess[]>;
  readonly close: () => Promise<void>;
}

/** Starts a browser with a profile in `profileFolder`, driven over a bare DevTools pipe. */
export async function launchBrowser(executable: string, profileFolder: string): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...ARGUMENTS, ...sandbox, `--user-data-dir=${profileFolder}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const pipe = new DevToolsPipe(input, output);
  const { product } = await pipe.send('Browser.getVersion', {});
  return {
    product,
    async open(url) {
      const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
      const tab = new Tab(pipe, sessionId);
      await tab.navigate(url);
      return tab;
    },
    async processes() {
      const { processInfo } = await pipe.send('SystemInfo.getProcessInfo', {});
      return processInfo.map(({ id, type, cpuTime }) => {
        return { id, isRenderer: type === 'renderer', cpuMs: cpuTime * 1000 };
      });
    },
    async close() {
      await pipe.send('Browser.close', {}).catch(() => child.kill('SIGKILL'));
      await exited;
    },
  };
}
