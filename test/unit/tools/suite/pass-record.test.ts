import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { hashOf, INPUTS } from '../../../../tools/pass-record.mjs';
import { root } from '../../../../tools/process.mjs';

describe('hashOf', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hash-of-'));
    mkdirSync(join(folder, 'package/src'), { recursive: true });
    mkdirSync(join(folder, 'package/dist'));
    writeFileSync(join(folder, 'package/src/a.ts'), 'a');
    writeFileSync(join(folder, 'package/dist/a.js'), 'built');
    writeFileSync(join(folder, 'lock.json'), '{}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const hash = (): string => hashOf(['package', 'lock.json'], folder);

  test('changes with the content and with the name of a file', () => {
    const hashes = [hash()];
    writeFileSync(join(folder, 'package/src/a.ts'), 'b');
    hashes.push(hash());
    writeFileSync(join(folder, 'package/src/b.ts'), '');
    hashes.push(hash());
    writeFileSync(join(folder, 'lock.json'), '{ }');
    hashes.push(hash());
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('ignores build output', () => {
    const before = hash();
    writeFileSync(join(folder, 'package/dist/a.js'), 'built again');
    expect(hash()).toBe(before);
  });
});

/** Project files imported by a file, and by those, relative to the project's folder. */
function importedBy(file: string, found = new Set<string>()): Set<string> {
  found.add(relative(root, file));
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import\(?|require\()\s*'(\.[^']*)'/g)) {
    const base = join(dirname(file), path!);
    const target = ['', '.ts', '.tsx', '/index.ts'].map((end) => base + end).find(isFile);
    if (target !== undefined && !found.has(relative(root, target))) importedBy(target, found);
  }
  return found;
}

function isFile(path: string): boolean {
  return /\.\w+$/.test(path) && existsSync(path);
}

describe('INPUTS', () => {
  test.each([
    ['emulator-tests', 'packages/emulator/test/unit'],
    ['emulator-stories', 'packages/emulator/test/e2e'],
  ] as const)('of %s have every file imported by them', (tests, folder) => {
    const names = readdirSync(join(root, folder)).filter((name) => /\.(test|spec)\.tsx?$/.test(name));
    const needed = names.flatMap((name) => [...importedBy(join(root, folder, name))]);
    expect(needed.length).toBeGreaterThan(names.length);
    const isKnown = (path: string) =>
      INPUTS[tests].some((input) => path === input || path.startsWith(`${input}/`));
    expect([...new Set(needed)].filter((path) => !isKnown(path))).toEqual([]);
  });

  test('of the build have every file imported by its configurations', () => {
    const configs = ['webpack.config.js', 'packages/emulator/webpack.config.js'];
    const needed = configs.flatMap((name) => [...importedBy(join(root, name))]);
    expect(needed).toContain('tools/notice-plugin.cjs');
    expect(needed.filter((path) => !INPUTS.build.includes(path))).toEqual([]);
  });
});
