import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportHeader } from '../../../../src/engine/export/export-log';
import { openExportLog } from '../../../../src/engine/export/export-log';
import type { ExportedFile } from '../../../../src/engine/export/exported-file';
import { rejectionOf } from '../../../helpers/deferred';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const root = createTemporaryFolder();
const HEADER: ExportHeader = {
  version: 1,
  organization: 'https://dev.azure.com/fabrikam/',
  layout: 'folders',
};

let folders = 0;
let folder: string;

beforeEach(() => (folder = join(root, String(++folders))));

function file(workItemId: number, key: string, facts: Partial<ExportedFile> = {}): ExportedFile {
  return {
    ...{ workItemId, key, path: `Bug ${workItemId}/${key}`, name: key, comment: '', attachmentId: key },
    ...{ size: 1, sha256: 'a'.repeat(64), by: 'Jamal', source: 'attachment', modifiedMs: 1.5, ...facts },
  };
}

test('ExportLog remembers files, and the last entry of each', async () => {
  const log = await openExportLog(folder, HEADER);
  await Promise.all([log.add(file(9, 'a')), log.add(file(7, 'ä')), log.add(file(9, 'b'))]);
  await log.add(file(9, 'a', { source: 'removed', at: 5 }));
  const expected = [file(9, 'a', { source: 'removed', at: 5 }), file(9, 'b')];
  expect(log.workItemIds()).toEqual([7, 9]);
  expect(await log.filesOf(9)).toEqual(expected);
  await log.close();
  const again = await openExportLog(folder, HEADER);
  expect(again.workItemIds()).toEqual([7, 9]);
  expect(await again.filesOf(9)).toEqual(expected);
  expect(await again.filesOf(7)).toEqual([file(7, 'ä')]);
  expect(await again.filesOf(8)).toEqual([]);
  await again.close();
});

test('ExportLog ignores damaged lines, and removes an unfinished one', async () => {
  const log = await openExportLog(folder, HEADER);
  await log.add(file(7, 'a'));
  await log.close();
  const path = join(folder, 'files.log');
  const whole = readFileSync(path);
  appendFileSync(path, 'garbage\n');
  appendFileSync(path, whole.subarray(whole.indexOf('\n') + 1, -9));
  const again = await openExportLog(folder, HEADER);
  await again.add(file(7, 'b'));
  await again.close();
  const last = await openExportLog(folder, HEADER);
  expect((await last.filesOf(7)).map(({ key }) => key)).toEqual(['a', 'b']);
  await last.close();
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(5);
});

test('ExportLog reads lines that cross the parts it reads', async () => {
  const log = await openExportLog(folder, HEADER);
  const name = 'x'.repeat(1_000);
  for (let index = 0; index < 600; index++) await log.add(file(7 + (index % 3), `${index}`, { name }));
  await log.close();
  const again = await openExportLog(folder, HEADER);
  const keys = await Promise.all(
    [7, 8, 9].map(async (id) => (await again.filesOf(id)).map(({ key }) => key)),
  );
  expect(
    keys
      .flat()
      .map(Number)
      .sort((a, b) => a - b),
  ).toEqual(Array.from({ length: 600 }, (_, index) => index));
  await again.close();
});

test.each([
  [
    { organization: 'https://dev.azure.com/other/' },
    'The folder has an export of https://dev.azure.com/fabrikam/.',
  ],
  [{ layout: 'flat' as const }, 'The folder has an export without --flat.'],
])('openExportLog refuses another export: %j', async (change, sentence) => {
  await (await openExportLog(folder, HEADER)).close();
  const error = await rejectionOf(openExportLog(folder, { ...HEADER, ...change }));
  expect((error as Error).message).toContain(sentence);
});

test('openExportLog starts again with an empty file', async () => {
  await (await openExportLog(folder, HEADER)).close();
  writeFileSync(join(folder, 'files.log'), 'half a head');
  const log = await openExportLog(folder, HEADER);
  await log.add(file(7, 'a'));
  expect(await log.filesOf(7)).toHaveLength(1);
  await log.close();
});
