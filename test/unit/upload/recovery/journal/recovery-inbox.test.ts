import type { LinkToMake } from '../../../../../src/upload/recovery/journal/recovery-inbox';
import { createRecoveryInbox } from '../../../../../src/upload/recovery/journal/recovery-inbox';
import type { KeptUpload } from '../../../../../src/upload/recovery/journal/kept-batch';
import { createMemoryStore } from '../../../../../src/upload/recovery/journal/memory-store';
import { readBatch } from '../../../../../src/upload/recovery/journal/read-batch';
import type { LinkTarget } from '../../../../../src/azure/work-item';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createTestFrames } from '../../../../helpers/journal';
import { DRAFT, ITEM_7, referenceTo } from '../../../../helpers/uploads';

/** Uploaded file for a number, unsent file for a name. */
function upload(what: number | string): KeptUpload {
  const isStored = typeof what === 'number';
  return {
    id: `upload ${what}`,
    name: isStored ? `${what}.txt` : what,
    size: 10,
    folder: '',
    type: '',
    lastModified: 0,
    fingerprint: undefined,
    isFileKept: false,
    stage: isStored ? 'linking' : 'sending',
    attempt: 1,
    isLinkTried: false,
    session: undefined,
    reference: isStored ? referenceTo(what) : undefined,
    failure: undefined,
  };
}

const idOf = (number: number): string => referenceTo(number).id;

/** Link as a frame reports it. */
const link = (number: number, uploadId?: string): LinkToMake => ({
  reference: referenceTo(number),
  uploadId,
});

/** Batch left by a frame. */
interface Left {
  readonly owner: string;
  readonly target?: LinkTarget;
  readonly uploads: readonly (number | string)[];
}

/** Journal with batches of earlier frames, and observers with an inbox. */
async function stage(batches: readonly Left[]) {
  const store = createMemoryStore();
  const frames = createTestFrames();
  const runtime = createFakeRuntime();
  await store.add(
    batches.map(({ owner, target = ITEM_7, uploads }, index) => ({
      format: 1,
      partition: 'ours',
      id: `batch ${index + 1}`,
      owner,
      target,
      addedAt: 0,
      changedAt: 0,
      uploads: uploads.map(upload),
    })),
  );
  const observer = (owner: string) =>
    createRecoveryInbox({
      owner,
      runtime,
      async open() {
        const leases = frames.leasesFor(owner);
        await leases.acquire();
        return { store, leases };
      },
    });
  return {
    frames,
    pass: (ms: number): Promise<void> => runtime.pass(ms),
    inbox: observer('observer'),
    observer,
    /** `batch 1 of nobody for item 7: 1.txt big.bin`. */
    left: async (): Promise<string[]> =>
      [...(await store.readBatches()).values()].map((value) => {
        const batch = readBatch(value);
        if (!batch) return 'damaged';
        const { id, owner, target, uploads } = batch;
        const forWhat = target.kind === 'work-item' ? `item ${target.id}` : 'a draft';
        return `${id} of ${owner} for ${forWhat}: ${uploads.map(({ name }) => name).join(' ')}`;
      }),
  };
}

test('claimLinks claims the links of an expired frame, and settle leaves the rest without an owner', async () => {
  const { inbox, left } = await stage([{ owner: 'gone', uploads: [1, 2, 'big.bin'] }]);
  const { elsewhere, settle } = await inbox.claimLinks([link(1), link(2)]);
  expect([...elsewhere]).toEqual([]);
  expect(await left()).toEqual(['batch 1 of observer for item 7: 1.txt 2.txt big.bin']);
  await settle([idOf(1)]);
  expect(await left()).toEqual(['batch 1 of nobody for item 7: 2.txt big.bin']);
});

test('settle removes a batch without uploads', async () => {
  const { inbox, left } = await stage([{ owner: 'gone', uploads: [1] }]);
  await (await inbox.claimLinks([link(1)])).settle([idOf(1)]);
  expect(await left()).toEqual([]);
});

test('claimLinks leaves the links of a living frame to it', async () => {
  const { inbox, left, frames, pass } = await stage([{ owner: 'form', uploads: [1] }]);
  await frames.leasesFor('form').acquire();
  const taken = inbox.claimLinks([link(1), link(9)]);
  await pass(3_000);
  expect([...(await taken).elsewhere]).toEqual([idOf(1)]);
  await (await taken).settle([]);
  expect(await left()).toEqual(['batch 1 of form for item 7: 1.txt']);
});

test('claimLinks waits for a closing frame', async () => {
  const { inbox, frames, pass } = await stage([{ owner: 'form', uploads: [1] }]);
  await frames.leasesFor('form').acquire();
  const taken = inbox.claimLinks([link(1)]);
  await pass(100);
  frames.kill('form');
  expect([...(await taken).elsewhere]).toEqual([]);
});

