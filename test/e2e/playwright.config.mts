import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findBrowser, findBrowserForServer } from '../../tools/browser.mjs';
import { isFullRun } from '../../tools/full-run.cjs';
import type { BrowserOptions } from './fixtures';

/** Options to start a browser. */
function launchOptionsFor(executablePath: string | undefined): { executablePath?: string; args: string[] } {
  return {
    ...(executablePath && { executablePath }),
    // Debian's Chromium has no sandbox for root; the others keep the browser from calling home.
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      // A name that is no secure context over HTTP (`plain-http` in the emulator).
      '--host-resolver-rules=MAP devops.test 127.0.0.1',
      `--disable-features=${[...offByPlaywright, ...addressBar].join()}`,
    ],
  };
}

/**
 * Features disabled by Playwright: a browser obeys only the last argument of this name. Left out is
 * `ThirdPartyStoragePartitioning`, because users' browsers partition the storage of extensions.
 */
const offByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** Pages that the browser loads for the address bar of each new window: a fifth of a story's time. */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/**
 * Stories on the built extension. Tags choose their modes, because Server mode differs in origin (`null`), API version
 * (6.0), storage, downloads and plain HTTP only:
 *
 *   @services-only   cannot differ in Server mode, or cannot run there
 *   @server-only     is about Server mode
 *   @both            uses a part that differs; runs in both modes everywhere
 *   (none)           runs in Services mode, and in Server mode as well with `CI=true`
 *   @ci-only         runs with `CI=true` only
 */
export default defineConfig<BrowserOptions>({
  testDir: '../..',
  testMatch: '**/test/e2e/*.spec.ts',
  // Set by `npm test` when they passed with the same files before.
  ...(process.env['SKIP_EMULATOR_STORIES'] && { testIgnore: 'packages/**' }),
  respectGitIgnore: true,
  outputDir: '../../out/test-results/e2e',
  // Each test has its own emulator. More workers than cores delay the stories that watch the clock.
  fullyParallel: true,
  workers: availableParallelism(),
  timeout: 60_000,
  expect: { timeout: 15_000, toPass: { intervals: [100] } },
  forbidOnly: isFullRun,
  retries: 0,
  reporter: [['list'], ...(process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['json'] as const] : [])],
  use: {
    viewport: { width: 1280, height: 1000 },
    // A trace keeps every sent byte and halves the speed; `--trace retain-on-failure` records one.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'services',
      use: { mode: 'services', launchOptions: launchOptionsFor(findBrowser()) },
      grepInvert: isFullRun ? /@server-only/ : /@server-only|@ci-only/,
    },
    {
      name: 'server',
      use: { mode: 'server', launchOptions: launchOptionsFor(findBrowserForServer()) },
      grepInvert: /@services-only/,
      ...(!isFullRun && { grep: /@both|@server-only/ }),
    },
  ],
});
