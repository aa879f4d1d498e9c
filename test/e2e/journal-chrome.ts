import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext } from '@playwright/test';
import { chromium } from '@playwright/test';

/** A browser with a profile on the disk, whose process can be killed and started again. */
export interface OwnChrome {
  /** Its windows share what is stored. Another one after each start. */
  readonly context: () => BrowserContext;
  /** Ends all its processes at once, as a crash does: nothing is said to anybody, nothing more is written. */
  readonly kill: () => Promise<void>;
  /** Begins again with the same profile. */
  readonly start: () => Promise<void>;
  /** Ends it and removes the profile. */
  readonly close: () => Promise<void>;
}

/**
 * A browser that is running.
 *
 * @param executable Path of its program.
 * @param args Arguments beside those that it takes to be reached and to stay on its own.
 * @param folder Where its profile lies; a run that is broken off leaves it there.
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
        // Nothing is said through the pipe: it is there to break, and the browser to end, when this process is gone.
        '--remote-debugging-pipe',
        `--user-data-dir=${profile}`,
        '--no-default-browser-check',
        '--password-store=basic',
        '--use-mock-keychain',
        ...args,
        'about:blank',
      ],
      // A group of its own, so that all its processes can be ended at once.
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
      // Its last processes may still be writing.
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** Where it listens, which it says once it does. */
async function endpointOf({ stderr, pid }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('The browser cannot be heard.');
  const said: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    const endpoint = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1];
    if (endpoint !== undefined) {
      // A pipe that nobody empties would stop it.
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
    // It is gone already, or this system has no groups.
    child.kill('SIGKILL');
  }
}
