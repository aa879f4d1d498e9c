import { NetworkError, ServerError, TimeoutError, type StaplerError } from '../../../../src/base/errors';
import { flush } from '../../../helpers/deferred';
import { relationTo, workItemWith } from '../../../helpers/uploads';
import { begin } from './begin';

/** Links the attachments of these numbers to work item 7. */
function beginLinking(...numbers: number[]) {
  const { workItems, link } = begin();
  return { workItems, answer: link(7, ...numbers) };
}

describe('a patch that is answered', () => {
  test('in full is believed, though the relation URLs are rewritten', async () => {
    const { workItems, answer } = beginLinking(1, 2, 3);
    const patch = await workItems.nextCall();
    expect([patch.what, patch.adds]).toEqual(['update 7', [1, 2, 3]]);
    patch.answer(workItemWith([9, 1, 2, 3]));
    expect(await answer).toEqual({ workItem: workItemWith([9, 1, 2, 3]), failures: {} });
    expect(workItems.asked()).toEqual(['update 7']);
  });

  test('without relations is confirmed by a read', async () => {
    const { workItems, answer } = beginLinking(1, 2);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).answer(workItemWith([1, 2]));
    expect(await answer).toEqual({ workItem: workItemWith([1, 2]), failures: {} });
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });

  test('and does not show some even when read has lost those, and names them', async () => {
    const { workItems, answer } = beginLinking(1, 2, 3);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).answer(workItemWith([2]));
    const lost = {
      kind: 'link-lost',
      message: 'The work item 7 accepted the patch and does not show: 1.txt, 3.txt',
    };
    expect(await answer).toMatchObject({ workItem: workItemWith([2]), failures: { 1: lost, 3: lost } });
    expect((await answer).failures).not.toHaveProperty('2');
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });

  test('is looked at once more when the confirming read is lost', async () => {
    const { workItems, answer } = beginLinking(1);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect(await answer).toEqual({ workItem: workItemWith([1]), failures: {} });
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7']);
  });

  test('with a hyperlink to the same address has linked nothing', async () => {
    const { workItems, answer } = beginLinking(1);
    const hyperlink = { ...relationTo(1), rel: 'Hyperlink' };
    (await workItems.nextCall()).answer(workItemWith([], { relations: [hyperlink] }));
    (await workItems.nextCall()).answer(workItemWith([], { relations: [hyperlink, relationTo(1)] }));
    expect((await answer).workItem?.relations).toHaveLength(2);
    expect((await answer).failures).toEqual({});
  });
});

const AMBIGUOUS = [
  new NetworkError('No answer.'),
  new TimeoutError('Late.', 5),
  new ServerError('server-busy', 'Busy.', { status: 503 }),
  new ServerError('unexpected-answer', 'HTML.'),
  new ServerError('signed-out', 'Sign in.'),
];

/** Nothing came back at all, so that one more patch is fair after a look. */
function isLost({ kind }: StaplerError): boolean {
  return kind === 'network' || kind === 'timeout';
}

describe.each(AMBIGUOUS.map((error) => [error.kind, error] as const))('an answer lost by %s', (_, error) => {
  test('is no failure when the links are there, in whatever case their GUIDs are told', async () => {
    const { workItems, answer } = beginLinking(1, 2);
    const relations = [relationTo(1), { ...relationTo(2), url: relationTo(2).url.toLowerCase() }];
    (await workItems.nextCall()).fail(error);
    (await workItems.nextCall()).answer(workItemWith([], { relations }));
    expect(await answer).toMatchObject({ workItem: { relations }, failures: {} });
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });

  const asked = isLost(error) ? ['update 7', 'read 7', 'update 7', 'read 7'] : ['update 7', 'read 7'];

  test(`is a failure when they are not, after ${asked.length / 2} patch(es)`, async () => {
    const { workItems, answer } = beginLinking(1, 2);
    for (const what of asked) {
      const call = await workItems.nextCall();
      if (what === 'update 7') call.fail(error);
      else call.answer(workItemWith([]));
    }
    expect(await answer).toEqual({ workItem: workItemWith([]), failures: { 1: error, 2: error } });
    expect(workItems.asked()).toEqual(asked);
  });

  test('is completed when some are there', async () => {
    const { workItems, answer } = beginLinking(1, 2, 3);
    (await workItems.nextCall()).fail(error);
    (await workItems.nextCall()).answer(workItemWith([2]));
    const second = await workItems.nextCall();
    expect([second.what, second.adds]).toEqual(['update 7', [1, 3]]);
    second.answer(workItemWith([1, 2, 3]));
    expect(await answer).toEqual({ workItem: workItemWith([1, 2, 3]), failures: {} });
  });

  test('and a read that fails too tells of the read', async () => {
    const { workItems, answer } = beginLinking(1);
    const second = new NetworkError('Still none.');
    (await workItems.nextCall()).fail(error);
    (await workItems.nextCall()).fail(second);
    expect(await answer).toEqual({ workItem: undefined, failures: { 1: second } });
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });
});

