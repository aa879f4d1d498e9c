import { NetworkError, ServerError, TimeoutError, type StaplerError } from '../../../../src/base/errors';
import { flush } from '../../../helpers/deferred';
import { relationTo, workItemWith } from '../../../helpers/uploads';
import { begin } from './begin';

/** Links the attachments of these numbers to work item 7. */
function beginLinking(...numbers: number[]) {
  const { workItems, link } = begin();
  return { workItems, answer: link(7, ...numbers) };
}

describe('Linker after the response to a patch', () => {
  test('accepts a complete response with rewritten relation URLs', async () => {
    const { workItems, answer } = beginLinking(1, 2, 3);
    const patch = await workItems.nextCall();
    expect([patch.what, patch.adds]).toEqual(['update 7', [1, 2, 3]]);
    patch.answer(workItemWith([9, 1, 2, 3]));
    expect(await answer).toEqual({ workItem: workItemWith([9, 1, 2, 3]), failures: {} });
    expect(workItems.asked()).toEqual(['update 7']);
  });

  test('verifies a response without relations by a read', async () => {
    const { workItems, answer } = beginLinking(1, 2);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).answer(workItemWith([1, 2]));
    expect(await answer).toEqual({ workItem: workItemWith([1, 2]), failures: {} });
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });

  test('fails the links missing from the read as well, and names them', async () => {
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

  test('verifies again when the response to the read is lost', async () => {
    const { workItems, answer } = beginLinking(1);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect(await answer).toEqual({ workItem: workItemWith([1]), failures: {} });
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7']);
  });

  test('does not take a hyperlink to the same URL for the link', async () => {
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

/** Whether there was no response at all, so a second patch is justified after a read. */
function isLost({ kind }: StaplerError): boolean {
  return kind === 'network' || kind === 'timeout';
}

describe.each(AMBIGUOUS.map((error) => [error.kind, error] as const))(
  'Linker after a response lost by %s',
  (_, error) => {
    test('succeeds when the links are there, with GUIDs in any case', async () => {
      const { workItems, answer } = beginLinking(1, 2);
      const relations = [relationTo(1), { ...relationTo(2), url: relationTo(2).url.toLowerCase() }];
      (await workItems.nextCall()).fail(error);
      (await workItems.nextCall()).answer(workItemWith([], { relations }));
      expect(await answer).toMatchObject({ workItem: { relations }, failures: {} });
      expect(workItems.asked()).toEqual(['update 7', 'read 7']);
    });

    const asked = isLost(error) ? ['update 7', 'read 7', 'update 7', 'read 7'] : ['update 7', 'read 7'];

    test(`fails when they are not, after ${asked.length / 2} patch(es)`, async () => {
      const { workItems, answer } = beginLinking(1, 2);
      for (const what of asked) {
        const call = await workItems.nextCall();
        if (what === 'update 7') call.fail(error);
        else call.answer(workItemWith([]));
      }
      expect(await answer).toEqual({ workItem: workItemWith([]), failures: { 1: error, 2: error } });
      expect(workItems.asked()).toEqual(asked);
    });

    test('links only the missing ones when some are there', async () => {
      const { workItems, answer } = beginLinking(1, 2, 3);
      (await workItems.nextCall()).fail(error);
      (await workItems.nextCall()).answer(workItemWith([2]));
      const second = await workItems.nextCall();
      expect([second.what, second.adds]).toEqual(['update 7', [1, 3]]);
      second.answer(workItemWith([1, 2, 3]));
      expect(await answer).toEqual({ workItem: workItemWith([1, 2, 3]), failures: {} });
    });

    test('fails with the error of the read when that fails too', async () => {
      const { workItems, answer } = beginLinking(1);
      const second = new NetworkError('Still none.');
      (await workItems.nextCall()).fail(error);
      (await workItems.nextCall()).fail(second);
      expect(await answer).toEqual({ workItem: undefined, failures: { 1: second } });
      expect(workItems.asked()).toEqual(['update 7', 'read 7']);
    });
  },
);

describe('Linker in a later attempt', () => {
  /** A linker with an attempt for 1, 2 and 3, and an unknown outcome. */
  async function beginAgain() {
    const { workItems, link } = begin();
    const first = link(7, 1, 2, 3);
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    await first;
    return { workItems, link };
  }

  test('reads first and links only missing attachments', async () => {
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

  test('patches nothing when the read fails', async () => {
    const { workItems, link } = await beginAgain();
    const error = new ServerError('server-busy', 'Busy.', { status: 503 });
    const again = link(7, 1, 4);
    (await workItems.nextCall()).fail(error);
    expect(await again).toEqual({ workItem: undefined, failures: { 1: error, 4: error } });
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7']);
  });

  test('reads first and links both together with new attachments', async () => {
    const { workItems, link } = await beginAgain();
    void link(7, 1, 4);
    (await workItems.nextCall()).answer(workItemWith([]));
    expect((await workItems.nextCall()).adds).toEqual([1, 4]);
  });

  test('reads first after a plain refusal as well', async () => {
    const { workItems, link } = begin();
    const first = link(7, 1);
    (await workItems.nextCall()).fail(new ServerError('rule-broken', 'Rule.'));
    await first;
    void link(7, 1);
    expect((await workItems.nextCall()).what).toBe('read 7');
  });

  test('does not read for attachments never tried before', async () => {
    const { workItems, link } = await beginAgain();
    void link(7, 4);
    expect((await workItems.nextCall()).what).toBe('update 7');
  });
});

describe('Linker for several calls', () => {
  test('patches one work item one call after another, with their reads', async () => {
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

  test('patches different work items in parallel', async () => {
    const { workItems, link } = begin();
    void link(7, 1);
    void link(8, 2);
    void link(9, 3);
    await flush();
    expect(workItems.asked()).toEqual(['update 7', 'update 8', 'update 9']);
  });
});

test('Linker sends nothing for an empty list', async () => {
  const { workItems, answer } = beginLinking();
  expect(await answer).toEqual({ workItem: undefined, failures: {} });
  expect(workItems.asked()).toEqual([]);
});
