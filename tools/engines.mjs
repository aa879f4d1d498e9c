import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findBrowser, installFromDebian } from './browser.mjs';

/** Programs of an engine, and the packages of Debian with them. */
const NEEDS = {
  firefox: { programs: [['firefox-esr', 'firefox']], packages: ['firefox-esr'] },
  webkit: {
    programs: [['WebKitWebDriver'], ['Xvfb'], ['scrot']],
    packages: ['webkit2gtk-driver', 'xvfb', 'scrot'],
  },
};

/**
 * Finds the browser of an engine; `FIREFOX_PATH` names another Firefox.
 *
 * @param {'chromium' | 'firefox' | 'webkit'} engine
 * @returns {string | undefined} Its path; for WebKit, that of MiniBrowser.
 */
export function findEngine(engine) {
  if (engine === 'chromium') return findBrowser();
  if (engine === 'firefox' && process.env['FIREFOX_PATH']) return process.env['FIREFOX_PATH'];
  const found = NEEDS[engine].programs.map((names) => names.map(onPath).find(Boolean));
  if (!found.every(Boolean)) return undefined;
  return engine === 'webkit' ? findMiniBrowser() : found[0];
}

/**
 * Installs missing engines by apt as root.
 *
 * @returns {Promise<('firefox' | 'webkit')[]>} Engines that are still missing.
 */
export async function ensureEngines() {
  const missing = () => Object.keys(NEEDS).filter((engine) => !findEngine(engine));
  if (missing().length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = missing().flatMap((engine) => NEEDS[engine].packages);
    await installFromDebian(packages, ['--no-install-recommends']);
  }
  return missing();
}

/**
 * Finds a program.
 *
 * @param {string} name
 * @returns {string | undefined} Its path.
 */
export function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Debian keeps it in a folder of the processor, such as `x86_64-linux-gnu`. */
function findMiniBrowser() {
  return ['/usr/lib', ...list('/usr/lib').filter((path) => path.endsWith('-linux-gnu'))]
    .flatMap(list)
    .filter((path) => /\/webkit2gtk-4\.\d$/.test(path))
    .map((folder) => join(folder, 'MiniBrowser'))
    .filter((path) => existsSync(path))
    .at(-1);
}

function list(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
