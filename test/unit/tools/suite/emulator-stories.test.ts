import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf } from '../../../../tools/emulator-stories.mjs';

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