describe('another try', () => {
  /** A linker that has tried 1, 2 and 3 and knows nothing of what came of it. */
  async function beginAgain() {
    const { workItems, link } = begin();
    const first = link(7, 1, 2, 3);
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    await first;
    return { workItems, link };
  }

  test('reads first and links only what is missing', async () => {
    const { workItems, link } = await beginAgain();
    const again = link(7, 1, 2, 3);
    (await workItems.nextCall()).answer(workItemWith([1, 3]));
    const patch = await workItems.nextCall();
    expect([patch.what, patch.adds]).toEqual(['update 7', [2]]);
    patch.answer(workItemWith([1, 2, 3]));
    expect(await again).toEqual({ workItem: workItemWith([1, 2, 3]), failures: {} });
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7', 'update 7']);
  });

  test('patches nothing when everything is there already', async () => {
    const { workItems, link } = await beginAgain();
    const again = link(7, 1, 3);
    (await workItems.nextCall()).answer(workItemWith([1, 3]));
    expect(await again).toEqual({ workItem: workItemWith([1, 3]), failures: {} });
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7']);
  });

  test('patches nothing when that cannot be seen', async () => {
    const { workItems, link } = await beginAgain();
    const error = new ServerError('server-busy', 'Busy.', { status: 503 });
    const again = link(7, 1, 4);
    (await workItems.nextCall()).fail(error);
    expect(await again).toEqual({ workItem: undefined, failures: { 1: error, 4: error } });
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7']);
  });

  test('together with new attachments reads first and links both', async () => {
    const { workItems, link } = await beginAgain();
    void link(7, 1, 4);
    (await workItems.nextCall()).answer(workItemWith([]));
    expect((await workItems.nextCall()).adds).toEqual([1, 4]);
  });

  test('after a plain refusal reads first as well', async () => {
    const { workItems, link } = begin();
    const first = link(7, 1);
    (await workItems.nextCall()).fail(new ServerError('rule-broken', 'Rule.'));
    await first;
    void link(7, 1);
    expect((await workItems.nextCall()).what).toBe('read 7');
  });

  test('of attachments never tried before costs no read', async () => {
    const { workItems, link } = await beginAgain();
    void link(7, 4);
    expect((await workItems.nextCall()).what).toBe('update 7');
  });
});

describe('patches', () => {
  test('to one work item go one after another, with the reads that belong to them', async () => {
    const { workItems, link } = begin();
    const first = link(7, 1);
    const second = link(7, 2);
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    const read = await workItems.nextCall();
    await flush();
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
    read.answer(workItemWith([1]));
    await first;
    const patch = await workItems.nextCall();
    expect(patch.adds).toEqual([2]);
    patch.answer(workItemWith([1, 2]));
    expect((await second).workItem?.revision).toBe(3);
  });

  test('to other work items go at the same time', async () => {
    const { workItems, link } = begin();
    void link(7, 1);
    void link(8, 2);
    void link(9, 3);
    await flush();
    expect(workItems.asked()).toEqual(['update 7', 'update 8', 'update 9']);
  });
});

test('nothing to link is asked of nobody', async () => {
  const { workItems, answer } = beginLinking();
  expect(await answer).toEqual({ workItem: undefined, failures: {} });
  expect(workItems.asked()).toEqual([]);
});
