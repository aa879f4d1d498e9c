import { ServerError } from '../../../../src/base/errors';
import type { Relation } from '../../../../src/azure/work-item';
import { rejectionOf } from '../../../helpers/deferred';
import type { OthersDeed, WorkItemFacts, WorkItemFault } from '../../../helpers/model-work-items';
import { createModelWorkItems } from '../../../helpers/model-work-items';
import { guid, linkTo, relationTo, workItemWith } from '../../../helpers/uploads';
import { begin, beginOn, passAll } from './begin';

/** The relation to an attachment that says this of it, or nothing at all. */
function saying(number: number, comment?: string): Relation {
  const { name, ...relation } = relationTo(number);
  return { ...relation, name, attributes: { name, ...(comment !== undefined && { comment }) } };
}

/** Changes comments on a work item of a server that is like this. */
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

describe('a changed comment', () => {
  test.each([
    ['replaces one that is there', 'old', 'replace'],
    ['replaces an empty one', '', 'replace'],
    ['is added where there was none', undefined, 'add'],
  ])('%s, for the list that was read', async (_, old, op) => {
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

  test('may be empty, and may be as long as the server takes it', async () => {
    const { change, comments } = beginOnServer({ relations: [LOG, DUMP] });
    await change(1, '');
    await change(2, 'x'.repeat(255));
    expect(comments()).toEqual(['', 'x'.repeat(255)]);
  });

  test('of more characters is refused before anybody is asked', async () => {
    const { change, server } = beginOnServer({ relations: [LOG] });
    expect(await rejectionOf(change(1, 'x'.repeat(256)))).toMatchObject({ kind: 'comment-too-long' });
    expect(server.asked).toEqual([]);
  });

  test('that is there already asks for no patch', async () => {
    const { change, server } = beginOnServer({ relations: [LOG] });
    await change(1, 'log');
    expect(server.asked).toEqual(['read']);
  });

  test('of an attachment that somebody removed says so', async () => {
    const { change } = beginOnServer({ relations: [LOG, { ...DUMP, rel: 'Hyperlink' }] });
    expect(await rejectionOf(change(2, 'new'))).toMatchObject({ kind: 'not-attached' });
  });

  test('of an attachment that somebody removes meanwhile says so, and no other gets it', async () => {
    const { change, comments } = beginOnServer({
      relations: [LOG, DUMP],
      others: [() => undefined, (item) => item.change((all) => all.slice(1))],
    });
    expect(await rejectionOf(change(1, 'new'))).toMatchObject({ kind: 'not-attached' });
    expect(comments()).toEqual(['dump']);
  });

  test('that a rule refuses is tried once', async () => {
    const { workItems, editor } = begin();
    const answer = rejectionOf(editor.changeComment(7, guid(1), 'new'));
    const error = new ServerError('rule-broken', 'Rule.');
    (await workItems.nextCall()).answer(workItemWith([1]));
    (await workItems.nextCall()).fail(error);
    expect(await answer).toBe(error);
  });

  test('waits for its turn at the work item', async () => {
    const { workItems, editor, link } = begin();
    void link(7, 1);
    void editor.changeComment(7, guid(2), 'new');
    const patch = await workItems.nextCall();
    expect(workItems.asked()).toEqual(['update 7']);
    patch.answer(workItemWith([2, 1]));
    expect((await workItems.nextCall()).what).toBe('read 7');
  });

  test('survives an edit in between', async () => {
    const { change, comments } = beginOnServer({
      relations: [LOG, DUMP],
      others: [() => undefined, (item) => item.edit()],
    });
    await change(1, 'new');
    expect(comments()).toEqual(['new', 'dump']);
  });
});

describe('an answer that is lost', () => {
  test.each([
    'lost before it was acted on',
    'lost after it was acted on',
    'stalled after it was acted on',
    'busy after it was acted on',
    'answered without relations',
  ] as const)('as it is %s leaves the comment changed', async (fault) => {
    const { change, comments } = beginOnServer({ relations: [LOG, DUMP], faults: ['none', fault] });
    await change(1, 'new');
    expect(comments()).toEqual(['new', 'dump']);
  });

  test('by a server that is busy and did nothing is a failure', async () => {
    const { change } = beginOnServer({ relations: [LOG], faults: ['none', 'busy before it was acted on'] });
    expect(await rejectionOf(change(1, 'new'))).toMatchObject({ kind: 'server-busy' });
  });
});

describe('a comment that another relation got, since the list was shifted unseen', () => {
  test.each([
    ['none', 'new'],
    ['lost after it was acted on', 'new'],
    // What a busy server did not do is left to the person.
    ['busy after it was acted on', 'log'],
  ] as const)('is taken back there (%s), and the one that was meant says %s', async (fault, said) => {
    const { change, comments } = beginOnServer({
      relations: [linkTo(1), LOG, DUMP, saying(3, 'trace')],
      testsAddresses: false,
      faults: [...Array<WorkItemFault>(6).fill('none'), fault],
      others: [...Array<OthersDeed>(6).fill(() => undefined), (item) => item.change((all) => all.slice(1))],
    });
    // Finds out that addresses cannot be tested, by five requests.
    await change(3, 'core');
    const outcome = await change(1, 'new').catch((error: unknown) => error);
    expect(comments()).toEqual([said, 'dump', 'core']);
    if (said !== 'new') expect(outcome).toMatchObject({ kind: 'server-busy' });
  });
});
