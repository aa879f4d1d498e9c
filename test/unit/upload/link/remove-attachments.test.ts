import { NetworkError, ServerError } from '../../../../src/base/errors';
import type { Relation } from '../../../../src/azure/work-item';
import { createMemoryLearned } from '../../../../src/upload/learned';
import { createAttachmentEditor } from '../../../../src/upload/link/edit-attachments';
import { rejectionOf } from '../../../helpers/deferred';
import type { OthersDeed, WorkItemFacts, WorkItemFault } from '../../../helpers/model-work-items';
import { createModelWorkItems, numbersOn } from '../../../helpers/model-work-items';
import { servicesFor } from '../../../helpers/frame-services';
import { guid, linkTo, referenceTo, relationTo, workItemWith } from '../../../helpers/uploads';
import { begin, beginOn, passAll } from './begin';

/** Removes attachments with these numbers from a work item of such a server. */
function beginOnServer(facts: WorkItemFacts) {
  const server = createModelWorkItems(facts);
  const test = beginOn(server);
  return {
    ...test,
    server,
    remove: (...numbers: number[]) => passAll(test, test.editor.remove(7, numbers.map(guid))),
  };
}

/** Attachments 1 to 4, each with its number in the comment. */
const FOUR: readonly Relation[] = [1, 2, 3, 4].map((number) => {
  const relation = relationTo(number);
  return { ...relation, attributes: { ...relation.attributes, comment: `comment ${number}` } };
});

describe('remove', () => {
  test('sends one patch with a test of the list, from the highest index down', async () => {
    const { workItems, editor } = begin();
    const answer = editor.remove(7, [guid(2), guid(4)]);
    (await workItems.nextCall()).answer(workItemWith([1, 2, 3, 4]));
    const patch = await workItems.nextCall();
    expect(patch.patch).toEqual([
      { op: 'test', path: '/rev', value: 5 },
      { op: 'test', path: '/relations/1/url', value: relationTo(2).url },
      { op: 'test', path: '/relations/3/url', value: relationTo(4).url },
      { op: 'remove', path: '/relations/3' },
      { op: 'remove', path: '/relations/1' },
    ]);
    const after = workItemWith([1, 3], { revision: 6 });
    patch.answer(after);
    expect(await answer).toMatchObject({ workItem: after, restored: [], unseen: 0 });
    expect(workItems.asked()).toEqual(['read 7', 'update 7']);
  });

  test('waits for the answers of earlier frames, and omits tests that the server refused', async () => {
    const { workItems, runtime } = begin();
    const memory = createMemoryLearned();
    const whenLoaded = () => Promise.resolve().then(() => memory.learn({ relationTest: false }));
    const editor = createAttachmentEditor(servicesFor(workItems, runtime, { ...memory, whenLoaded }));
    const answer = editor.remove(7, [guid(2)]);
    (await workItems.nextCall()).answer(workItemWith([1, 2]));
    const patch = await workItems.nextCall();
    expect(patch.patch).toEqual([
      { op: 'test', path: '/rev', value: 3 },
      { op: 'remove', path: '/relations/1' },
    ]);
    patch.answer(workItemWith([1], { revision: 4 }));
    await answer;
  });

  test('returns the attachments, and linking them undoes the removal', async () => {
    const { remove, linker, server } = beginOnServer({ relations: FOUR });
    const { removed } = await remove(2, 3);
    expect(removed).toEqual(
      [2, 3].map((number) => ({
        reference: { id: guid(number), url: relationTo(number).url },
        name: `${number}.txt`,
        comment: `comment ${number}`,
        size: 10 * number,
      })),
    );
    expect(numbersOn(server.item())).toEqual([1, 4]);
    expect((await linker.link(7, removed)).failures.size).toBe(0);
    expect(numbersOn(server.item())).toEqual([1, 4, 2, 3]);
    expect(server.item().relations.at(-1)?.attributes).toEqual(FOUR[2]!.attributes);
  });

  test('sends no patch for attachments already gone', async () => {
    const { remove, server } = beginOnServer({ relations: FOUR });
    expect(await remove(8, 9)).toMatchObject({ removed: [], restored: [], unseen: 0 });
    expect(server.asked).toEqual(['read']);
  });

  test('removes the rest if some are gone', async () => {
    const { remove, server } = beginOnServer({ relations: FOUR });
    expect((await remove(3, 9)).removed).toMatchObject([{ reference: { id: guid(3) } }]);
    expect(numbersOn(server.item())).toEqual([1, 2, 4]);
  });

  test('does not take a hyperlink to the same URL for the attachment', async () => {
    const hyperlink = { ...relationTo(1), rel: 'Hyperlink' };
    const { remove, server } = beginOnServer({ relations: [hyperlink, relationTo(1)] });
    await remove(1);
    expect(server.item().relations).toEqual([hyperlink]);
  });

  test('verifies a response without relations by a read', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      faults: ['none', 'answered without relations'],
    });
    const { workItem } = await remove(1);
    expect(numbersOn(workItem)).toEqual([2, 3, 4]);
    expect(server.asked).toEqual(['read', 'update', 'read']);
  });

  test.each(['rule-broken', 'no-permission', 'work-item-missing', 'throttled'] as const)(
    'rejects at once after a refusal for %s',
    async (kind) => {
      const { workItems, editor } = begin();
      const answer = rejectionOf(editor.remove(7, [guid(1)]));
      const error = new ServerError(kind, 'No.');
      (await workItems.nextCall()).answer(workItemWith([1]));
      (await workItems.nextCall()).fail(error);
      expect(await answer).toBe(error);
      expect(workItems.asked()).toEqual(['read 7', 'update 7']);
    },
  );

  test('waits for the mutex of the work item', async () => {
    const { workItems, editor, link } = begin();
    void link(7, 1);
    void editor.remove(7, [guid(2)]);
    const patch = await workItems.nextCall();
    expect(workItems.asked()).toEqual(['update 7']);
    patch.answer(workItemWith([2, 1]));
    expect((await workItems.nextCall()).what).toBe('read 7');
  });
});

