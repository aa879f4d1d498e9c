import { mkdir } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../tools/browser.mjs';
import type { Emulator } from 'azure-devops-emulator';
import { Board } from './board';
import { expect, test as base, interceptFileDialogs, watchErrors } from './fixtures';
import type { OwnChrome } from './journal-chrome';
import { startOwnChrome } from './journal-chrome';
import { watchTokens } from './token-watch';

/** Script that runs in each page before it loads. Serialized: it cannot use variables of its module. */
export type InitScript = () => void;

/** Removes the space for file content, so that files must be picked again. */
export const withoutRoom: InitScript = () => {
  navigator.storage.estimate = () => Promise.resolve({ quota: 0, usage: 0 });
};

/** Removes locks from a frame, as in a page on plain HTTP. */
export const withoutLocks: InitScript = () => {
  // `locks` is a property of the prototype.
  delete (Navigator.prototype as { locks?: unknown }).locks;
};

/** Sets the clock of a page one minute ahead. */
export const aMinuteAhead: InitScript = () => {
  const real = Date.now.bind(Date);
  Date.now = () => real() + 60_000;
};

interface Fixtures {
  /** Opens a browser tab on Bug 7. Fails the test on an error in the page or a leaked token. */
  openBoard: (scripts?: readonly InitScript[], id?: number) => Promise<Board>;
  /** Folder for the files of the test. */
  folder: string;
}

/**
 * Test in a browser with a profile. All tests of a worker share it: each emulator has an address of its own, and so
 * separate storage.
 */
export const test = base.extend<Fixtures, { chrome: OwnChrome }>({
  chrome: [
    async ({}, use, { project }) => {
      const { args = [] } = project.use.launchOptions ?? {};
      const executable = findBrowser() ?? chromium.executablePath();
      const chrome = await startOwnChrome(executable, args, project.outputDir);
      await use(chrome);
      await chrome.close();
    },
    { scope: 'worker' },
  ],

  openBoard: async ({ chrome, emulator }, use) => {
    const errors: (readonly string[])[] = [];
    const watches: (() => readonly string[])[] = [];
    const pages: Page[] = [];
    await use(async (scripts = [], id = 7) => {
      const page = await chrome.context().newPage();
      pages.push(page);
      await page.setViewportSize({ width: 1280, height: 1000 });
      errors.push(watchErrors(page));
      watches.push(watchTokens(page));
      interceptFileDialogs(page);
      for (const script of scripts) await page.addInitScript(script);
      const board = new Board(page, emulator);
      await board.open(id);
      return board;
    });
    await Promise.all(pages.map((page) => page.close()));
    expect(errors.flat()).toEqual([]);
    expect(watches.flatMap((found) => found())).toEqual([]);
  },

  folder: async ({}, use, testInfo) => {
    const folder = testInfo.outputPath();
    await mkdir(folder, { recursive: true });
    await use(folder);
  },
});

/** Removes all network faults. Call it after the requesting page is gone. */
export function heal(emulator: Emulator): void {
  emulator.setNetwork({ latencyMs: 0, bytesPerSecond: null, faults: [], trouble: null });
}

export { expect, poll } from './fixtures';
