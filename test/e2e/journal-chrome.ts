import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext } from '@playwright/test';
import { chromium } from '@playwright/test';

/** A browser with a profile on disk and a process to kill and restart. */
export interface OwnChrome {
  /** Context with shared storage for all windows. A new one after each start. */
  readonly context: () => BrowserContext;
  /** Kills all processes at once, as a crash does: no notice to the pages, no further writes. */
  readonly kill: () => Promise<void>;
  /** Restarts the browser with the same profile. */
  readonly start: () => Promise<void>;
  /** Stops the browser and removes the profile. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a browser.
 *
 * @param executable Path of its program.
 * @param args Arguments beside those for remote control and isolation.
 * @param folder Parent of its profile; an aborted run leaves it there.
 */
export async function startOwnChrome(
  executable: string,
  args: readonly string[],
  folder: string,
): Promise<OwnChrome> {
  await mkdir(folder, { recursive: true });
  const profile = await mkdtemp(join(folder, 'profile-'));
  let running: { process: ChildProcess; browser: Browser } | undefined;

  async function start(): Promise<void> {
    const child = spawn(
      executable,
      [
        '--headless=new',
        '--remote-debugging-port=0',
        // An unused pipe: it breaks, and ends the browser, when this process dies.
        '--remote-debugging-pipe',
        `--user-data-dir=${profile}`,
        '--no-default-browser-check',
        '--password-store=basic',
        '--use-mock-keychain',
        ...args,
        'about:blank',
      ],
      // A process group of its own, to kill all its processes at once.
      { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
    );
    try {
      const endpoint = await endpointOf(child);
      running = { process: child, browser: await chromium.connectOverCDP(endpoint, { isLocal: true }) };
    } catch (error) {
      killGroup(child);
      throw error;
    }
  }

  async function kill(): Promise<void> {
    if (!running) return;
    const { process: child, browser } = running;
    running = undefined;
    const disconnected =
      browser.isConnected() && new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
    const exited = child.exitCode === null && child.signalCode === null && once(child, 'exit');
    killGroup(child);
    await Promise.all([exited, disconnected]);
  }

  await start();
  return {
    context() {
      const [context] = running?.browser.contexts() ?? [];
      if (!context) throw new Error('The browser is not running.');
      return context;
    },
    kill,
    start,
    async close() {
      await kill();
      // The last processes may still be writing.
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** Debugging endpoint, printed by the browser on start. */
async function endpointOf({ stderr, pid }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('The browser cannot be heard.');
  const said: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    const endpoint = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1];
    if (endpoint !== undefined) {
      // An unread pipe would block the browser.
      stderr.resume();
      return endpoint;
    }
    said.push(line);
  }
  throw new Error(`The browser (${pid ?? 'not started'}) ended at once:\n${said.join('\n')}`);
}

function killGroup(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The process is gone, or the system has no process groups.
    child.kill('SIGKILL');
  }
}
