import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFullRun } from '../../../../tools/full-run.cjs';
import { findSevenZip } from '../../../../tools/seven-zip.mjs';
import { splitInto } from '../../../helpers/split';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const folder = createTemporaryFolder();
const sevenZip = findSevenZip();
const BYTES = randomBytes(300_001);

/** Writes the volumes of a file, and returns their folder. */
function writeVolumes(name: string, volumeBytes: number): { readonly at: string; readonly names: string[] } {
  const at = join(folder, `${name}-${volumeBytes}`);
  mkdirSync(at, { recursive: true });
  const parts = splitInto(name, BYTES, volumeBytes);
  for (const part of parts) writeFileSync(join(at, part.name), part.content);
  return { at, names: parts.map((part) => part.name) };
}

if (!sevenZip && !isFullRun) console.log('Not run: 7-Zip is not installed.');

const SIZES = [150_001, 100_000, 25_000];

(sevenZip || isFullRun ? describe : describe.skip)('7-Zip', () => {
  it.each(SIZES)('joins volumes of %d bytes, with equal bytes', (volumeBytes) => {
    if (sevenZip === undefined) throw new Error('7-Zip is not installed. Install 7zip.');
    const { at, names } = writeVolumes('night run.dat', volumeBytes);
    execFileSync(sevenZip, ['e', '-y', '-oout', names[0] ?? ''], { cwd: at });
    expect(readFileSync(join(at, 'out', 'night run.dat')).equals(BYTES)).toBe(true);
  });
});

describe('cat', () => {
  it.each(SIZES)('joins volumes of %d bytes, with equal bytes', (volumeBytes) => {
    const { at } = writeVolumes('log.dat', volumeBytes);
    execFileSync('sh', ['-c', 'cat log.dat.* > whole'], { cwd: at });
    expect(readFileSync(join(at, 'whole')).equals(BYTES)).toBe(true);
  });
});
