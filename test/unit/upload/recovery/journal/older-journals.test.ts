import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../../../../src/bulk/run/kept-plan';
import { openIndexedDbStore } from '../../../../../src/upload/recovery/journal/indexed-db-store';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createTestFrames, createTestJournal } from '../../../../helpers/journal';
import {
  JOURNALS,
  PARTITION,
  readJournals,
  restoreJournal,
  writeJournal,
} from '../../../../helpers/written-journal';

/** Expected state of each upload of a drop, and whether its bytes were stored. */
const RESUMED = {
  'kept.txt': ['queued', true],
  'chunked.bin': ['queued', true],
  'paused.txt': ['paused', true],
  'uploaded.txt': ['uploaded', false],
  'linking.txt': ['uploaded', false],
  'refused.txt': ['failed', false],
  'large.iso': ['failed', true],
};

if (process.env['WRITE_JOURNAL'])
  beforeAll(async () => {
    const path = join(JOURNALS, `${readJournals().length + 1}.json`);
    writeFileSync(path, `${JSON.stringify(await writeJournal(), undefined, 2)}\n`);
  });

// A change of the format fails here: see docs/testing.md, "Journals of earlier versions".
test('The last journal has the current format', async () => {
  expect(readJournals().at(-1)?.[1]).toEqual(await writeJournal());
});

test('Journals of all earlier versions are resumed by the current version', async () => {
  for (const [, dump] of readJournals()) {
    await restoreJournal(dump);
    const frames = createTestFrames();
    const journal = createTestJournal({
      owner: 'frame-2',
      runtime: createFakeRuntime(),
      openStore: openIndexedDbStore,
      createLeases: () => frames.leasesFor('frame-2'),
    });
    await journal.open(PARTITION);
    const { kind, interrupted, interruptedPlans, setAside } = journal.state.getSnapshot();
    // The files of the new work item are readable as well, and wait for its first save.
    expect({ kind, setAside }).toEqual({ kind: 'browser', setAside: 0 });

    const [drop, plan] = await journal.claim(
      [...interrupted, ...interruptedPlans].map(({ id }) => id).sort(),
    );
    const resumed = drop?.interrupted.map(({ upload, source }) => [
      upload.file.name,
      [upload.state.status, source !== undefined],
    ]);
    expect(Object.fromEntries(resumed ?? [])).toEqual(RESUMED);
    expect(drop?.interrupted.map(({ session }) => session?.bytesAccepted)).toContain(8);
    expect(await readPlan(plan?.note ?? new Blob())).toMatchObject({ pairs: [{ workItemId: 8 }] });
  }
});