describe('remove during concurrent changes', () => {
  test('starts again', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      others: [() => undefined, (item) => item.edit()],
    });
    await remove(2);
    expect(numbersOn(server.item())).toEqual([1, 3, 4]);
    expect(server.asked).toEqual(['read', 'update', 'read', 'read', 'update']);
  });

  test('waits for a moment before it starts again', async () => {
    const { workItems, editor, runtime } = begin();
    void editor.remove(7, [guid(1)]);
    (await workItems.nextCall()).answer(workItemWith([1]));
    (await workItems.nextCall()).fail(new ServerError('conflict', 'TF26071'));
    (await workItems.nextCall()).answer(workItemWith([1], { revision: 3 }));
    await runtime.pass(99);
    expect(workItems.asked()).toEqual(['read 7', 'update 7', 'read 7']);
    await runtime.pass(1);
    expect(workItems.asked()).toHaveLength(4);
  });

  test('rejects after repeated conflicts and removes nothing', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      others: Array.from({ length: 40 }, () => (item) => item.edit()),
    });
    expect(await rejectionOf(remove(2))).toMatchObject({ kind: 'conflict' });
    expect(numbersOn(server.item())).toEqual([1, 2, 3, 4]);
    expect(server.asked.filter((what) => what === 'update')).toHaveLength(6);
  });

  test('detects a new link without a new revision by the URLs', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      others: [() => undefined, (item) => item.change((all) => [linkTo(1), ...all])],
    });
    expect(await remove(2)).toMatchObject({ removed: [{ reference: { id: guid(2) } }], restored: [] });
    expect(server.item().relations).toEqual([linkTo(1), FOUR[0], FOUR[2], FOUR[3]]);
  });
});

