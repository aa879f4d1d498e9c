import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { makeReproducible } from '../../../../tools/reproducible.mjs';

let file: string;
beforeEach(() => (file = join(mkdtempSync(join(tmpdir(), 'stapler-vsix-')), 'a.vsix')));
afterEach(() => rmSync(join(file, '..'), { recursive: true }));

function made(names: readonly string[], year: number): Buffer {
  const entries = Object.fromEntries(names.map((name) => [name, strToU8(name.endsWith('/') ? '' : name)]));
  writeFileSync(file, zipSync(entries, { mtime: new Date(year, 5, 7) }));
  makeReproducible(file);
  return readFileSync(file);
}

test('reproducible archives are independent of order, time and folders, and complete', () => {
  const one = made(['b/', 'b/c.js', '[Content_Types].xml', 'LICENSE'], 2026);
  const other = made(['LICENSE', '[Content_Types].xml', 'b/c.js'], 2031);
  expect(one.equals(other)).toBe(true);
  const entries = unzipSync(one);
  expect(Object.keys(entries)).toEqual(['[Content_Types].xml', 'LICENSE', 'b/c.js']);
  expect(strFromU8(entries['b/c.js']!)).toBe('b/c.js');
});

test('a file without a content type is refused, with the place to add it', () => {
  expect(() => made(['a.woff2'], 2026)).toThrow('.woff2: no content type in tools/reproducible.mjs.');
});
