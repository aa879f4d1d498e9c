import { planTarget } from '../../../../src/azure/work-item';
import { ServerError } from '../../../../src/base/errors';
import type { LimitItems } from '../../../../src/upload/checks/large-files';
import type { PolicyReading, PolicySource } from '../../../../src/upload/rules/policy/policy-source';
import { readPolicy } from '../../../../src/upload/rules/policy/read-policy';
import type { RejectedFile } from '../../../../src/upload/upload';
import { SAMPLE_EXIF, exifData, jpegWith, xmpWith } from '../../../helpers/sample-picture';
import { plantedSecrets } from '../../../helpers/planted-secrets';
import { flush } from '../../../helpers/deferred';
import { contentOf } from '../../../helpers/transfer';
import { ITEM_7, pickedFile } from '../../../helpers/uploads';
import { begin, fileOf, settle, textOf } from './checked-files';

const PHOTO = jpegWith(exifData(SAMPLE_EXIF, true), xmpWith('exif:GPSLatitude="48,51.5N"'));
const { line, secret } = plantedSecrets(1)[0]!;

/** A source of this policy. */
function policyOf(policy: object, problem?: PolicyReading['problem']): PolicySource {
  const result = readPolicy(JSON.stringify({ version: 1, ...policy }));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return { read: () => Promise.resolve({ policy: result.policy, ...(problem && { problem }) }) };
}

const ITEMS = { typeOf: () => Promise.resolve('Bug'), projectOf: () => 'Fabrikam', countOf: () => 8 };

function stage(policy: object, settings: Record<string, string> = {}) {
  return begin({ policy: policyOf(policy), items: ITEMS }, settings);
}

test('A file that breaks the policy is refused with the sentence and the message of the administrator', async () => {
  const { checks, pass } = stage({ block: ['exe'], message: 'Ask Ada.' });
  const rejected: unknown[] = [];
  const files = [pickedFile('setup.exe'), fileOf('a.txt', 'a'), fileOf('hidden.txt', 'MZ\u0090')];
  let count = 0;
  void checks.check({ accepted: files, rejected: [] }, ITEM_7, (picked, target) => {
    rejected.push(...picked.rejected);
    count += picked.accepted.length;
    pass({ ...picked, rejected: [] }, target);
  });
  await settle(() => count + rejected.length === 3);
  expect(rejected).toMatchObject([
    {
      name: 'setup.exe',
      problem: {
        kind: 'breaks-policy',
        brokenRules: ["This project doesn't allow files of type “exe”.", 'Ask Ada.'],
      },
    },
    { name: 'hidden.txt', problem: { kind: 'breaks-policy' } },
  ]);
  expect(count).toBe(1);
});

test('The rules of the type of the work item count, and the attachments it has', async () => {
  const { give, passed, refused } = stage({ maxFiles: 1, workItemTypes: { Bug: { maxFiles: 9 } } });
  await give([pickedFile('a.mp4'), pickedFile('b.mp4')]);
  expect(passed.map(({ name }) => name)).toEqual(['a.mp4']);
  expect(refused).toEqual(['b.mp4 breaks-policy']);
});

test('The policy overrules the settings of the person, and is not undone', async () => {
  const { give, passed, checks } = stage(
    { metadata: 'location', secrets: 'mask' },
    { 'image-metadata': 'keep', 'look-for-secrets': 'off' },
  );
  await give([fileOf('photo.jpg', PHOTO), fileOf('build.log', line)]);
  expect(await textOf(passed[0]!)).not.toContain('GPS');
  expect(await textOf(passed[1]!)).not.toContain(secret);
  const { notes } = checks.getSnapshot();
  expect(notes).toMatchObject([{ fact: { kind: 'removed' } }, { fact: { kind: 'masked', count: 1 } }]);
  expect(notes.filter(({ original }) => original)).toEqual([]);
});

test('A policy that blocks secrets refuses the file', async () => {
  const { give, passed, refused, held } = stage({ secrets: 'block' });
  await give([fileOf('build.log', line), fileOf('a.txt', 'a')]);
  expect(passed.map(({ name }) => name)).toEqual(['a.txt']);
  expect(refused).toEqual(['build.log has-secrets']);
  expect(held()).toEqual([]);
});

