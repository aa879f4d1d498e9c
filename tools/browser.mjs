import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError } from './command.mjs';
import { isFullRun } from './full-run.cjs';
import { capture, runAside, tools } from './process.mjs';
import { progress, runStep } from './progress.mjs';

/**
 * Debian's package of Chromium without its window. Stories take a fifth less time in it. The full run uses it in Server
 * mode only, and the browser of the users in Services mode.
 */
const HEADLESS_SHELL = 'chromium-headless-shell';

const ON_PATH = [
  ...(isFullRun ? [] : [HEADLESS_SHELL]),
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'msedge',
];

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => {
    const folder = process.env[name];
    if (!folder) return [];
    return [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ];
  }),
];

/**
 * Finds Chrome, Edge or Chromium on this machine, `CHROME_PATH` first.
 *
 * @returns {string | undefined} Its path.
 */
export function findBrowser() {
  const named = process.env['CHROME_PATH'];
  if (named) return named;
  return findOnPath(ON_PATH) ?? firstThatRuns(INSTALLED);
}

function findOnPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return firstThatRuns(names.flatMap((name) => folders.map((folder) => join(folder, name))));
}

function firstThatRuns(paths) {
  return paths.find((path) => existsSync(path) && runs(path));
}

/**
 * Finds the browser for stories in Server mode.
 *
 * @returns {string | undefined} Its path.
 */
export function findBrowserForServer() {
  return process.env['CHROME_PATH'] ? findBrowser() : (findOnPath([HEADLESS_SHELL]) ?? findBrowser());
}

/** Ubuntu's `chromium-browser` may be a script that only suggests a snap. Windows has no such script. */
function runs(path) {
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}

/**
 * Finds a browser for the tests, or installs one: Debian's by apt as root, otherwise Playwright's.
 *
 * @returns {Promise<string | undefined>} Its path; `undefined` for Playwright's.
 * @throws CommandError without a browser
 */
export async function ensureBrowser() {
  const named = process.env['CHROME_PATH'];
  if (named && !existsSync(named))
    throw new CommandError(
      `There is no browser at CHROME_PATH: ${named}.`,
      'Correct the variable or unset it.',
    );
  const found = findBrowser();
  const needsShell = isFullRun && !process.env['CHROME_PATH'] && !findOnPath([HEADLESS_SHELL]);
  if (found && !needsShell) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const names = [...(isFullRun && !found ? ['chromium'] : []), HEADLESS_SHELL];
    await installFromDebian(names);
    const installed = findBrowser();
    if (installed) return installed;
  }
  if (found) return found;
  await runStep(
    'Downloading a browser',
    () => runAside([tools.playwright, 'install', 'chromium']),
    'There is no browser, and its download failed.',
    'Install Chrome, Edge or Chromium, or name one in the environment variable CHROME_PATH.',
  );
  return undefined;
}

/**
 * Installs packages of Debian by apt, as root. The caller looks for their programs.
 *
 * @param {readonly string[]} names
 * @param {readonly string[]} [flags]
 */
export function installFromDebian(names, flags = []) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  return progress.step(`Installing Debian’s ${names.join(', ')}`, async () => {
    await capture('apt-get', ['update', '-qq'], { env });
    await capture('apt-get', ['install', '-y', '-qq', ...flags, ...names], { env });
  });
}
