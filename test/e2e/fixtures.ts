import type { Page } from '@playwright/test';
import { test as base } from '@playwright/test';
import { watchExchanges } from '../conformance/exchange-problems';
import {
  type Emulator,
  type EmulatorMode,
  type EmulatorOptions,
  type ServerFrames,
  type Sites,
  startEmulator,
} from 'azure-devops-emulator';
import type { Certificate } from '../helpers/certificate';
import { Board } from './board';
import { expect } from './expect';
import { noteTokens, watchTokens } from './token-watch';

/** Options of the projects in the configuration. */
export interface BrowserOptions {
  mode: EmulatorMode;
  /** Frames in Server mode. */
  serverFrames: ServerFrames;
  /** Sites of the emulator in Services mode. */
  sites: Sites;
  /** Serves everything over https. */
  certificate: Certificate | undefined;
  /** Whether the test controls the page's clock, `page.clock`. */
  ownsClock: boolean;
}

interface Fixtures {
  /** Local Azure DevOps of the test. */
  emulator: Emulator;
  /** Its page, opened on Bug 7. */
  board: Board;
}

/**
 * Runs an emulator during `use`, by default with one site: Chrome starts a process for each site, which takes twice as
 * long. The stories of `test/browsers` have three sites. Fails when a request or response differs from Microsoft's
 * documentation, or when the extension stored a token in its data.
 */
export async function withEmulator(
  options: EmulatorOptions,
  use: (emulator: Emulator) => Promise<void>,
): Promise<void> {
  const emulator = await startEmulator({ sites: 'same-site', ...options });
  const problems = watchExchanges(emulator);
  const tokens = noteTokens(emulator);
  await use(emulator);
  const data = JSON.stringify(emulator.store.extensionData.snapshot());
  expect(tokens.filter((token) => data.includes(token))).toEqual([]);
  await emulator.close();
  expect(problems()).toEqual([]);
}

/** Collects uncaught errors and CSP violations of a page and its frames. */
export function watchErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(message.text());
  });
  return errors;
}

/**
 * Intercepts all file dialogs of a page. Playwright starts to intercept with the first wait for one; under load, a
 * click may reach a frame earlier, and its dialog is lost.
 */
export function interceptFileDialogs(page: Page): void {
  page.on('filechooser', () => undefined);
}

/**
 * Test of the built extension in the emulator. Fails on an unexpected error or unhandled rejection in the page or a
 * frame, on a leaked token, and on a request or response that differs from Microsoft's documentation.
 */
export const test = base.extend<Fixtures & BrowserOptions>({
  mode: ['services', { option: true }],
  serverFrames: ['sandboxed', { option: true }],
  sites: ['same-site', { option: true }],
  certificate: [undefined, { option: true }],
  ownsClock: [false, { option: true }],

  emulator: async ({ mode, serverFrames, sites, certificate }, use) => {
    const options = { mode, serverFrames, sites, ...(certificate && { certificate }) };
    await withEmulator({ ...options, extensionFolder: process.cwd() }, use);
  },

  context: async ({ context }, use) => {
    const watches: (() => readonly string[])[] = [];
    context.on('page', (page) => {
      watches.push(watchTokens(page));
      interceptFileDialogs(page);
    });
    await use(context);
    expect(watches.flatMap((found) => found())).toEqual([]);
  },

  board: async ({ page, emulator, ownsClock }, use) => {
    const errors = watchErrors(page);
    if (ownsClock) await page.clock.install();
    const board = new Board(page, emulator);
    await board.open(7);
    await use(board);
    expect(errors).toEqual([]);
  },
});

/**
 * Playwright's `expect.poll` at ten checks per second. Its default slows down to one per second, the longest wait of
 * many stories.
 *
 * @param options `timeout` in milliseconds.
 */
export function poll<T>(actual: () => T | Promise<T>, options: { readonly timeout?: number } = {}) {
  return expect.poll(actual, { intervals: [100], ...options });
}

export { expect } from './expect';