describe('remove on a server without tests of URLs', () => {
  test('learns it once', async () => {
    const { remove, server } = beginOnServer({ relations: FOUR, testsAddresses: false });
    await remove(2);
    expect(server.asked).toEqual(['read', 'update', 'read', 'read', 'update']);
    await remove(3);
    expect(server.asked.slice(5)).toEqual(['read', 'update']);
    expect(numbersOn(server.item())).toEqual([1, 4]);
  });

  test('learns it from a failed test as well', async () => {
    const { workItems, editor, runtime } = begin();
    void editor.remove(7, [guid(1)]);
    (await workItems.nextCall()).answer(workItemWith([1]));
    const serverMessage = 'VS403351: Test Operation for path /relations/0/url failed.';
    (await workItems.nextCall()).fail(new ServerError('conflict', 'No.', { serverMessage }));
    (await workItems.nextCall()).answer(workItemWith([1]));
    await runtime.pass(1000);
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect((await workItems.nextCall()).patch).toEqual([
      { op: 'test', path: '/rev', value: 2 },
      { op: 'remove', path: '/relations/0' },
    ]);
  });

  test('does not assume it when only the revision has changed', async () => {
    const { workItems, editor, runtime } = begin();
    void editor.remove(7, [guid(1)]);
    (await workItems.nextCall()).answer(workItemWith([1]));
    const serverMessage = 'VS403351: Test Operation for path /rev failed.';
    (await workItems.nextCall()).fail(new ServerError('conflict', 'No.', { serverMessage }));
    (await workItems.nextCall()).answer(workItemWith([1]));
    await runtime.pass(1000);
    (await workItems.nextCall()).answer(workItemWith([1], { revision: 3 }));
    expect((await workItems.nextCall()).patch).toHaveLength(3);
  });

  test('rejects when the removal without tests is refused as well', async () => {
    const { workItems, editor, runtime } = begin();
    const answer = rejectionOf(editor.remove(7, [guid(1)]));
    const error = new ServerError('refused', 'Not supported.', { status: 400 });
    for (let patch = 0; patch < 2; patch++) {
      (await workItems.nextCall()).answer(workItemWith([1]));
      (await workItems.nextCall()).fail(error);
      (await workItems.nextCall()).answer(workItemWith([1]));
      await runtime.pass(1000);
    }
    expect(await answer).toBe(error);
    expect(workItems.asked()).toHaveLength(6);
  });

  /** A removal of attachment 2 after the editor has learned it. */
  async function removeUntested(relations: readonly Relation[], facts: WorkItemFacts) {
    const test = beginOnServer({
      relations: [...relations, relationTo(9)],
      testsAddresses: false,
      faults: [...Array<WorkItemFault>(5).fill('none'), ...(facts.faults ?? [])],
      others: [...Array<OthersDeed>(5).fill(() => undefined), ...(facts.others ?? [])],
    });
    await test.remove(9);
    const removal = await test.remove(2);
    return { removal, server: test.server };
  }

  /** As others, before the removal's patch. */
  const meanwhile = (change: (relations: readonly Relation[]) => readonly Relation[]): WorkItemFacts => ({
    others: [() => undefined, (item) => item.change(change)],
  });

  test('restores and reports a neighbor removed by mistake, with all its attributes', async () => {
    const relations = [linkTo(1), ...FOUR];
    const { removal, server } = await removeUntested(
      relations,
      meanwhile((all) => all.slice(1)),
    );
    expect(removal).toMatchObject({
      removed: [{ reference: { id: guid(2) } }],
      restored: [FOUR[2]],
      unseen: 0,
    });
    expect(numbersOn(server.item())).toEqual([1, 4, 3]);
    expect(server.item().relations.at(-1)?.attributes).toMatchObject(FOUR[2]!.attributes);
  });

  test('counts a removed link added after the read', async () => {
    const { removal, server } = await removeUntested(
      [linkTo(1), linkTo(2), relationTo(2)],
      meanwhile((all) => [...all.slice(0, 2), linkTo(3), ...all.slice(2)]),
    );
    expect(removal).toMatchObject({ removed: [{ reference: { id: guid(2) } }], restored: [], unseen: 1 });
    expect(server.item().relations).toEqual([linkTo(1), linkTo(2)]);
  });

  test('restores a neighbor after a lost response as well', async () => {
    const { removal, server } = await removeUntested([linkTo(1), ...FOUR], {
      ...meanwhile((all) => all.slice(1)),
      faults: ['none', 'lost after it was acted on'],
    });
    expect(removal).toMatchObject({ restored: [FOUR[2]], unseen: 0 });
    expect([...numbersOn(server.item())].sort()).toEqual([1, 3, 4]);
  });

  test('does not undo the removal by another user when its own patch was lost', async () => {
    const { removal, server } = await removeUntested(FOUR, {
      ...meanwhile((all) => all.filter((each) => each !== FOUR[0])),
      faults: ['none', 'lost before it was acted on'],
    });
    expect(removal).toMatchObject({ restored: [], unseen: 0 });
    expect(numbersOn(server.item())).toEqual([3, 4]);
  });

  test('accepts a neighbor restored by the last attempt', async () => {
    const busy = Array<WorkItemFault>(5).fill('busy before it was acted on');
    const { removal, server } = await removeUntested([linkTo(1), ...FOUR], {
      ...meanwhile((all) => all.slice(1)),
      faults: ['none', 'none', ...busy],
    });
    expect(removal).toMatchObject({ restored: [FOUR[2]], unseen: 0 });
    expect(numbersOn(server.item())).toEqual([1, 4, 3]);
  });

  test('rejects when a neighbor cannot be restored', async () => {
    const busy = Array<WorkItemFault>(12).fill('busy before it was acted on');
    const removal = removeUntested([linkTo(1), ...FOUR], {
      ...meanwhile((all) => all.slice(1)),
      faults: ['none', 'none', ...busy],
    });
    expect(await rejectionOf(removal)).toMatchObject({ kind: 'server-busy' });
  });
});