test('claimLinks gives the links to one of two observers', async () => {
  const { observer, pass } = await stage([{ owner: 'gone', uploads: [1] }]);
  const both = Promise.all(['first', 'second'].map((name) => observer(name).claimLinks([link(1)])));
  await pass(3_000);
  expect((await both).map(({ elsewhere }) => elsewhere.size).sort()).toEqual([0, 1]);
});

describe('RecoveryInbox, for an upload stored right before its frame closed,', () => {
  const stored = link(5, 'upload big.bin');

  test('identifies it by its upload id and removes it once it is linked', async () => {
    const { inbox, left } = await stage([{ owner: 'gone', uploads: [1, 'big.bin'] }]);
    expect([...(await inbox.unsentByWorkItem('gone', [stored]))]).toEqual([]);
    const { elsewhere, settle } = await inbox.claimLinks([stored]);
    expect([...elsewhere]).toEqual([]);
    await settle([idOf(5)]);
    expect(await left()).toEqual(['batch 1 of nobody for item 7: 1.txt']);
  });

  test('does not report it as unsent after the save of its draft', async () => {
    const { inbox } = await stage([{ owner: 'gone', target: DRAFT, uploads: ['a.bin', 'big.bin'] }]);
    expect(await inbox.draftSaved('draft 1', 31, [stored])).toEqual(['a.bin']);
  });

  test('leaves it to a frame that resumes it or has sent it again', async () => {
    const { inbox, frames, left, pass } = await stage([
      { owner: 'form', uploads: ['big.bin'] },
      { owner: 'gone', uploads: [1, 2] },
    ]);
    await frames.leasesFor('form').acquire();
    const taking = inbox.claimLinks([stored, link(6, 'upload 1'), link(2, 'upload 2')]);
    await pass(3_000);
    const { elsewhere, settle } = await taking;
    expect([...elsewhere].sort()).toEqual([idOf(5), idOf(6)]);
    await settle([idOf(2)]);
    expect(await left()).toEqual([
      'batch 1 of form for item 7: big.bin',
      'batch 2 of nobody for item 7: 1.txt',
    ]);
  });
});

test('draftSaved waits for another call with the same batch, and for no other', async () => {
  const { inbox, left } = await stage([
    { owner: 'gone', target: DRAFT, uploads: [1, 'big.bin'] },
    { owner: 'gone', uploads: [2] },
  ]);
  const taking = inbox.claimLinks([link(1)]);
  let unsent: readonly string[] | undefined;
  void inbox.draftSaved('draft 1', 31, []).then((names) => (unsent = names));
  const { settle } = await taking;
  expect([...(await inbox.claimLinks([link(2)])).elsewhere]).toEqual([]);
  await flush();
  expect(unsent).toBeUndefined();
  await settle([idOf(1)]);
  await flush();
  expect(unsent).toEqual(['big.bin']);
  expect((await left())[0]).toBe('batch 1 of nobody for item 31: big.bin');
});

test('draftSaved assigns batches to the new work item and returns unsent files', async () => {
  const { inbox, left } = await stage([
    { owner: 'gone', target: { kind: 'draft', draftId: 'draft 1' }, uploads: [1, 'big.bin'] },
    { owner: 'gone', target: { kind: 'draft', draftId: 'draft 2' }, uploads: ['other.bin'] },
  ]);
  expect(await inbox.draftSaved('draft 1', 31, [])).toEqual(['big.bin']);
  expect(await left()).toEqual([
    'batch 1 of nobody for item 31: 1.txt big.bin',
    'batch 2 of gone for a draft: other.bin',
  ]);
});

test('unsentByWorkItem returns the unsent files of one frame by work item', async () => {
  const { inbox } = await stage([
    { owner: 'gone', uploads: [1, 'a.bin'] },
    { owner: 'gone', target: { kind: 'work-item', id: 8 }, uploads: ['b.bin'] },
    { owner: 'gone', uploads: ['c.bin'] },
    { owner: 'gone', target: { kind: 'draft', draftId: 'draft 1' }, uploads: ['d.bin'] },
    { owner: 'other', uploads: ['e.bin'] },
  ]);
  expect([...(await inbox.unsentByWorkItem('gone', []))]).toEqual([
    [7, ['a.bin', 'c.bin']],
    [8, ['b.bin']],
  ]);
});

test('RecoveryInbox is empty without a journal', async () => {
  const inbox = createRecoveryInbox({
    owner: 'observer',
    runtime: createFakeRuntime(),
    open: () => Promise.reject(new Error('No storage.')),
  });
  const { elsewhere, settle } = await inbox.claimLinks([link(1)]);
  await settle([idOf(1)]);
  expect(elsewhere.size).toBe(0);
  expect(await inbox.draftSaved('draft 1', 31, [])).toEqual([]);
  expect((await inbox.unsentByWorkItem('gone', [])).size).toBe(0);
});
