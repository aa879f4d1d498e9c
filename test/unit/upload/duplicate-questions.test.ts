import fc from 'fast-check';
import type { AttachmentReference, LinkableAttachment } from '../../../src/azure/work-item';
import { NetworkError } from '../../../src/base/errors';
import type { DuplicateAnswer } from '../../../src/upload/duplicate-questions';
import { createDuplicateQuestions } from '../../../src/upload/duplicate-questions';
import { MAX_COMPARED_BYTES } from '../../../src/upload/intake/duplicates';
import { pendingOf } from '../../../src/upload/recovery/channel/protocol';
import { keptFacts } from '../../../src/upload/recovery/journal/kept-batch';
import { isAwaitingAnswer } from '../../../src/upload/upload-state';
import { createDeferred, flush } from '../../helpers/deferred';
import type { TestQueue } from '../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../helpers/upload-queue';
import { guid, ITEM_7, linkable, pickedFile } from '../../helpers/uploads';

const ITEM_8 = { kind: 'work-item', id: 8 } as const;

/** Attachment `number` with this name and size. */
function attachment(number: number, name: string, size = 100): LinkableAttachment {
  return { ...linkable(number), name, size };
}

/** Bytes of the files of `pickedFile`. */
const SAME = new Blob(['x'.repeat(100)]);
const OTHER = new Blob(['y'.repeat(100)]);

/** A queue, and questions about attachments with these bytes, by number. */
function begin(bytes: Readonly<Record<number, Blob | Promise<Blob> | undefined>> = {}) {
  const test = createTestQueue({ limits: exactly(9) });
  const read: string[] = [];
  const questions = createDuplicateQuestions({
    queue: test.queue,
    replaceRefused: () => undefined,
    readBytes({ id }: AttachmentReference) {
      read.push(id);
      const [, found] = Object.entries(bytes).find(([number]) => guid(Number(number)) === id) ?? [];
      return found ? Promise.resolve(found) : Promise.reject(new NetworkError('No answer.'));
    },
  });
  return {
    ...test,
    questions,
    read,
    /** Adds files with these attachments on the work item. */
    give: async (
      names: string,
      attachments: readonly LinkableAttachment[],
      target = ITEM_7,
    ): Promise<void> => {
      const files = names.split(' ').map((name) => pickedFile(name));
      const ids = test.queue.add(files, target);
      questions.check(new Map(files.map((file, index) => [ids[index]!, file])), attachments);
      await settle(test);
    },
    answer: (name: string, answer: DuplicateAnswer): Promise<void> => {
      questions.answer([test.upload(name).id], answer);
      return flush();
    },
    likeness: (name: string) => {
      const { duplicate } = test.upload(name);
      return duplicate && `${duplicate.status} ${duplicate.likeness} ${duplicate.name}`;
    },
    patches: () => test.links.map(({ names }) => names.join(' ')),
  };
}

/** Waits for all comparisons. */
async function settle({ queue }: Pick<TestQueue, 'queue'>): Promise<void> {
  await flush();
  while (queue.getSnapshot().some(({ duplicate }) => duplicate?.status === 'comparing'))
    await new Promise((resolve) => setImmediate(resolve));
  await flush();
}

