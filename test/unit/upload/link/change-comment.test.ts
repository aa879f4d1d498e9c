import { ServerError } from '../../../../src/base/errors';
import type { Relation } from '../../../../src/azure/work-item';
import { rejectionOf } from '../../../helpers/deferred';
import type { OthersDeed, WorkItemFacts, WorkItemFault } from '../../../helpers/model-work-items';
import { createModelWorkItems } from '../../../helpers/model-work-items';
import { guid, linkTo, relationTo, workItemWith } from '../../../helpers/uploads';
import { begin, beginOn, passAll } from './begin';

/** A relation to an attachment with this comment, or without one. */
function saying(number: number, comment?: string): Relation {
  const { name, ...relation } = relationTo(number);
  return { ...relation, name, attributes: { name, ...(comment !== undefined && { comment }) } };
}

/** Changes comments on a work item of such a server. */
function beginOnServer(facts: WorkItemFacts) {
  const server = createModelWorkItems(facts);
  const test = beginOn(server);
  return {
    server,
    change: (number: number, comment: string) =>
      passAll(test, test.editor.changeComment(7, guid(number), comment)),
    comments: () => server.item().relations.map(({ attributes }) => attributes['comment']),
  };
}

const LOG = saying(1, 'log');
const DUMP = saying(2, 'dump');

describe('changeComment', () => {
  test.each([
    ['replaces an existing one', 'old', 'replace'],
    ['replaces an empty one', '', 'replace'],
    ['adds one to a relation without a comment', undefined, 'add'],
  ])('%s, with a test of the list', async (_, old, op) => {
    const { workItems, editor } = begin();
    const answer = editor.changeComment(7, guid(2), 'new');
    const before = workItemWith([], { relations: [LOG, saying(2, old)], revision: 5 });
    (await workItems.nextCall()).answer(before);
    const patch = await workItems.nextCall();
    expect(patch.patch).toEqual([
      { op: 'test', path: '/rev', value: 5 },
      { op: 'test', path: '/relations/1/url', value: DUMP.url },
      { op, path: '/relations/1/attributes/comment', value: 'new' },
    ]);
    const after = { ...before, revision: 6, relations: [LOG, saying(2, 'new')] };
    patch.answer(after);
    expect(await answer).toEqual(after);
    expect(workItems.asked()).toEqual(['read 7', 'update 7']);
  });

  test('accepts an empty comment and one of the maximum length', async () => {
    const { change, comments } = beginOnServer({ relations: [LOG, DUMP] });
    await change(1, '');
    await change(2, 'x'.repeat(255));
    expect(comments()).toEqual(['', 'x'.repeat(255)]);
  });

  test('rejects a longer comment without a request', async () => {
    const { change, server } = beginOnServer({ relations: [LOG] });
    expect(await rejectionOf(change(1, 'x'.repeat(256)))).toMatchObject({ kind: 'comment-too-long' });
    expect(server.asked).toEqual([]);
  });

  test('sends no patch for an unchanged comment', async () => {
    const { change, server } = beginOnServer({ relations: [LOG] });
    await change(1, 'log');
    expect(server.asked).toEqual(['read']);
  });

  test('rejects when the attachment was removed before', async () => {
    const { change } = beginOnServer({ relations: [LOG, { ...DUMP, rel: 'Hyperlink' }] });
    expect(await rejectionOf(change(2, 'new'))).toMatchObject({ kind: 'not-attached' });
  });

  test('rejects when the attachment is removed meanwhile, and changes no other', async () => {
    const { change, comments } = beginOnServer({
      relations: [LOG, DUMP],
      others: [() => undefined, (item) => item.change((all) => all.slice(1))],
    });
    expect(await rejectionOf(change(1, 'new'))).toMatchObject({ kind: 'not-attached' });
    expect(comments()).toEqual(['dump']);
  });

  test('does not retry after a broken rule', async () => {
    const { workItems, editor } = begin();
    const answer = rejectionOf(editor.changeComment(7, guid(1), 'new'));
    const error = new ServerError('rule-broken', 'Rule.');
    (await workItems.nextCall()).answer(workItemWith([1]));
    (await workItems.nextCall()).fail(error);
    expect(await answer).toBe(error);
  });

  test('waits for the mutex of the work item', async () => {
    const { workItems, editor, link } = begin();
    void link(7, 1);
    void editor.changeComment(7, guid(2), 'new');
    const patch = await workItems.nextCall();
    expect(workItems.asked()).toEqual(['update 7']);
    patch.answer(workItemWith([2, 1]));
    expect((await workItems.nextCall()).what).toBe('read 7');
  });

  test('retries after a concurrent edit', async () => {
    const { change, comments } = beginOnServer({
      relations: [LOG, DUMP],
      others: [() => undefined, (item) => item.edit()],
    });
    await change(1, 'new');
    expect(comments()).toEqual(['new', 'dump']);
  });
});

describe('changeComment after a lost response', () => {
  test.each([
    'lost before it was acted on',
    'lost after it was acted on',
    'stalled after it was acted on',
    'busy after it was acted on',
    'answered without relations',
  ] as const)('changes the comment once with a response %s', async (fault) => {
    const { change, comments } = beginOnServer({ relations: [LOG, DUMP], faults: ['none', fault] });
    await change(1, 'new');
    expect(comments()).toEqual(['new', 'dump']);
  });

  test('rejects when a busy server did nothing', async () => {
    const { change } = beginOnServer({ relations: [LOG], faults: ['none', 'busy before it was acted on'] });
    expect(await rejectionOf(change(1, 'new'))).toMatchObject({ kind: 'server-busy' });
  });
});

describe('changeComment after an unnoticed shift of the list', () => {
  test.each([
    ['none', 'new'],
    ['lost after it was acted on', 'new'],
    // The user has to retry after a busy server.
    ['busy after it was acted on', 'log'],
  ] as const)(
    'restores the other comment with the fault “%s”; the intended one becomes “%s”',
    async (fault, said) => {
      const { change, comments } = beginOnServer({
        relations: [linkTo(1), LOG, DUMP, saying(3, 'trace')],
        testsAddresses: false,
        faults: [...Array<WorkItemFault>(6).fill('none'), fault],
        others: [...Array<OthersDeed>(6).fill(() => undefined), (item) => item.change((all) => all.slice(1))],
      });
      // Learns in five requests: the server tests no URLs.
      await change(3, 'core');
      const outcome = await change(1, 'new').catch((error: unknown) => error);
      expect(comments()).toEqual([said, 'dump', 'core']);
      if (said !== 'new') expect(outcome).toMatchObject({ kind: 'server-busy' });
    },
  );
});