describe('A policy that asks for comments', () => {
  test('holds checked files until they have one, and uploads them with it', async () => {
    const { give, passed, queue, held, heldIds, notes, checks, refused } = stage({
      ...{ requireComment: true, block: ['exe'] },
    });
    await give([pickedFile('a.mp4'), fileOf('photo.jpg', PHOTO), pickedFile('b.exe')]);
    expect(held()).toEqual(['a.mp4 comment', 'photo.jpg comment']);
    expect(refused).toEqual(['b.exe breaks-policy']);
    expect(passed).toEqual([]);
    checks.answer(heldIds(), 'attach', 'Seen in the build');
    expect(queue.getSnapshot().map(({ file }) => `${file.name} ${file.comment}`)).toEqual([
      'a.mp4 Seen in the build',
      'photo.jpg Seen in the build',
    ]);
    expect(await textOf(passed[1]!)).not.toContain('GPS');
    // The facts of the check are not lost.
    expect(notes()).toEqual(['photo.jpg removed']);
    checks.undo(checks.getSnapshot().notes);
    await flush();
    const undone = queue.getSnapshot().find(({ file }) => file.name === 'photo.jpg')!;
    expect(undone.file.comment).toBe('Seen in the build');
    expect(await queue.sourceOf(undone.id)!.text()).toContain('GPS');
  });

  test('sends nothing of a file that is left out', async () => {
    const { give, passed, held, heldIds, checks } = stage({ requireComment: true });
    await give([pickedFile('a.mp4')]);
    checks.answer(heldIds(), 'leave-out');
    expect(held()).toEqual([]);
    expect(passed).toEqual([]);
  });

  test.each(['mask', 'attach', 'retry'] as const)(
    'asks after the answer %s to a question about secrets',
    async (answer) => {
      const { give, passed, held, heldIds, checks, idle } = stage({ requireComment: true });
      await give([fileOf('build.log', line)]);
      expect(held()).toEqual(['build.log secrets']);
      checks.answer(heldIds(), answer);
      await settle(() => idle() && checks.getSnapshot().held.every(({ isBusy }) => !isBusy));
      if (answer === 'retry') {
        await settle(() => heldIds().length > 0);
        checks.answer(heldIds(), 'attach');
      }
      expect(held()).toEqual(['build.log comment']);
      checks.answer(heldIds(), 'attach', 'why');
      expect(held()).toEqual([]);
      expect(passed).toMatchObject([{ name: 'build.log', comment: 'why' }]);
    },
  );
});

test.each([
  ['skip', 'skip'],
  ['replace', 'replace'],
  ['keep', 'keep-both'],
] as const)('The policy %s answers the question about a duplicate with %s, once', async (rule, answer) => {
  const answerDuplicates = jest.fn();
  const { give, queue } = begin({ policy: policyOf({ duplicates: rule }), items: ITEMS, answerDuplicates });
  await give([pickedFile('a.mp4')]);
  const { id } = queue.getSnapshot()[0]!;
  const question = { likeness: 'name', attachmentId: 'x', name: 'a.mp4' } as const;
  queue.setDuplicate(id, { ...question, status: 'comparing' });
  queue.setDuplicate(id, { ...question, status: 'asking' });
  await flush();
  expect(answerDuplicates.mock.calls).toEqual([[[id], answer]]);
});

test('A policy that is not read in time lets files go, and is named', async () => {
  const policy: PolicySource = { read: () => new Promise(() => undefined) };
  const { checks, runtime, passed, pass, notes } = begin({ policy, items: ITEMS });
  void checks.check({ accepted: [pickedFile('a.mp4')], rejected: [] }, ITEM_7, pass);
  await settle(() => runtime.delays().includes(2_000));
  await runtime.pass(2_000);
  await settle(() => passed.length > 0);
  expect(notes()).toEqual(['a.mp4 policy-unread']);
});

test('An earlier policy counts while the current one cannot be understood, and that is named', async () => {
  const policy = policyOf({ block: ['exe'] }, 'invalid');
  const { give, refused, notes } = begin({ policy, items: ITEMS });
  await give([pickedFile('setup.exe'), pickedFile('a.mp4')]);
  expect(refused).toEqual(['setup.exe breaks-policy']);
  expect(notes()).toEqual(['a.mp4 policy-unread']);
});

test('A policy counts for work items of its project alone', async () => {
  const { read } = policyOf({ block: ['exe'] });
  const policy: PolicySource = { read: async () => ({ ...(await read()), project: 'Contoso' }) };
  const { give, refused, passed } = begin({ policy, items: ITEMS });
  await give([pickedFile('setup.exe')]);
  expect(refused).toEqual([]);
  expect(passed).toHaveLength(1);
  const here = begin({ policy, items: { ...ITEMS, projectOf: () => 'Contoso' } });
  await here.give([pickedFile('setup.exe')]);
  expect(here.refused).toEqual(['setup.exe breaks-policy']);
});

