import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/** Stories of each part of the source. The first matching row counts; a story may be the start of several names. */
const STORIES = [
  [/^src\/(gallery|entries\/gallery-page)\//, ['gallery', 'hostile', 'keyboard-gallery', 'touch']],
  [/^src\/entries\/bulk-action\//, ['bulk-action']],
  [/^src\/(bulk|entries\/bulk-panel)\//, ['bulk-', 'keyboard-panel']],
  [/^src\/entries\/observer\//, ['observer']],
  [/^src\/(gallery\/project|entries\/hub)\//, ['hub']],
  [/^src\/entries\//, ['attach', 'edits', 'form', 'frames', 'keyboard-form']],
  [/^src\/upload\/recovery\//, ['bulk-interrupted', 'journal', 'observer']],
  [/^src\/upload\/link\//, ['attach', 'edits', 'link']],
  [/^src\/upload\/(queue|transport)\//, ['attach', 'control', 'network', 'trouble']],
  [/^src\/upload\//, ['attach', 'trouble']],
  [/^src\/azure\//, ['attach', 'host', 'server']],
  [/^src\/ui\//, ['bulk-look', 'form', 'gallery-look', 'look']],
  [/^src\/base\/i18n\//, ['languages', 'texts']],
  [/^(src\/|static\/|vss-extension\.json$|webpack\.config\.js$)/, ['attach', 'bulk-panel', 'gallery.']],
];

/** Files that differ from the last commit, and new ones, relative to the project's folder. Deleted ones are left out. */
export function changedFiles() {
  return [
    ...git('diff', '--name-only', '--diff-filter=d', '--relative', 'HEAD'),
    ...git('ls-files', '--others', '--exclude-standard'),
  ];
}

/**
 * Browser stories for changed files: changed specs, specs that import a changed helper, and the specs of `STORIES`.
 *
 * @param {readonly string[]} files
 * @returns {string[]} Paths relative to the project's folder.
 */
export function specsFor(files) {
  const specs = readdirSync(join(root, 'test/e2e')).filter((name) => name.endsWith('.spec.ts'));
  const wanted = new Set();
  for (const file of files) {
    const name = /^test\/e2e\/(.+)\.ts$/.exec(file)?.[1];
    if (/^packages\/emulator\//.test(file)) wanted.add('packages/emulator/test/e2e/');
    else if (name?.endsWith('.spec')) wanted.add(file);
    else if (name)
      for (const spec of specs.filter((each) => imports(each, name))) wanted.add(`test/e2e/${spec}`);
    else {
      const [, starts = []] = STORIES.find(([pattern]) => pattern.test(file)) ?? [];
      for (const spec of specs.filter((each) => starts.some((start) => each.startsWith(start)))) {
        wanted.add(`test/e2e/${spec}`);
      }
    }
  }
  return [...wanted].sort();
}

function imports(spec, helper) {
  return readFileSync(join(root, 'test/e2e', spec), 'utf8').includes(`from './${helper}'`);
}

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter(Boolean);
}