describe('remove after a lost response', () => {
  test.each([
    'lost after it was acted on',
    'stalled after it was acted on',
    'busy after it was acted on',
  ] as const)('succeeds when the attachments are gone after a response %s', async (fault) => {
    const { remove, server } = beginOnServer({ relations: FOUR, faults: ['none', fault] });
    const { removed, restored, workItem } = await remove(2, 3);
    expect(removed.map(({ name }) => name)).toEqual(['2.txt', '3.txt']);
    expect(restored).toEqual([]);
    expect(numbersOn(workItem)).toEqual([1, 4]);
    expect(server.asked.filter((what) => what === 'update')).toHaveLength(1);
  });

  test('retries once when nothing was removed', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      faults: ['none', 'lost before it was acted on'],
    });
    await remove(2);
    expect(numbersOn(server.item())).toEqual([1, 3, 4]);
  });

  test('rejects after a second loss with nothing removed', async () => {
    const lost = 'lost before it was acted on';
    const { remove, server } = beginOnServer({
      relations: FOUR,
      faults: ['none', lost, 'none', 'none', lost, 'none'],
    });
    expect(await rejectionOf(remove(2))).toMatchObject({ kind: 'network' });
    expect(numbersOn(server.item())).toEqual([1, 2, 3, 4]);
  });

  test('rejects at once when the server is busy', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      faults: ['none', 'busy before it was acted on'],
    });
    expect(await rejectionOf(remove(2))).toMatchObject({ kind: 'server-busy' });
    expect(server.asked).toEqual(['read', 'update', 'read']);
  });

  test('rejects with the error of the read when that fails too', async () => {
    const { workItems, editor } = begin();
    const answer = rejectionOf(editor.remove(7, [guid(1)]));
    (await workItems.nextCall()).answer(workItemWith([1]));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    const second = new NetworkError('Still none.');
    (await workItems.nextCall()).fail(second);
    expect(await answer).toBe(second);
  });
});

test('remove returns an attachment of unknown size for another link', async () => {
  const bare = { rel: 'AttachedFile', url: referenceTo(1).url, name: '1.txt', attributes: {} };
  const { remove } = beginOnServer({ relations: [bare] });
  expect((await remove(1)).removed).toEqual([
    { reference: referenceTo(1), name: '1.txt', comment: '', size: 0 },
  ]);
});
