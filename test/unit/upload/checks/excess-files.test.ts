import fc from 'fast-check';
import { unzipSync } from 'fflate';
import type { FileChecksOptions } from '../../../../src/upload/checks/file-checks';
import type { LimitItems } from '../../../../src/upload/checks/large-files';
import { readPolicy } from '../../../../src/upload/rules/policy/read-policy';
import type { PickedFile } from '../../../../src/upload/upload';
import { contentOf } from '../../../helpers/transfer';
import { ITEM_7 } from '../../../helpers/uploads';
import { begin, fileOf, settle } from './checked-files';

/** A work item with this room, this limit of size and these names. */
function limits({ bytes = 100_000, room = 1, names = [] as readonly string[] } = {}): LimitItems {
  return {
    fileLimit: { bytes: () => bytes, learn: () => undefined },
    roomOf: () => room,
    isAwaited: () => false,
    namesOn: () => names,
  };
}

function filesOf(count: number, folder = ''): readonly PickedFile[] {
  return Array.from({ length: count }, (_, index) => ({
    ...fileOf(`${index}.log`, `line ${index}\n`.repeat(50)),
    folder,
  }));
}

/** Gives files to a work item with this room. */
async function drop(
  files: readonly PickedFile[],
  room: number,
  options: Partial<FileChecksOptions> = { limits: limits({ room }) },
) {
  const test = begin(options);
  const picked = { accepted: files, rejected: [] };
  const { accepted: fitting } = await test.checks.holdExcess(picked, ITEM_7, test.pass);
  const [held] = test.checks.getSnapshot().held;
  return {
    ...test,
    fitting,
    held,
    isAsking: () => test.checks.getSnapshot().held.some((each) => !each.isBusy),
  };
}

async function entriesOf({ source }: PickedFile): Promise<Readonly<Record<string, string>>> {
  const entries = unzipSync(new Uint8Array(await source.arrayBuffer()));
  return Object.fromEntries(
    Object.entries(entries).map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]),
  );
}

test('Files without room wait for one decision, and become one zip with their folders', async () => {
  const files = filesOf(5, 'logs/2026');
  const { fitting, held, checks, passed } = await drop(files, 3);
  expect(fitting).toEqual(files.slice(0, 2));
  expect(held).toMatchObject({ reason: { kind: 'no-room', files: files.slice(2), zip: { kind: 'zip' } } });
  expect(passed).toEqual([]);
  checks.answer([held!.id], 'bundle');
  await settle(() => passed.length > 0);
  expect(passed).toMatchObject([{ name: 'logs.zip', folder: '' }]);
  const entries = await entriesOf(passed[0]!);
  expect(Object.keys(entries)).toEqual(['logs/2026/2.log', 'logs/2026/3.log', 'logs/2026/4.log']);
  for (const [index, file] of files.slice(2).entries())
    expect(Object.values(entries)[index]).toBe(await file.source.text());
  expect(checks.getSnapshot().held).toEqual([]);
});

test('The zip of files from several folders has a name that is free', async () => {
  const items = limits({ names: ['Files.zip', 'files (2).zip'] });
  const files = [...filesOf(1, 'a'), ...filesOf(1, 'b')];
  const { held, checks, passed } = await drop(files, 1, { limits: items });
  checks.answer([held!.id], 'bundle');
  await settle(() => passed.length > 0);
  expect(passed[0]!.name).toBe('files (3).zip');
});

test.each(['attach', 'leave-out'] as const)(
  'The answer “%s” is for all files of the question',
  async (answer) => {
    const { held, checks, passed } = await drop(filesOf(5), 3);
    checks.answer([held!.id], answer);
    expect(passed.map(({ name }) => name)).toEqual(answer === 'attach' ? ['2.log', '3.log', '4.log'] : []);
    expect(checks.getSnapshot().held).toEqual([]);
  },
);

test('A zip over the limit is not offered, with its size', async () => {
  const files = [1, 2].map((each) => fileOf(`${each}.bin`, contentOf(2_500)));
  const { held } = await drop(files, 1, { limits: limits({ bytes: 3_000 }) });
  expect(held!.reason).toMatchObject({ zip: { unavailable: 'too-large' } });
});

test('A place that is gone and a canceled zip lead to the question again, and nothing is lost', async () => {
  let room = 1;
  const items = { ...limits(), roomOf: () => room };
  const { held, checks, passed, isAsking } = await drop(filesOf(3), 1, { limits: items });
  room = 0;
  checks.answer([held!.id], 'bundle');
  await settle(isAsking);
  expect(passed).toEqual([]);
  room = 1;
  checks.answer([held!.id], 'bundle');
  checks.stop([held!.id]);
  await settle(isAsking);
  expect(checks.getSnapshot().held).toMatchObject([{ isBusy: false, reason: { kind: 'no-room' } }]);
  checks.answer([held!.id], 'bundle');
  await settle(() => passed.length > 0);
  expect(Object.keys(await entriesOf(passed[0]!))).toHaveLength(3);
});

test('The policy decides about the zip as well', async () => {
  const result = readPolicy('{ "version": 1, "block": ["zip"] }');
  if (!result.ok) throw new Error('The policy is wrong.');
  const { policy } = result;
  const items = { typeOf: () => Promise.resolve(''), projectOf: () => '', countOf: () => 0 };
  const { held, checks, passed, refused } = await drop(filesOf(3), 1, {
    ...{ limits: limits(), items },
    policy: { read: () => Promise.resolve({ policy }) },
  });
  checks.answer([held!.id], 'bundle');
  await settle(() => refused.length > 0);
  expect(refused).toEqual(['files.zip breaks-policy']);
  expect(passed).toEqual([]);
});

test('Every file either fits or waits, and one place is left for the zip', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 12 }),
      async (places, room) => {
        const files = places.map((count, index) => ({
          ...fileOf(`${index}.bin`, 'x'.repeat(count)),
          ...(count > 1 && { volumeBytes: 1 }),
        }));
        const { fitting, held } = await drop(files, room);
        const excess = held?.reason.kind === 'no-room' ? held.reason.files : [];
        expect([...fitting, ...excess].sort((a, b) => a.name.localeCompare(b.name))).toEqual(
          [...files].sort((a, b) => a.name.localeCompare(b.name)),
        );
        expect(excess.every(({ size }) => size === 1)).toBe(true);
        if (excess.length === 0) return;
        expect(excess.length).toBeGreaterThan(1);
        expect(fitting.filter(({ size }) => size === 1).length).toBeLessThan(room);
      },
    ),
    { numRuns: 100 },
  );
});
