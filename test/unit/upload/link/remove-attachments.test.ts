import { NetworkError, ServerError } from '../../../../src/base/errors';
import type { Relation } from '../../../../src/azure/work-item';
import { rejectionOf } from '../../../helpers/deferred';
import type { OthersDeed, WorkItemFacts, WorkItemFault } from '../../../helpers/model-work-items';
import { createModelWorkItems, numbersOn } from '../../../helpers/model-work-items';
import { guid, linkTo, referenceTo, relationTo, workItemWith } from '../../../helpers/uploads';
import { begin, beginOn, passAll } from './begin';

/** Removes attachments of these numbers from a work item of a server that is like this. */
function beginOnServer(facts: WorkItemFacts) {
  const server = createModelWorkItems(facts);
  const test = beginOn(server);
  return {
    ...test,
    server,
    remove: (...numbers: number[]) => passAll(test, test.editor.remove(7, numbers.map(guid))),
  };
}

/** Attachments 1 to 4, of which each says so. */
const FOUR: readonly Relation[] = [1, 2, 3, 4].map((number) => {
  const relation = relationTo(number);
  return { ...relation, attributes: { ...relation.attributes, comment: `comment ${number}` } };
});

describe('a removal', () => {
  test('is one patch for the list that was read, from the highest index down', async () => {
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

  test('tells what it takes to undo it, and linking that does', async () => {
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

  test('of what is gone already is no error, and asks for nothing', async () => {
    const { remove, server } = beginOnServer({ relations: FOUR });
    expect(await remove(8, 9)).toMatchObject({ removed: [], restored: [], unseen: 0 });
    expect(server.asked).toEqual(['read']);
  });

  test('of what is partly gone removes the rest', async () => {
    const { remove, server } = beginOnServer({ relations: FOUR });
    expect((await remove(3, 9)).removed).toMatchObject([{ reference: { id: guid(3) } }]);
    expect(numbersOn(server.item())).toEqual([1, 2, 4]);
  });

  test('takes no link to the same address for the attachment', async () => {
    const hyperlink = { ...relationTo(1), rel: 'Hyperlink' };
    const { remove, server } = beginOnServer({ relations: [hyperlink, relationTo(1)] });
    await remove(1);
    expect(server.item().relations).toEqual([hyperlink]);
  });

  test('is confirmed by a read where the answer shows no relations', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      faults: ['none', 'answered without relations'],
    });
    const { workItem } = await remove(1);
    expect(numbersOn(workItem)).toEqual([2, 3, 4]);
    expect(server.asked).toEqual(['read', 'update', 'read']);
  });

  test.each(['rule-broken', 'no-permission', 'work-item-missing', 'throttled'] as const)(
    'that is refused for %s is so at once',
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

  test('waits for its turn at the work item', async () => {
    const { workItems, editor, link } = begin();
    void link(7, 1);
    void editor.remove(7, [guid(2)]);
    const patch = await workItems.nextCall();
    expect(workItems.asked()).toEqual(['update 7']);
    patch.answer(workItemWith([2, 1]));
    expect((await workItems.nextCall()).what).toBe('read 7');
  });
});

describe('others who change the work item meanwhile', () => {
  test('make the removal begin anew', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      others: [() => undefined, (item) => item.edit()],
    });
    await remove(2);
    expect(numbersOn(server.item())).toEqual([1, 3, 4]);
    expect(server.asked).toEqual(['read', 'update', 'read', 'read', 'update']);
  });

  test('are given a moment before it does', async () => {
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

  test('again and again end it, and nothing is removed', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      others: Array.from({ length: 40 }, () => (item) => item.edit()),
    });
    expect(await rejectionOf(remove(2))).toMatchObject({ kind: 'conflict' });
    expect(numbersOn(server.item())).toEqual([1, 2, 3, 4]);
    expect(server.asked.filter((what) => what === 'update')).toHaveLength(6);
  });

  test('by a link without a new revision are noticed by the addresses', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      others: [() => undefined, (item) => item.change((all) => [linkTo(1), ...all])],
    });
    expect(await remove(2)).toMatchObject({ removed: [{ reference: { id: guid(2) } }], restored: [] });
    expect(server.item().relations).toEqual([linkTo(1), FOUR[0], FOUR[2], FOUR[3]]);
  });
});

