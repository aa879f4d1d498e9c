import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type Emulator, type EmulatorMode, startEmulator } from 'azure-devops-emulator';
import { build } from 'esbuild';
import { findEngine } from '../../tools/engines.mjs';
import { writeFiles, type TestFile } from '../e2e/files';
import type { BrowserSettings, Driver, Engine, Launch, Tab } from './driver';
import { launchChromium } from './drivers/chromium';
import { launchFirefox } from './drivers/firefox';
import { launchWebKit } from './drivers/webkit';
import { Scope } from './scope';

/** Options of the projects in the configuration. */
export interface EngineOptions {
  engine: Engine;
  mode: EmulatorMode;
}

/** Tab with its document. */
export interface Window extends Tab {
  readonly page: Scope;
}

/** A story's browser, emulator and files. */
export interface Stage {
  readonly driver: Driver;
  readonly emulator: Emulator;
  readonly mode: EmulatorMode;
  /** Opens a tab. The end of the story closes it. */
  newTab(): Promise<Window>;
  /** Writes files to disk and returns their paths. */
  write(files: readonly TestFile[]): Promise<string[]>;
}

interface WorkerFixtures {
  pageScript: string;
  driver: Driver;
}

const launches: Readonly<Record<Engine, Launch>> = {
  chromium: launchChromium,
  firefox: launchFirefox,
  webkit: launchWebKit,
};

/**
 * A story for every engine. Fails on an error or a policy violation in the page or a frame, as far as these are seen.
 * The tag `@core` marks the most important ones.
 */
export const story = base.extend<
  { mode: EmulatorMode; notByDesign: undefined; stage: Stage },
  WorkerFixtures & BrowserSettings & { engine: Engine }
>({
  mode: ['services', { option: true }],
  engine: ['chromium', { option: true, scope: 'worker' }],
  blocksCookies: [false, { option: true, scope: 'worker' }],

  pageScript: [
    async ({}, use) => {
      const entryPoints = [join(__dirname, 'page-script.ts')];
      const { outputFiles } = await build({
        entryPoints,
        bundle: true,
        minify: true,
        write: false,
        format: 'iife',
      });
      await use(outputFiles[0]!.text);
    },
    { scope: 'worker' },
  ],

  driver: [
    async ({ engine, pageScript, blocksCookies }, use) => {
      const executable = findEngine(engine);
      if (!executable) throw new Error(`There is no ${engine} on this machine.`);
      const driver = await launches[engine](executable, pageScript, { blocksCookies });
      await use(driver);
      await driver.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  notByDesign: [
    async ({ mode }, use, info) => {
      const engine = info.project.name.split('-')[0];
      const reason = info.annotations.find(({ type }) =>
        [`not in ${engine}`, `not in ${mode}`].includes(type),
      );
      if (reason) info.skip(true, reason.description ?? '');
      await use(undefined);
    },
    { auto: true },
  ],

  stage: async ({ mode, driver, pageScript }, use, info) => {
    info.annotations.push({ type: 'browser', description: driver.version });
    const emulator = await startEmulator({ mode, extensionFolder: process.cwd() });
    const problems: string[] = [];
    const tabs: Tab[] = [];
    driver.errors();
    await use({
      driver,
      emulator,
      mode,
      async newTab() {
        const tab = await driver.newTab();
        tabs.push(tab);
        const note = (found: readonly string[]): void => void problems.push(...found);
        const frame = () => Promise.resolve(tab.main);
        return { ...tab, page: new Scope({ tab, script: pageScript, note, frame, frames: new Map() }) };
      },
      async write(files) {
        const folder = info.outputPath('files');
        await mkdir(folder, { recursive: true });
        return writeFiles(folder, files);
      },
    });
    if (info.status !== info.expectedStatus) {
      const path = info.outputPath('screen.png');
      await driver.screenshot(path).catch(() => undefined);
      info.attachments.push({ name: 'screen', path, contentType: 'image/png' });
    }
    for (const tab of tabs) await tab.close().catch(() => undefined);
    await emulator.close();
    expect([...problems, ...driver.errors()]).toEqual([]);
  },
});

/** Annotation of a story with the reason why it is not for an engine or a mode. */
export function notIn(
  where: Engine | EmulatorMode,
  description: string,
): { type: string; description: string } {
  return { type: `not in ${where}`, description };
}
