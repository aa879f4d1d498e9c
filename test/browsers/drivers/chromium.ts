import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type ElementHandle as Handle, type Frame as Inner, type Page } from '@playwright/test';
import type { Driver, ElementHandle, Frame, Tab } from '../driver';

/** Starts Chromium, Chrome or Edge, controlled by Playwright. */
export async function launchChromium(executablePath: string, script: string): Promise<Driver> {
  const downloads = await mkdtemp(join(tmpdir(), 'stapler-downloads-'));
  // A profile: without one, the browser keeps no files for the page after a reload.
  const profile = await mkdtemp(join(tmpdir(), 'stapler-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: { width: 1280, height: 1000 },
    args: [
      ...['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
      // Replaces Playwright's list, which contains the partitions of storage: without these, Chromium refuses storage
      // to frames of other sites as soon as it blocks their cookies.
      '--disable-features=Translate,MediaRouter,OptimizationHints',
    ],
  });
  await context.addInitScript({ content: script });
  const errors: string[] = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) errors.push(message.text());
    });
    page.on('download', (download) => void download.saveAs(join(downloads, download.suggestedFilename())));
  });
  return {
    engine: 'chromium',
    version: `Chromium ${context.browser()?.version() ?? ''}`.trim(),
    downloads,
    newTab: async () => tabOf(await context.newPage()),
    errors: () => errors.splice(0),
    async screenshot(path) {
      await context.pages().at(-1)?.screenshot({ path });
    },
    async close() {
      await context.close();
      for (const folder of [downloads, profile]) await rm(folder, { recursive: true, force: true });
    },
  };
}

function tabOf(page: Page): Tab {
  return {
    main: frameOf(page.mainFrame()),
    async goto(url) {
      await page.goto(url);
    },
    async reload() {
      await page.reload();
    },
    async back() {
      await page.goBack();
    },
    close: () => page.close(),
    press: (keys) => page.keyboard.press(keys.join('+')),
    type: (text) => page.keyboard.type(text),
  };
}

function frameOf(frame: Inner): Frame {
  return {
    evaluate: (expression) => frame.evaluate(expression),
    async element(expression) {
      // An expression in a text has no type.
      const handle = (await frame.evaluateHandle(expression)).asElement() as Handle | null;
      return handle ? elementOf(handle) : undefined;
    },
  };
}

function elementOf(handle: Handle): ElementHandle {
  return {
    click: ({ isWithControl } = {}) =>
      handle.click({ timeout: 5_000, modifiers: isWithControl ? ['Control'] : [] }),
    setFiles: (paths) => handle.setInputFiles([...paths]),
    async content() {
      const frame = await handle.contentFrame();
      if (!frame) throw new Error('The frame has no document.');
      return frameOf(frame);
    },
  };
}