describe('DuplicateQuestions', () => {
  test('hold the link of a file with the name of an attachment, and of no other file', async () => {
    const { give, finish, patches, likeness, statuses } = begin();
    await give('a b', [attachment(1, 'a', 7)]);
    expect(likeness('a')).toBe('asking name a');
    await finish('a');
    await finish('b');
    expect(patches()).toEqual(['b']);
    expect(statuses()).toBe('a uploaded, b linking');
  });

  test('link the file if both are kept', async () => {
    const { give, finish, answer, patches, links } = begin();
    await give('a', [attachment(1, 'a', 7)]);
    await finish('a');
    await answer('a', 'keep-both');
    expect(patches()).toEqual(['a']);
    expect(links[0]!.attachments[0]).not.toHaveProperty('replaces');
  });

  test('link the file in place of the attachment', async () => {
    const { give, finish, answer, links } = begin();
    await give('a', [attachment(1, 'a', 7), attachment(2, 'a', 8)]);
    await answer('a', 'replace');
    await finish('a');
    expect(links[0]!.attachments).toMatchObject([{ name: 'a', replaces: guid(2) }]);
  });

  test('cancel a skipped file and remove its row', async () => {
    const { give, finish, answer, patches, queue } = begin();
    await give('a', [attachment(1, 'a', 7)]);
    await finish('a');
    await answer('a', 'skip');
    expect(queue.getSnapshot()).toEqual([]);
    expect(patches()).toEqual([]);
  });

  test('ask about a file with the content of an attachment', async () => {
    const { give, likeness, read } = begin({ 1: OTHER, 2: SAME });
    await give('a', [attachment(1, 'b'), attachment(2, 'c')]);
    expect(likeness('a')).toBe('asking content c');
    expect(read).toEqual([guid(1), guid(2)]);
  });

  test('do not ask about a file of the same size with another content', async () => {
    const { give, finish, likeness, patches } = begin({ 1: OTHER });
    await give('a', [attachment(1, 'b')]);
    expect(likeness('a')).toBeUndefined();
    await finish('a');
    expect(patches()).toEqual(['a']);
  });

  test('hold the link while the contents are compared', async () => {
    const reading = createDeferred<Blob>();
    const staged = begin({ 1: reading.promise });
    const { give, finish, likeness, patches } = staged;
    void give('a', [attachment(1, 'b')]);
    expect(likeness('a')).toBe('comparing size b');
    await flush();
    await finish('a');
    expect(patches()).toEqual([]);
    reading.resolve(OTHER);
    await settle(staged);
    expect(patches()).toEqual(['a']);
  });

  test('read each attachment once', async () => {
    const { give, likeness, read } = begin({ 1: SAME });
    await give('a b c', [attachment(1, 'd')]);
    await give('e', [attachment(1, 'd')]);
    expect(['a', 'b', 'c', 'e'].map(likeness)).toEqual(Array(4).fill('asking content d'));
    expect(read).toEqual([guid(1)]);
  });

  test.each([
    ['cannot be read', undefined],
    ['is answered by a page', new Blob(['<html>'])],
  ])('ask about the size if an attachment %s', async (_, bytes) => {
    const { give, likeness } = begin({ 1: bytes });
    await give('a', [attachment(1, 'b')]);
    expect(likeness('a')).toBe('asking size b');
  });

  test('ask about the size of a file that is too large to read', () => {
    const { queue, questions, likeness, read } = begin({ 1: SAME });
    const large = { ...pickedFile('a'), size: MAX_COMPARED_BYTES + 1 };
    const [id = ''] = queue.add([large], ITEM_7);
    questions.check(new Map([[id, large]]), [attachment(1, 'b', MAX_COMPARED_BYTES + 1)]);
    expect(likeness('a')).toBe('asking size b');
    expect(read).toEqual([]);
  });

  test('still ask after an upload has failed during the comparison', async () => {
    const staged = begin({ 1: SAME });
    const { give, fail, likeness } = staged;
    void give('a', [attachment(1, 'b')]);
    await flush();
    await fail('a', new TypeError('A bug.'));
    await settle(staged);
    expect(likeness('a')).toBe('asking content b');
  });

  test('keep both files if the form shows another work item', async () => {
    const { give, finish, questions, patches, likeness } = begin();
    await give('a', [attachment(1, 'a', 7)]);
    await give('b', [attachment(1, 'b', 7)], ITEM_8);
    await finish('a b');
    questions.keepUnseen((target) => target.kind === 'work-item' && target.id === 8);
    await flush();
    expect(patches()).toEqual(['a']);
    expect(likeness('b')).toBe('asking name b');
  });

  test('leave a file to the observer if the frame dies, and to the next form without a question', async () => {
    const { give, finish, queue, upload } = begin();
    await give('a b', [attachment(1, 'a', 7), attachment(2, 'b', 8)]);
    await finish('a b');
    const pending = pendingOf(
      queue.getSnapshot(),
      () => '',
      () => false,
    );
    expect(pending.map(({ attachment: { name }, waitsForSave }) => [name, waitsForSave])).toEqual([
      ['a', false],
      ['b', false],
    ]);
    expect(JSON.stringify(pending)).not.toContain('replaces');
    expect(keptFacts(upload('a'))).toMatchObject({ stage: 'linking', isLinkTried: false });
  });

  test('link every file once that is not skipped, in any order of answers and transfers', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const step = fc.record({
      name: fc.constantFrom(...names),
      what: fc.constantFrom('finish', 'skip', 'replace', 'keep-both'),
    });
    await fc.assert(
      fc.asyncProperty(fc.subarray(names), fc.array(step, { maxLength: 12 }), async (asked, steps) => {
        const test = begin();
        await test.give(
          names.join(' '),
          asked.map((name, index) => attachment(index + 1, name, 7)),
        );
        const skipped = new Set<string>();
        const finished = new Set<string>();
        const finish = async (name: string): Promise<void> => {
          if (finished.has(name) || skipped.has(name)) return;
          finished.add(name);
          await test.finish(name);
        };
        const find = (name: string) => test.queue.getSnapshot().find(({ file }) => file.name === name);
        for (const { name, what } of steps) {
          const upload = find(name);
          if (what === 'finish') await finish(name);
          else if (upload) {
            if (what === 'skip' && isAwaitingAnswer(upload)) skipped.add(name);
            await test.answer(name, what);
          }
          for (const link of test.links) link.answer(2);
          await flush();
        }
        for (const name of names) await finish(name);
        await test.runtime.pass(60_000);
        for (const link of test.links) link.answer(2);
        await flush();
        // Whatever waits now, waits for an answer.
        for (const { file, state, ...upload } of test.queue.getSnapshot())
          expect([file.name, state.status]).toEqual([
            file.name,
            isAwaitingAnswer({ file, state, ...upload }) ? 'uploaded' : 'linked',
          ]);
        test.questions.keepUnseen(() => false);
        await flush();
        for (const link of test.links) link.answer(3);
        await flush();
        const linked = test.links.flatMap((link) => link.names);
        expect(linked.sort()).toEqual(names.filter((name) => !skipped.has(name)));
      }),
      { numRuns: 60 },
    );
  });
});
