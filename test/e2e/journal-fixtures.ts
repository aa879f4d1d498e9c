import { mkdir } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../tools/browser.mjs';
import type { Emulator } from 'azure-devops-emulator';
import { Board } from './board';
import { expect, test as base, watchErrors } from './fixtures';
import type { OwnChrome } from './journal-chrome';
import { startOwnChrome } from './journal-chrome';
import { watchTokens } from './token-watch';

/** What a story may take away from the pages before they load. Serialised: it sees nothing of what is around it. */
export type InitScript = () => void;

/** Keeps a browser from having room for the bytes of files, so that they have to be picked again. */
export const withoutRoom: InitScript = () => {
  navigator.storage.estimate = () => Promise.resolve({ quota: 0, usage: 0 });
};

/** Keeps a frame from electing an owner by locks, as where a server is reached by plain HTTP. */
export const withoutLocks: InitScript = () => {
  // It is found on the prototype.
  delete (Navigator.prototype as { locks?: unknown }).locks;
};

/** Lets a page have the time of a minute later. */
export const aMinuteAhead: InitScript = () => {
  const real = Date.now.bind(Date);
  Date.now = () => real() + 60_000;
};

interface Fixtures {
  /** Opens a tab of the browser on Bug 7. Fails the test when the page logs an error, or a token where none may be. */
  openBoard: (scripts?: readonly InitScript[], id?: number) => Promise<Board>;
  /** A folder for the files of the test. */
  folder: string;
}

/**
 * A test in a browser with a profile, which all tests of a worker share: what one stores is nothing to the others, since
 * the address of its emulator is another.
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

/** Ends what the network does to requests; to be called when whoever sent them is gone. */
export function heal(emulator: Emulator): void {
  emulator.setNetwork({ latencyMs: 0, bytesPerSecond: null, faults: [], trouble: null });
}

export { expect, poll } from './fixtures';
