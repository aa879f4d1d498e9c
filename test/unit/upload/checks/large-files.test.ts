import { ServerError } from '../../../../src/base/errors';
import type { LimitItems } from '../../../../src/upload/checks/large-files';
import type { OverLimitOption } from '../../../../src/upload/over-limit/over-limit-options';
import type { PickedFile } from '../../../../src/upload/upload';
import { contentOf } from '../../../helpers/transfer';
import { ITEM_7 } from '../../../helpers/uploads';
import { begin, fileOf, settle, textOf } from './checked-files';

/** A work item with these names, room and limit. */
function limits(facts: { bytes?: number; room?: number; names?: readonly string[] } = {}): LimitItems {
  const { bytes = 1000, room = 100, names = [] } = facts;
  return {
    fileLimit: { bytes: () => bytes, learn: () => undefined },
    roomOf: () => room,
    isAwaited: () => false,
    namesOn: () => names,
  };
}

/** Bytes that do not get smaller. */
const NOISE = contentOf(2500);
const WORDS = 'the same words again '.repeat(120);

/** Gives one file, and returns the options of the question about it. */
async function ask(file: PickedFile, items: LimitItems) {
  const test = begin({ limits: items });
  await test.give([file]);
  const { held } = test.checks.getSnapshot();
  const [first] = held;
  const options: readonly OverLimitOption[] = first?.reason.kind === 'over-limit' ? first.reason.options : [];
  return { ...test, first, options };
}

test('A file within the limit is passed on, and one over it waits', async () => {
  const { give, passed, checks } = begin({ limits: limits() });
  await give([fileOf('small.bin', NOISE.subarray(0, 1000)), fileOf('large.bin', NOISE)]);
  expect(passed.map(({ name }) => name)).toEqual(['small.bin']);
  expect(checks.getSnapshot().held).toMatchObject([
    { file: { name: 'large.bin' }, reason: { kind: 'over-limit', limitBytes: 1000 } },
  ]);
});

test('A file that is split is passed on whole, with the size of its volumes', async () => {
  const { first, options, checks, passed } = await ask(fileOf('large.bin', NOISE), limits());
  expect(options[0]).toEqual({ kind: 'split', prediction: { count: 3, volumeBytes: 900 } });
  checks.answer([first!.id], 'split');
  await settle(() => passed.length > 0);
  expect(passed).toMatchObject([{ name: 'large.bin', size: 2500, volumeBytes: 900 }]);
  expect(await textOf(passed[0]!)).toBe(Buffer.from(NOISE).toString('latin1'));
  expect(checks.getSnapshot().held).toEqual([]);
});

test('Volumes get names that are free, also where a whole file has the name', async () => {
  const names = ['Large.bin.002', 'large (2).bin'];
  const { first, checks, passed } = await ask(fileOf('large.bin', NOISE), limits({ names }));
  checks.answer([first!.id], 'split');
  await settle(() => passed.length > 0);
  expect(passed[0]!.name).toBe('large (3).bin');
});

test('Without room for all volumes, a split is named and not offered', async () => {
  const { options } = await ask(fileOf('large.bin', NOISE), limits({ room: 2 }));
  expect(options.find(({ kind }) => kind === 'split')).toMatchObject({ unavailable: 'no-room' });
});

test('Room that is gone after the question leads to a new question, and nothing is lost', async () => {
  let room = 3;
  const items = { ...limits(), roomOf: () => room };
  const { first, checks, passed } = await ask(fileOf('large.bin', NOISE), items);
  room = 2;
  checks.answer([first!.id], 'split');
  await settle(() => checks.getSnapshot().held.some(({ isBusy }) => !isBusy));
  expect(passed).toEqual([]);
  const [held] = checks.getSnapshot().held;
  expect(held).toMatchObject({ isBusy: false, file: { name: 'large.bin' } });
  const options = held?.reason.kind === 'over-limit' ? held.reason.options : [];
  expect(options.find(({ kind }) => kind === 'split')).toMatchObject({ unavailable: 'no-room' });
});

test('A text that gets small enough is offered as a zip first, and is passed on as one', async () => {
  const { first, options, checks, passed } = await ask(fileOf('words.log', WORDS), limits());
  expect(options.map(({ kind }) => kind)).toEqual(['zip', 'split']);
  checks.answer([first!.id], 'zip');
  await settle(() => passed.length > 0);
  expect(passed[0]).toMatchObject({ name: 'words.log.zip' });
  expect(passed[0]!.size).toBe(passed[0]!.source.size);
  expect(passed[0]!.size).toBeLessThan(1000);
});

test('“Attach anyway” and “Leave out” do what they say', async () => {
  const attached = await ask(fileOf('large.bin', NOISE), limits());
  attached.checks.answer([attached.first!.id], 'attach');
  expect(attached.passed.map(({ size }) => size)).toEqual([2500]);
  const left = await ask(fileOf('large.bin', NOISE), limits());
  left.checks.answer([left.first!.id], 'leave-out');
  expect(left.passed).toEqual([]);
});

test('A file over the limit is asked about where the code of the checks is missing', async () => {
  const { give, checks, passed } = begin({
    limits: limits(),
    load: () => Promise.reject(new Error('It is gone.')),
  });
  await give([fileOf('large.mp4', NOISE)], ITEM_7);
  expect(passed).toEqual([]);
  expect(checks.getSnapshot().held).toMatchObject([{ reason: { kind: 'unchecked' } }]);
});

test('A file that the server refuses for its size is asked about once, with the limit that it names', async () => {
  const known = { bytes: Infinity };
  const fileLimit = {
    bytes: () => known.bytes,
    learn: (bytes: number) => void (known.bytes = bytes),
  };
  const { give, queue, transport, checks, passed } = begin({ limits: { ...limits(), fileLimit } });
  const refusal = new ServerError('file-too-large', 'Too large.', { limitBytes: 1000 });
  const isRefused = (): boolean => queue.getSnapshot().some(({ state }) => state.status === 'failed');
  await give([fileOf('large.bin', NOISE)]);
  await settle(() => transport.underWay().length > 0);
  transport.sending('large.bin').fail(refusal);
  await settle(() => checks.getSnapshot().held.length > 0);
  expect(known.bytes).toBe(1000);
  expect(queue.getSnapshot()).toEqual([]);
  const [held] = checks.getSnapshot().held;
  expect(held).toMatchObject({ file: { name: 'large.bin' }, reason: { limitBytes: 1000 } });

  checks.answer([held!.id], 'attach');
  expect(passed).toHaveLength(2);
  await settle(() => transport.underWay().length > 0);
  transport.sending('large.bin').fail(refusal);
  await settle(isRefused);
  expect(checks.getSnapshot().held).toEqual([]);
});

test('A larger file that the server has taken raises the limit', async () => {
  const known = { bytes: 1000 };
  const fileLimit = {
    bytes: () => known.bytes,
    learn: (bytes: number) => void (known.bytes = bytes),
  };
  const { give, transport, checks } = begin({ limits: { ...limits(), fileLimit } });
  await give([fileOf('large.bin', NOISE)]);
  checks.answer([checks.getSnapshot().held[0]!.id], 'attach');
  await settle(() => transport.underWay().length > 0);
  transport.sending('large.bin').finish();
  await settle(() => known.bytes > 1000);
  expect(known.bytes).toBe(2500);
});
