import fc from 'fast-check';
import { ServerError } from '../../../src/base/errors';
import { keptFacts } from '../../../src/upload/recovery/journal/kept-batch';
import type { SameFileFinder } from '../../../src/upload/same-file-work';
import { createSameFileQuestions } from '../../../src/upload/same-file-questions';
import type { PickedFile, SameFile } from '../../../src/upload/upload';
import { NO_JOURNAL } from '../../../src/upload/upload-journal';
import { createDeferred, flush } from '../../helpers/deferred';
import { createTestQueue, exactly } from '../../helpers/upload-queue';
import { ITEM_7, linkable, pickedFile, referenceTo } from '../../helpers/uploads';

const TARGET = { id: 7, project: 'p', attachments: [] };

/** The same file on #1220. */
function same(): SameFile {
  return { workItemId: 1220, project: 'p', name: 'spec.pdf', reference: referenceTo(901) };
}

/** A queue, and questions about files whose names begin with `same`. */
function begin(finder: Partial<SameFileFinder> = {}, open?: () => Promise<SameFileFinder | undefined>) {
  const kept: string[] = [];
  const test = createTestQueue({
    limits: exactly(9),
    journal: { ...NO_JOURNAL, updateFile: (id) => void kept.push(id) },
  });
  const reused: string[] = [];
  const found: SameFileFinder = {
    isLinkSafe: false,
    findCandidates: (files) =>
      Promise.resolve(
        new Map(files.filter(({ name }) => /^(same|other)/.test(name)).map((file) => [file, [same()]])),
      ),
    findSame: (file, [first]) => Promise.resolve(file.name.startsWith('same') ? first : undefined),
    isStillThere: () => Promise.resolve(true),
    ...finder,
  };
  const questions = createSameFileQuestions({
    queue: test.queue,
    open: open ?? (() => Promise.resolve(found)),
    onReuse: ({ reference }) => void reused.push(reference.id),
    runtime: test.runtime,
  });
  return {
    ...{ ...test, questions, reused, kept },
    /** Adds files as the form does. */
    give: async (names: string, target = TARGET): Promise<void> => {
      const files = names.split(' ').map((name) => pickedFile(name));
      const searching = questions.search(files, target);
      await flush();
      const candidates = await searching;
      const ids = test.queue.add(files, ITEM_7, (file: PickedFile) => candidates.has(file));
      questions.ask(new Map(files.map((file, index) => [ids[index]!, file])), candidates);
      await flush();
    },
    answer: (name: string, answer: 'link' | 'upload'): Promise<void> => {
      questions.answer([test.upload(name).id], answer);
      return flush();
    },
    question: (name: string) => test.upload(name).sameFile?.status,
  };
}

