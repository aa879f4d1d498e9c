import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKnownContents } from '../../../../../src/upload/recovery/journal/known-contents';
import { guid } from '../../../../helpers/uploads';

const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.UTC(2026, 11, 1);

let root: string;
let folder: string;
let clock: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stapler-contents-'));
  folder = join(root, 'organization');
  clock = START;
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const open = () => openKnownContents(folder, { now: () => clock });

/** Content number `number`. */
const content = (number: number) => ({ size: number, sha256: String(number).padStart(64, '0') });

function onlyFile(): string {
  const [name, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name!);
}

describe('KnownContents', () => {
  it('finds what an earlier process has added, and the latest content of an id', async () => {
    const first = await open();
    expect(first.find(guid(1))).toBeUndefined();
    await first.add(guid(1), content(1));
    await first.add(guid(2), content(2));
    await first.add(guid(2), content(3));
    expect(first.find(guid(2))).toEqual(content(3));
    const second = await open();
    expect([1, 2, 4].map((number) => second.find(guid(number)))).toEqual([content(1), content(3), undefined]);
  });

  it('writes each content once, and for the user only', async () => {
    for (let run = 0; run < 3; run++) await (await open()).add(guid(1), content(1));
    expect(readFileSync(onlyFile(), 'utf8').match(/"id"/g)).toHaveLength(1);
    expect([statSync(folder).mode & 0o777, statSync(onlyFile()).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('keeps the lines of processes that add at the same time', async () => {
    const all = await Promise.all([open(), open(), open(), open()]);
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    await Promise.all(numbers.map((number) => all[number % 4]!.add(guid(number), content(number))));
    const after = await open();
    expect(numbers.map((number) => after.find(guid(number)))).toEqual(numbers.map(content));
  });

  it('ignores damaged lines, wherever the line of a killed process ends', async () => {
    await (await open()).add(guid(1), content(1));
    const path = onlyFile();
    const line = readFileSync(path);
    appendFileSync(path, Buffer.from([10, 255, 0, 10]));
    const whole = readFileSync(path);
    for (let length = 0; length < line.length; length++) {
      writeFileSync(path, Buffer.concat([whole, line.subarray(0, length)]));
      const next = await open();
      await next.add(guid(2), content(2));
      const after = await open();
      expect([after.find(guid(1)), after.find(guid(2))]).toEqual([content(1), content(2)]);
    }
  });

  it('ignores lines of other versions', async () => {
    await (await open()).add('not a GUID', content(1));
    await (await open()).add(guid(2), { size: -1, sha256: 'abc' });
    const after = await open();
    expect([after.find('not a GUID'), after.find(guid(2))]).toEqual([undefined, undefined]);
  });

  it('forgets contents after 90 days, and removes their files', async () => {
    await (await open()).add(guid(1), content(1));
    clock += 40 * DAY_MS;
    await (await open()).add(guid(2), content(2));
    clock = START + 91 * DAY_MS;
    const later = await open();
    expect([later.find(guid(1)), later.find(guid(2))]).toEqual([undefined, content(2)]);
    writeFileSync(join(folder, 'notes.txt'), '');
    clock = START + 300 * DAY_MS;
    await open();
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  it('still knows what it has added if the folder stores nothing', async () => {
    writeFileSync(folder, 'a file');
    const contents = await open();
    await contents.add(guid(1), content(1));
    expect(contents.find(guid(1))).toEqual(content(1));
  });
});