test('A refused file takes no room from the files after it', async () => {
  const { give, refused, passed } = stage({ block: ['exe'], maxFiles: 9 });
  await give([pickedFile('setup.exe'), pickedFile('a.mp4'), pickedFile('b.mp4')]);
  expect(passed.map(({ name }) => name)).toEqual(['a.mp4']);
  expect(refused).toEqual(['setup.exe breaks-policy', 'b.mp4 breaks-policy']);
});

describe('A policy for files over the limit', () => {
  const NOISE = contentOf(2500);

  /** Work items that take files up to this size. */
  function large(rule: string, known = { bytes: 1000 }, typeRules: object = {}) {
    const limits: LimitItems = {
      fileLimit: { bytes: () => known.bytes, learn: (bytes) => void (known.bytes = bytes) },
      ...{ roomOf: () => 100, isAwaited: () => false, namesOn: () => [] },
    };
    const policy = policyOf({ overLimit: rule, message: 'Ask Ada.', workItemTypes: typeRules });
    return { ...begin({ policy, items: ITEMS, limits }), known };
  }

  test.each([
    ['split', NOISE, 'large.bin', { volumeBytes: 900 }],
    ['zip', 'the same words again '.repeat(120), 'large.log', { name: 'large.log.zip' }],
  ])('with the rule “%s” asks nothing', async (rule, content, name, expected) => {
    const { give, passed, checks } = large(rule);
    await give([fileOf(name, content), fileOf('small.bin', 'a')]);
    await settle(() => passed.length === 2);
    expect(passed.find((file) => file.name !== 'small.bin')).toMatchObject(expected);
    expect(checks.getSnapshot().held).toEqual([]);
  });

  test.each(['ask', 'shrink', 'zip'])('with the rule “%s” asks if it does not fit the file', async (rule) => {
    const { give, passed, held, checks } = large(rule);
    await give([fileOf('large.bin', NOISE)]);
    await settle(() => checks.getSnapshot().held.some(({ isBusy }) => !isBusy));
    expect(held()).toEqual(['large.bin over-limit']);
    expect(passed).toEqual([]);
  });

  test.each(['skip', 'fail'])('with the rule “%s” refuses the file and tells the message', async (rule) => {
    const { checks, pass } = large(rule);
    const rejected: RejectedFile[] = [];
    await checks.check({ accepted: [fileOf('large.bin', NOISE)], rejected: [] }, ITEM_7, (picked, target) => {
      rejected.push(...picked.rejected);
      pass(picked, target);
    });
    expect(rejected).toMatchObject([
      {
        name: 'large.bin',
        problem: {
          kind: 'breaks-policy',
          brokenRules: ['This project allows files up to 1.0 KB. This file has 2.5 KB.', 'Ask Ada.'],
        },
      },
    ]);
  });

  test('counts for the files of a plan, unless types of work items differ', async () => {
    const plan = planTarget('plan');
    const planned = large('split', undefined, { Bug: { maxFiles: 9 } });
    await planned.checks.check({ accepted: [fileOf('large.bin', NOISE)], rejected: [] }, plan, planned.pass);
    await settle(() => planned.passed.length === 1);
    expect(planned.passed).toMatchObject([{ name: 'large.bin', volumeBytes: 900 }]);

    const mixed = large('split', undefined, { Bug: { overLimit: 'fail' } });
    await mixed.checks.check({ accepted: [fileOf('large.bin', NOISE)], rejected: [] }, plan, mixed.pass);
    expect(mixed.held()).toEqual(['large.bin over-limit']);
  });

  test('counts as well after the server has named its limit', async () => {
    const { give, queue, transport, passed, known } = large('split', { bytes: Infinity });
    await give([fileOf('large.bin', NOISE)]);
    await settle(() => transport.underWay().length > 0);
    transport
      .sending('large.bin')
      .fail(new ServerError('file-too-large', 'Too large.', { limitBytes: 1000 }));
    await settle(() => passed.length === 2);
    expect(known.bytes).toBe(1000);
    expect(passed[1]).toMatchObject({ name: 'large.bin', volumeBytes: 900 });
    expect(queue.getSnapshot().map(({ file }) => file.volumeBytes)).toEqual([900]);
  });
});
