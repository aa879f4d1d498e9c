import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifestEntries } from '../../../../src/engine/export/manifest-file';
import { writeCsv } from '../../../../src/base/csv';
import { detectFormat } from '../../../../src/bulk/plan/manifest-columns';
import { rejectionOf } from '../../../helpers/deferred';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const folder = createTemporaryFolder();
const PATH = join(folder, 'manifest.csv');
const HEADER = [
  'Work item',
  'File',
  'Name',
  'Comment',
  'Attachment',
  'Bytes',
  'SHA-256',
  'Attached at',
  'Attached by',
  'Source',
];

async function read(text: string) {
  writeFileSync(PATH, text);
  const entries = [];
  for await (const entry of readManifestEntries(PATH)) entries.push(entry);
  return entries;
}

test('readManifestEntries reads long manifests in parts, with quotes and line breaks in values', async () => {
  const rows = Array.from({ length: 3_000 }, (_, index) => [
    ...[
      '7',
      `Bug 7/"${index}", a.png`,
      'a\nb "c',
      '=1+1',
      'F00D',
      String(index),
      'A'.repeat(64),
      '',
      'Jamal',
      'attachment',
    ],
  ]);
  const entries = await read(writeCsv([HEADER, ...rows]));
  expect(entries).toHaveLength(3_000);
  expect(entries[2_999]).toEqual({
    ...{ path: 'Bug 7/"2999", a.png', size: 2_999, sha256: 'a'.repeat(64), attachmentId: 'f00d' },
  });
});

test('readManifestEntries reads a manifest that a spreadsheet has saved with semicolons', async () => {
  const [entry] = await read(
    `${HEADER.join(';')}\r\n7;Bug 7/a.png;a.png;;;12;${'b'.repeat(64)};;;attachment\r\n`,
  );
  expect(entry).toMatchObject({ path: 'Bug 7/a.png', size: 12, sha256: 'b'.repeat(64) });
});

test('readManifestEntries refuses a manifest with a quotation mark that is never closed', async () => {
  const text = `${HEADER.join()}\r\n7,"a${'x,\r\n'.repeat(400_000)}`;
  expect(((await rejectionOf(read(text))) as Error).message).toBe(
    'A quotation mark of the manifest is never closed.',
  );
});

test('detectFormat finds the columns for attaching in the header of an export', () => {
  expect(detectFormat(HEADER.join()).columns).toEqual({ workItem: 0, file: 1, name: 2, comment: 3 });
});
