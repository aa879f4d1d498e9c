import { ServerError } from '../../../../src/base/errors';
import type { Relation } from '../../../../src/azure/work-item';
import { rejectionOf } from '../../../helpers/deferred';
import type { WorkItemFacts } from '../../../helpers/model-work-items';
import { createModelWorkItems, numbersOn } from '../../../helpers/model-work-items';
import { guid, linkable, linkTo, referenceTo, relationTo, workItemWith } from '../../../helpers/uploads';
import { begin, beginOn, passAll } from './begin';

/** Attachments 1 to 4, each with its number in the comment. */
const FOUR: readonly Relation[] = [1, 2, 3, 4].map((number) => {
  const relation = relationTo(number);
  return { ...relation, attributes: { ...relation.attributes, comment: `comment ${number}` } };
});

/** Replaces attachment 2 by 9 on such a server. */
function beginOnServer(facts: WorkItemFacts) {
  const server = createModelWorkItems(facts);
  const test = beginOn(server);
  return {
    ...test,
    server,
    replace: () => passAll(test, test.editor.replace(7, guid(2), linkable(9))),
    updates: () => server.asked.filter((what) => what === 'update').length,
  };
}

test('replace sends one patch and keeps the comment', async () => {
  const { workItems, editor } = begin();
  const answer = editor.replace(7, guid(2), linkable(9));
  (await workItems.nextCall()).answer(workItemWith([], { relations: FOUR, revision: 5 }));
  const patch = await workItems.nextCall();
  expect(patch.patch).toEqual([
    { op: 'test', path: '/rev', value: 5 },
    { op: 'test', path: '/relations/1/url', value: relationTo(2).url },
    { op: 'remove', path: '/relations/1' },
    {
      op: 'add',
      path: '/relations/-',
      value: {
        rel: 'AttachedFile',
        url: referenceTo(9).url,
        attributes: { name: '9.txt', comment: 'comment 2', resourceSize: 90 },
      },
    },
  ]);
  const after = workItemWith([1, 3, 4, 9], { revision: 6 });
  patch.answer(after);
  expect(await answer).toMatchObject({
    workItem: after,
    removed: [{ reference: { id: guid(2) }, name: '2.txt', comment: 'comment 2' }],
    isLinked: true,
    restored: [],
  });
});

test('replace works on a full work item', async () => {
  const { replace, server } = beginOnServer({ relations: FOUR, maxAttachments: 4 });
  await replace();
  expect(numbersOn(server.item())).toEqual([1, 3, 4, 9]);
});

test('replace links nothing if the old attachment is gone', async () => {
  const { replace, server } = beginOnServer({ relations: [relationTo(1)] });
  expect(await rejectionOf(replace())).toMatchObject({ kind: 'not-attached' });
  expect(numbersOn(server.item())).toEqual([1]);
});

test('replace does not link an attachment twice', async () => {
  const { replace, server } = beginOnServer({ relations: [...FOUR, relationTo(9)] });
  expect(await replace()).toMatchObject({ isLinked: true });
  expect(numbersOn(server.item())).toEqual([1, 3, 4, 9]);
});

test.each([
  'lost after it was acted on',
  'stalled after it was acted on',
  'busy after it was acted on',
] as const)('replace succeeds with a response %s', async (fault) => {
  const { replace, server, updates } = beginOnServer({ relations: FOUR, faults: ['none', fault] });
  expect(await replace()).toMatchObject({ isLinked: true, removed: [{ reference: { id: guid(2) } }] });
  expect([numbersOn(server.item()), updates()]).toEqual([[1, 3, 4, 9], 1]);
});

test('replace starts again after a concurrent change', async () => {
  const { replace, server, updates } = beginOnServer({
    relations: FOUR,
    others: [() => undefined, (item) => item.change((all) => [linkTo(1), ...all])],
  });
  await replace();
  expect([numbersOn(server.item()), updates()]).toEqual([[1, 3, 4, 9], 2]);
});

test('replace reports a missing link when another client removes the old one first', async () => {
  const { replace, server } = beginOnServer({
    relations: FOUR,
    others: [() => undefined, (item) => item.change((all) => all.filter((each) => each !== FOUR[1]))],
  });
  expect(await replace()).toMatchObject({ isLinked: false });
  expect(numbersOn(server.item())).toEqual([1, 3, 4]);
});

test('replace restores a neighbor removed by mistake if the server tests no URLs', async () => {
  const { replace, server, editor, ...test } = beginOnServer({
    relations: [linkTo(1), ...FOUR, relationTo(8)],
    testsAddresses: false,
    others: [...Array<() => void>(6).fill(() => undefined), (item) => item.change((all) => all.slice(1))],
  });
  // The first change learns it: URLs cannot be tested.
  await passAll(test, editor.remove(7, [guid(8)]));
  expect(await replace()).toMatchObject({ restored: [FOUR[2]], isLinked: true });
  expect([...numbersOn(server.item())].sort()).toEqual([1, 3, 4, 9]);
});

test('replace changes nothing after a refusal', async () => {
  const { workItems, editor } = begin();
  const answer = rejectionOf(editor.replace(7, guid(2), linkable(9)));
  const error = new ServerError('no-permission', 'No.');
  (await workItems.nextCall()).answer(workItemWith([1, 2]));
  (await workItems.nextCall()).fail(error);
  expect(await answer).toBe(error);
});
