import { createLinker } from '../../../src/link/link-attachments';
import {
  CancelledError,
  NetworkError,
  ServerError,
  TimeoutError,
  type ProblemKind,
  type StaplerError,
} from '../../../src/model/errors';
import type { WorkItem } from '../../../src/model/work-item';
import { flush, rejectionOf } from '../../helpers/deferred';
import { createHandDrivenWorkItems } from '../../helpers/hand-driven-work-items';
import { linkable, relationTo, workItemWith } from '../../helpers/uploads';

function begin() {
  const workItems = createHandDrivenWorkItems();
  const linker = createLinker(workItems);
  const link = (id: number, ...numbers: number[]): Promise<WorkItem> =>
    linker.link(id, numbers.map(linkable));
  return { workItems, link };
}

/** Links the attachments of these numbers to work item 7. */
function beginLinking(...numbers: number[]) {
  const { workItems, link } = begin();
  return { workItems, answer: link(7, ...numbers) };
}

const DUPLICATE = new ServerError('already-linked', 'Relation already exists.', { status: 400 });
const CONFLICT = new ServerError('conflict', 'TF26071', { status: 409 });

describe('a patch that is answered', () => {
  test('in full is believed, though the relation URLs are rewritten', async () => {
    const { workItems, answer } = beginLinking(1, 2, 3);
    const patch = await workItems.nextCall();
    expect([patch.what, patch.adds]).toEqual(['update 7', [1, 2, 3]]);
    patch.answer(workItemWith([9, 1, 2, 3]));
    expect(await answer).toEqual(workItemWith([9, 1, 2, 3]));
    expect(workItems.asked()).toEqual(['update 7']);
  });

  test('without relations is confirmed by a read', async () => {
    const { workItems, answer } = beginLinking(1, 2);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).answer(workItemWith([1, 2]));
    expect(await answer).toEqual(workItemWith([1, 2]));
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });

  test('and shows nothing even when read is lost, and named', async () => {
    const { workItems, answer } = beginLinking(1, 2, 3);
    const rejection = rejectionOf(answer);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).answer(workItemWith([2]));
    expect(await rejection).toMatchObject({
      kind: 'link-lost',
      message: 'The work item 7 accepted the patch and does not show: 1.txt, 3.txt',
    });
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });

  test('is looked at once more when the confirming read is lost', async () => {
    const { workItems, answer } = beginLinking(1);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect(await answer).toEqual(workItemWith([1]));
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7']);
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
  test('is no failure when the links are there', async () => {
    const { workItems, answer } = beginLinking(1, 2);
    (await workItems.nextCall()).fail(error);
    (await workItems.nextCall()).answer(workItemWith([1, 2]));
    expect(await answer).toEqual(workItemWith([1, 2]));
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });

  const asked = isLost(error) ? ['update 7', 'read 7', 'update 7', 'read 7'] : ['update 7', 'read 7'];

  test(`is a failure when they are not, after ${asked.length / 2} patch(es)`, async () => {
    const { workItems, answer } = beginLinking(1, 2);
    const rejection = rejectionOf(answer);
    for (const what of asked) {
      const call = await workItems.nextCall();
      if (what === 'update 7') call.fail(error);
      else call.answer(workItemWith([]));
    }
    expect(await rejection).toBe(error);
    expect(workItems.asked()).toEqual(asked);
  });

  test('is completed when some are there', async () => {
    const { workItems, answer } = beginLinking(1, 2, 3);
    (await workItems.nextCall()).fail(error);
    (await workItems.nextCall()).answer(workItemWith([2]));
    const second = await workItems.nextCall();
    expect([second.what, second.adds]).toEqual(['update 7', [1, 3]]);
    second.answer(workItemWith([1, 2, 3]));
    expect(await answer).toEqual(workItemWith([1, 2, 3]));
  });

  test('and a read that fails too tells of the read', async () => {
    const { workItems, answer } = beginLinking(1);
    const rejection = rejectionOf(answer);
    const second = new NetworkError('Still none.');
    (await workItems.nextCall()).fail(error);
    (await workItems.nextCall()).fail(second);
    expect(await rejection).toBe(second);
  });
});

describe('another try', () => {
  test('reads first and links only what is missing', async () => {
    const { workItems, link } = begin();
    const first = rejectionOf(link(7, 1, 2, 3));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    await first;

    const again = link(7, 1, 2, 3);
    (await workItems.nextCall()).answer(workItemWith([1, 3]));
    const patch = await workItems.nextCall();
    expect([patch.what, patch.adds]).toEqual(['update 7', [2]]);
    patch.answer(workItemWith([1, 2, 3]));
    expect(await again).toEqual(workItemWith([1, 2, 3]));
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7', 'update 7']);
  });

  test('patches nothing when everything is there already', async () => {
    const { workItems, link } = begin();
    const first = rejectionOf(link(7, 1));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    await first;

    const again = link(7, 1);
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect(await again).toEqual(workItemWith([1]));
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'read 7']);
  });

  test('together with new attachments reads first and links both', async () => {
    const { workItems, link } = begin();
    const first = rejectionOf(link(7, 1));
    (await workItems.nextCall()).fail(new ServerError('rule-broken', 'Rule.'));
    await first;

    void link(7, 1, 2);
    (await workItems.nextCall()).answer(workItemWith([]));
    expect((await workItems.nextCall()).adds).toEqual([1, 2]);
  });

  test('of attachments never tried before costs no read', async () => {
    const { workItems, link } = begin();
    const first = link(7, 1);
    (await workItems.nextCall()).answer(workItemWith([1]));
    await first;
    void link(7, 2);
    expect((await workItems.nextCall()).what).toBe('update 7');
  });
});