describe('a server that lets no address be tested', () => {
  test('is found out once', async () => {
    const { remove, server } = beginOnServer({ relations: FOUR, testsAddresses: false });
    await remove(2);
    expect(server.asked).toEqual(['read', 'update', 'read', 'read', 'update']);
    await remove(3);
    expect(server.asked.slice(5)).toEqual(['read', 'update']);
    expect(numbersOn(server.item())).toEqual([1, 4]);
  });

  test('by calling that a failed test is found out as well', async () => {
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

  test('is not suspected of it when only the revision had changed', async () => {
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

  test('and refuses the plain removal as well is believed', async () => {
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

  /** A removal of attachment 2 by a server that is known to be such a one. */
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

  test('may remove a neighbour in place of it: that is put back, with all that it said, and told', async () => {
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

  test('may remove a link that came before it: nobody saw that, and it is counted', async () => {
    const { removal, server } = await removeUntested(
      [linkTo(1), linkTo(2), relationTo(2)],
      meanwhile((all) => [...all.slice(0, 2), linkTo(3), ...all.slice(2)]),
    );
    expect(removal).toMatchObject({ removed: [{ reference: { id: guid(2) } }], restored: [], unseen: 1 });
    expect(server.item().relations).toEqual([linkTo(1), linkTo(2)]);
  });

  test('may do so and never say it: that is found out all the same', async () => {
    const { removal, server } = await removeUntested([linkTo(1), ...FOUR], {
      ...meanwhile((all) => all.slice(1)),
      faults: ['none', 'lost after it was acted on'],
    });
    expect(removal).toMatchObject({ restored: [FOUR[2]], unseen: 0 });
    expect([...numbersOn(server.item())].sort()).toEqual([1, 3, 4]);
  });
});

describe('an answer that is lost', () => {
  test.each([
    'lost after it was acted on',
    'stalled after it was acted on',
    'busy after it was acted on',
  ] as const)('as it is %s is no failure when the attachments are gone', async (fault) => {
    const { remove, server } = beginOnServer({ relations: FOUR, faults: ['none', fault] });
    const { removed, restored, workItem } = await remove(2, 3);
    expect(removed.map(({ name }) => name)).toEqual(['2.txt', '3.txt']);
    expect(restored).toEqual([]);
    expect(numbersOn(workItem)).toEqual([1, 4]);
    expect(server.asked.filter((what) => what === 'update')).toHaveLength(1);
  });

  test('is asked for once more when nothing had come of it', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      faults: ['none', 'lost before it was acted on'],
    });
    await remove(2);
    expect(numbersOn(server.item())).toEqual([1, 3, 4]);
  });

  test('twice is a failure, and nothing was removed', async () => {
    const lost = 'lost before it was acted on';
    const { remove, server } = beginOnServer({
      relations: FOUR,
      faults: ['none', lost, 'none', 'none', lost, 'none'],
    });
    expect(await rejectionOf(remove(2))).toMatchObject({ kind: 'network' });
    expect(numbersOn(server.item())).toEqual([1, 2, 3, 4]);
  });

  test('by a server that is busy is a failure at once', async () => {
    const { remove, server } = beginOnServer({
      relations: FOUR,
      faults: ['none', 'busy before it was acted on'],
    });
    expect(await rejectionOf(remove(2))).toMatchObject({ kind: 'server-busy' });
    expect(server.asked).toEqual(['read', 'update', 'read']);
  });

  test('by a look that fails too is a failure of the look', async () => {
    const { workItems, editor } = begin();
    const answer = rejectionOf(editor.remove(7, [guid(1)]));
    (await workItems.nextCall()).answer(workItemWith([1]));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    const second = new NetworkError('Still none.');
    (await workItems.nextCall()).fail(second);
    expect(await answer).toBe(second);
  });
});

test('an attachment whose size nobody told can be linked again', async () => {
  const bare = { rel: 'AttachedFile', url: referenceTo(1).url, name: '1.txt', attributes: {} };
  const { remove } = beginOnServer({ relations: [bare] });
  expect((await remove(1)).removed).toEqual([
    { reference: referenceTo(1), name: '1.txt', comment: '', size: 0 },
  ]);
});
