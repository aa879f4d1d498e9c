import { defineConfig } from '@playwright/test';
import { findEngine } from '../../tools/engines.mjs';
import { isFullRun } from '../../tools/full-run.cjs';
import type { EngineOptions } from './story';

const engines = ['chromium', 'firefox', 'webkit'] as const;
const modes = ['services', 'server'] as const;

/** Stories on the built extension, in the engines of all browsers. */
export default defineConfig<object, EngineOptions>({
  testDir: '.',
  outputDir: '../../out/test-results/browsers',
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 30_000, toPass: { intervals: [100] } },
  forbidOnly: isFullRun,
  retries: 0,
  reporter: [['list'], ...(process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['json'] as const] : [])],
  projects: engines
    .filter((engine) => findEngine(engine) !== undefined)
    .flatMap((engine) => modes.map((mode) => ({ name: `${engine}-${mode}`, use: { engine, mode } }))),
});