describe('a refusal', () => {
  test('of one duplicate among ten leaves the other nine to be linked', async () => {
    const { workItems, answer } = beginLinking(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    (await workItems.nextCall()).fail(DUPLICATE);
    (await workItems.nextCall()).answer(workItemWith([4]));
    const second = await workItems.nextCall();
    expect(second.adds).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10]);
    second.answer(workItemWith([4, 1, 2, 3, 5, 6, 7, 8, 9, 10]));
    expect((await answer).relations).toHaveLength(10);
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'update 7']);
  });

  test('of the only one as a duplicate is a success', async () => {
    const { workItems, answer } = beginLinking(1);
    (await workItems.nextCall()).fail(DUPLICATE);
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect(await answer).toEqual(workItemWith([1]));
  });

  test.each([
    ['conflict', CONFLICT],
    ['duplicate that is not there', DUPLICATE],
  ])('for a %s is built anew at most three times', async (_, error) => {
    const { workItems, answer } = beginLinking(1);
    const rejection = rejectionOf(answer);
    for (let patch = 0; patch < 4; patch++) {
      (await workItems.nextCall()).fail(error);
      (await workItems.nextCall()).answer(workItemWith([]));
    }
    expect(await rejection).toBe(error);
    await flush();
    expect(workItems.asked()).toEqual([
      'update 7',
      'read 7',
      'update 7',
      'read 7',
      'update 7',
      'read 7',
      'update 7',
      'read 7',
    ]);
  });

  test('for a conflict that passes succeeds', async () => {
    const { workItems, answer } = beginLinking(1);
    (await workItems.nextCall()).fail(CONFLICT);
    (await workItems.nextCall()).answer(workItemWith([]));
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect(await answer).toEqual(workItemWith([1]));
  });

  test.each<ProblemKind>([
    'no-permission',
    'work-item-missing',
    'attachment-limit',
    'link-limit',
    'revision-limit',
    'rule-broken',
    'throttled',
    'refused',
    'version-too-new',
    'host-silent',
  ])('for %s is final and costs no read', async (kind) => {
    const { workItems, answer } = beginLinking(1);
    const rejection = rejectionOf(answer);
    const error = new ServerError(kind, 'No.');
    (await workItems.nextCall()).fail(error);
    expect(await rejection).toBe(error);
    await flush();
    expect(workItems.asked()).toEqual(['update 7']);
  });

  test.each([new CancelledError(), new TypeError('a bug')])('%s is handed on as it is', async (error) => {
    const { workItems, answer } = beginLinking(1);
    const rejection = rejectionOf(answer);
    (await workItems.nextCall()).fail(error);
    expect(await rejection).toBe(error);
    expect(workItems.asked()).toEqual(['update 7']);
  });
});

test('a hyperlink to the same URL is no attachment', async () => {
  const { workItems, answer } = beginLinking(1);
  const hyperlink = { ...relationTo(1), rel: 'Hyperlink' };
  (await workItems.nextCall()).answer(workItemWith([], { relations: [hyperlink] }));
  (await workItems.nextCall()).answer(workItemWith([], { relations: [hyperlink, relationTo(1)] }));
  expect((await answer).relations).toHaveLength(2);
});

describe('patches', () => {
  test('to one work item go one after another', async () => {
    const { workItems, link } = begin();
    const answers = [link(7, 1), link(7, 2), link(7, 3)];
    const first = await workItems.nextCall();
    await flush();
    expect(workItems.asked()).toEqual(['update 7']);
    first.answer(workItemWith([1]));
    const second = await workItems.nextCall();
    await flush();
    expect(workItems.asked()).toEqual(['update 7', 'update 7']);
    second.answer(workItemWith([1, 2]));
    (await workItems.nextCall()).answer(workItemWith([1, 2, 3]));
    expect((await Promise.all(answers)).map(({ revision }) => revision)).toEqual([2, 3, 4]);
  });

  test('wait for the reads that belong to the one before', async () => {
    const { workItems, link } = begin();
    const first = link(7, 1);
    void link(7, 2);
    (await workItems.nextCall()).fail(new NetworkError('No answer.'));
    const read = await workItems.nextCall();
    await flush();
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
    read.answer(workItemWith([1]));
    await first;
    expect((await workItems.nextCall()).adds).toEqual([2]);
  });

  test('are not held up by one that failed', async () => {
    const { workItems, link } = begin();
    const first = rejectionOf(link(7, 1));
    const second = link(7, 2);
    (await workItems.nextCall()).fail(new ServerError('refused', 'No.'));
    (await workItems.nextCall()).answer(workItemWith([2]));
    expect(await first).toMatchObject({ kind: 'refused' });
    expect(await second).toEqual(workItemWith([2]));
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
