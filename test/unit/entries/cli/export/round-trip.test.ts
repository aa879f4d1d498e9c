import { join } from 'node:path';
import { createCliStage } from '../../../../helpers/cli';

const source = createCliStage();
const target = createCliStage();

/** Work items without attachments. */
const ITEMS = [8, 9];

/** Names that are different on the disk. */
const NAMES = [
  ...['a.png', 'A.PNG', 'plain.txt', 'CON', 'what?.txt', 'x:y', '"quoted", with comma.csv', "'=1+1", '=1+1'],
  ...['trailing.', 'y.part', 'ä', `${'x'.repeat(251)}.png`, '\u202egnp.exe'],
];

test('an export attached to another organization gives the same files', async () => {
  for (const id of ITEMS)
    source.emulator().store.attach(
      id,
      NAMES.map((name) => ({ name, content: Buffer.from(`${name} of ${id}`) })),
    );
  const exported = await source.run(['export', ITEMS.join(), '--out', 'backup']);
  expect([exported.code, exported.err]).toEqual([0, '']);
  const manifest = join(source.folder, 'backup', 'manifest.csv');
  const attached = await target.run(['attach', '--manifest', manifest, '--on-duplicate', 'same-name']);
  expect([attached.code, attached.err]).toEqual([0, '']);
  for (const id of ITEMS) expect(target.attachedTo(id).sort()).toEqual(source.attachedTo(id).sort());
});
