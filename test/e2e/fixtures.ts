import type { Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { watchExchanges } from '../conformance/exchange-problems';
import { type Emulator, type EmulatorMode, type EmulatorOptions, startEmulator } from 'azure-devops-emulator';
import { Board } from './board';
import { noteTokens, watchTokens } from './token-watch';

/** What the projects of the configuration differ in. */
export interface BrowserOptions {
  mode: EmulatorMode;
  /** Whether the test holds the page's clock, `page.clock`, in its hands. */
  ownsClock: boolean;
}

interface Fixtures {
  /** A local Azure DevOps of the test's own. */
  emulator: Emulator;
  /** Its page, opened on Bug 7. */
  board: Board;
}

/**
 * An emulator for as long as `use` takes. Fails when anything that was said breaks Microsoft's description, and when the
 * extension stored a token among its data.
 */
export async function withEmulator(
  options: EmulatorOptions,
  use: (emulator: Emulator) => Promise<void>,
): Promise<void> {
  const emulator = await startEmulator(options);
  const problems = watchExchanges(emulator);
  const tokens = noteTokens(emulator);
  await use(emulator);
  const data = JSON.stringify(emulator.store.extensionData.snapshot());
  expect(tokens.filter((token) => data.includes(token))).toEqual([]);
  await emulator.close();
  expect(problems()).toEqual([]);
}

/** What goes wrong in a page or a frame of it from now on: what they throw, and what our own policy has to bar. */
export function watchErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(message.text());
  });
  return errors;
}

/**
 * A test against the built extension in the emulator. It fails when the page or the frame logs an error or leaves a
 * rejection unhandled, unless the test expects that; when a token stands where none may be; and when a request, or an
 * answer to it, is not as Microsoft describes it.
 */
export const test = base.extend<Fixtures & BrowserOptions>({
  mode: ['services', { option: true }],
  ownsClock: [false, { option: true }],

  emulator: async ({ mode }, use) => {
    await withEmulator({ mode, extensionFolder: process.cwd() }, use);
  },

  context: async ({ context }, use) => {
    const watches: (() => readonly string[])[] = [];
    context.on('page', (page) => watches.push(watchTokens(page)));
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
 * Playwright's `expect.poll`, looking ten times a second. By itself it looks once in a second after a while, which many
 * stories would wait for longer than for anything else.
 *
 * @param options `timeout` in milliseconds.
 */
export function poll<T>(actual: () => T | Promise<T>, options: { readonly timeout?: number } = {}) {
  return expect.poll(actual, { intervals: [100], ...options });
}

export { expect } from '@playwright/test';
