import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, {
  type ElementHandle as Handle,
  type Frame as Inner,
  type KeyInput,
  type Page,
} from 'puppeteer-core';
import type { BrowserSettings, Driver, ElementHandle, Frame, Tab } from '../driver';

/** `network.cookie.cookieBehavior` that blocks all cookies of other sites. */
const BLOCK_FOREIGN_COOKIES = 1;

/** Starts Firefox, controlled by WebDriver BiDi. */
export async function launchFirefox(
  executablePath: string,
  script: string,
  { blocksCookies }: BrowserSettings,
): Promise<Driver> {
  const downloads = await mkdtemp(join(tmpdir(), 'stapler-downloads-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    defaultViewport: { width: 1280, height: 1000 },
    extraPrefsFirefox: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.always_ask_before_handling_new_types': false,
      ...(blocksCookies && { 'network.cookie.cookieBehavior': BLOCK_FOREIGN_COOKIES }),
    },
  });
  const errors: string[] = [];
  return {
    engine: 'firefox',
    version: await browser.version(),
    downloads,
    async newTab() {
      const page = await browser.newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.evaluateOnNewDocument(script);
      return tabOf(page);
    },
    errors: () => errors.splice(0),
    async screenshot(path) {
      const page = (await browser.pages()).at(-1);
      await page?.screenshot({ path: path });
    },
    async close() {
      await browser.close();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}

function tabOf(page: Page): Tab {
  return {
    main: frameOf(page.mainFrame(), page),
    async goto(url) {
      await page.goto(url, { timeout: 60_000 });
    },
    async reload() {
      await page.reload({ timeout: 60_000 });
    },
    async back() {
      await page.goBack({ timeout: 60_000 });
    },
    close: () => page.close(),
    async press(keys) {
      for (const key of keys) await page.keyboard.down(key as KeyInput);
      for (const key of [...keys].reverse()) await page.keyboard.up(key as KeyInput);
    },
    type: (text) => page.keyboard.type(text),
  };
}

function frameOf(frame: Inner, page: Page): Frame {
  return {
    evaluate: (expression) => frame.evaluate(expression),
    async element(expression) {
      const handle = (await frame.evaluateHandle(expression)).asElement();
      return handle ? elementOf(handle as Handle<HTMLInputElement>, page) : undefined;
    },
  };
}

function elementOf(handle: Handle<HTMLInputElement>, page: Page): ElementHandle {
  return {
    async click({ isWithControl = false } = {}) {
      if (isWithControl) await page.keyboard.down('Control');
      await handle.click();
      if (isWithControl) await page.keyboard.up('Control');
    },
    setFiles: (paths) => handle.uploadFile(...paths),
    async content() {
      const frame = await (handle as Handle).contentFrame();
      if (!frame) throw new Error('The frame has no document.');
      return frameOf(frame, page);
    },
  };
}
