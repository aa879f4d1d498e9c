import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../tools/browser.mjs';
import type { BrowserOptions } from './fixtures';

const executablePath = findBrowser();

/** What Playwright itself switches off: a browser hears the last argument of that name alone. */
const offByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** Pages that the browser loads for the address bar of each new window, which took a fifth of the time of a story. */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** Every story runs in both modes: in the cloud, and in the sandboxed frame of a server on premises. */
export default defineConfig<BrowserOptions>({
  testDir: '../..',
  testMatch: '**/test/e2e/*.spec.ts',
  respectGitIgnore: true,
  outputDir: '../../out/test-results/e2e',
  // Each test has an emulator of its own, so that two may run side by side; a third one gains little on two cores, and
  // makes those wait that watch the clock.
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000, toPass: { intervals: [100] } },
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  reporter: [['list'], ...(process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['json'] as const] : [])],
  use: {
    viewport: { width: 1280, height: 1000 },
    // A trace keeps every byte that is sent, which halves the speed; `--trace retain-on-failure` where one is wanted.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      // Debian's Chromium has no sandbox for root; the others keep the browser from calling home.
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        `--disable-features=${[...offByPlaywright, ...addressBar].join()}`,
      ],
    },
  },
  projects: [
    { name: 'services', use: { mode: 'services' }, grepInvert: /@server-only/ },
    { name: 'server', use: { mode: 'server' }, grepInvert: /@services-only/ },
  ],
});