describe('SameFileQuestions', () => {
  test('send nothing of a file before the answer, and all of any other file', async () => {
    const { give, question, statuses } = begin();
    await give('same other new');
    expect([question('same'), question('other'), question('new')]).toEqual(['asking', undefined, undefined]);
    expect(statuses()).toBe('same queued, other uploading, new uploading');
  });

  test('link the stored bytes once, without sending any', async () => {
    const { give, answer, statuses, links, reused, history } = begin();
    await give('same');
    await answer('same', 'link');
    expect(links.map(({ attachments }) => attachments)).toEqual([
      [{ reference: referenceTo(901), name: 'same', comment: '', size: 100 }],
    ]);
    expect(reused).toEqual([referenceTo(901).id]);
    links[0]!.answer(2);
    await flush();
    expect(statuses()).toBe('same linked');
    expect(links).toHaveLength(1);
    expect(history('same')).not.toContain('uploading');
  });

  test('do not delay the links of other files', async () => {
    const { give, finish, links } = begin();
    await give('same new');
    await finish('new');
    expect(links.map(({ names }) => names)).toEqual([['new']]);
  });

  test('upload the file if that is the answer', async () => {
    const { give, answer, statuses, finish, links } = begin();
    await give('same');
    await answer('same', 'upload');
    expect(statuses()).toBe('same uploading');
    await finish('same');
    expect(links[0]!.attachments[0]!.reference.id).not.toBe(referenceTo(901).id);
  });

  test.each<[string, Partial<SameFileFinder>]>([
    ['the other work item no longer has it', { isStillThere: () => Promise.resolve(false) }],
    ['it can no longer be read', { isStillThere: () => Promise.reject(new ServerError('refused', '404')) }],
  ])('upload the file if %s', async (_, finder) => {
    const { give, answer, statuses, links } = begin(finder);
    await give('same');
    await answer('same', 'link');
    expect(statuses()).toBe('same uploading');
    expect(links).toEqual([]);
  });

  test('upload the file if the link is refused, and keep its bytes again', async () => {
    const { give, answer, statuses, finish, links, upload, kept } = begin();
    await give('same');
    await answer('same', 'link');
    links[0]!.answer(1, { same: new ServerError('refused', 'FileIdNotFound', { status: 400 }) });
    await flush();
    expect(statuses()).toBe('same uploading');
    expect(kept).toEqual([upload('same').id]);
    expect(upload('same').isLinkTried).toBe(false);
    await finish('same');
    links[1]!.answer(2);
    await flush();
    expect(statuses()).toBe('same linked');
    expect(links).toHaveLength(2);
  });

  test('retry the link after a lost answer, and upload nothing', async () => {
    const { give, answer, statuses, links, runtime, history } = begin();
    await give('same');
    await answer('same', 'link');
    links[0]!.answer(1, { same: new ServerError('server-busy', 'Busy.', { status: 503 }) });
    await flush();
    expect(statuses()).toBe('same waiting');
    await runtime.pass(60_000);
    links[1]!.answer(2);
    await flush();
    expect(statuses()).toBe('same linked');
    expect(history('same')).not.toContain('uploading');
  });

  test('link the same bytes once to a work item, and upload another file with them', async () => {
    const { give, answer, statuses } = begin();
    await give('same-a same-b');
    await answer('same-a', 'link');
    await answer('same-b', 'link');
    expect(statuses()).toBe('same-a linking, same-b uploading');
  });

  test('ask nothing about what the work item may have already', async () => {
    const { give, statuses } = begin();
    await give('same', { ...TARGET, attachments: [{ ...linkable(3), name: 'same' }] } as never);
    expect(statuses()).toBe('same uploading');
  });

  test('upload everything where this browser knows nothing', async () => {
    const { give, statuses } = begin({}, () => Promise.resolve(undefined));
    await give('same');
    expect(statuses()).toBe('same uploading');
  });

  test('upload everything after a failure', async () => {
    const { give, statuses } = begin({ findCandidates: () => Promise.reject(new Error('Damaged.')) });
    await give('same');
    expect(statuses()).toBe('same uploading');
  });

  test('end a search that takes too long', async () => {
    const { questions, runtime } = begin({}, () => createDeferred<undefined>().promise);
    const searching = questions.search([pickedFile('same')], TARGET);
    await runtime.pass(1_000);
    expect((await searching).size).toBe(0);
  });

  test('end a comparison that takes too long, and abort its requests', async () => {
    const signals: AbortSignal[] = [];
    const { give, statuses, runtime } = begin({
      findSame: (_file, _candidates, signal) => {
        signals.push(signal);
        return createDeferred<undefined>().promise;
      },
    });
    await give('same');
    expect(statuses()).toBe('same queued');
    await runtime.pass(5_000);
    expect(statuses()).toBe('same uploading');
    expect(signals[0]!.aborted).toBe(true);
  });

  test('upload files whose question is out of sight', async () => {
    const { give, questions, statuses } = begin();
    await give('same');
    questions.uploadUnseen(() => false);
    await flush();
    expect(statuses()).toBe('same uploading');
    await give('same-again');
    expect(statuses()).toBe('same uploading, same-again uploading');
  });

  test('are not stored: another frame uploads the file', async () => {
    const { give, upload } = begin();
    await give('same');
    expect(keptFacts(upload('same'))).toMatchObject({ stage: 'sending', reference: undefined });
  });

  test('attach each file exactly once, whatever the order of answers and failures', async () => {
    const step = fc.constantFrom(
      'link',
      'upload',
      'pause',
      'resume',
      'refuse',
      'succeed',
      'finish',
      'unseen',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { give, queue, questions, links, upload, finish } = begin();
        await give('same');
        const { id } = upload('same');
        let done = 0;
        const act = async (name: (typeof steps)[number]): Promise<void> => {
          const pending = links[done];
          if (name === 'link' || name === 'upload') questions.answer([id], name);
          if (name === 'pause') queue.pause([id]);
          if (name === 'resume') queue.resume([id]);
          if (name === 'unseen') questions.uploadUnseen(() => false);
          if (name === 'refuse' && pending && upload('same').sameFile) {
            done++;
            pending.answer(1, { same: new ServerError('refused', 'No.', { status: 400 }) });
          } else if (name === 'succeed' && pending) {
            done++;
            pending.answer(2);
          }
          if (name === 'finish' && upload('same').state.status === 'uploading') await finish('same');
          await flush();
        };
        for (const name of steps) await act(name);
        for (const name of ['resume', 'upload', 'finish', 'succeed', 'finish', 'succeed'] as const)
          await act(name);
        expect(upload('same').state.status).toBe('linked');
        expect(upload('same').progress).toEqual({ bytesSent: 100, bytesAccepted: 100 });
        expect(links.length).toBe(done);
      }),
      { numRuns: 100 },
    );
  });
});
