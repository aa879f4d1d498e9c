import {
  CancelledError,
  ServerError,
  type ProblemFacts,
  type ProblemKind,
} from '../../../../src/base/errors';
import { flush } from '../../../helpers/deferred';
import type { WorkItemFacts } from '../../../helpers/model-work-items';
import { createModelWorkItems, numbersOn } from '../../../helpers/model-work-items';
import { guid, linkTo, relationTo, workItemWith } from '../../../helpers/uploads';
import type { Linked } from './begin';
import { begin, beginOn, passAll } from './begin';

const DUPLICATE = new ServerError('already-linked', 'Relation already exists.', { status: 400 });
const CONFLICT = new ServerError('conflict', 'TF26071', { status: 409 });

/** Numbers from `first` to `last`. */
function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Numbers of the attachments that were not linked. */
function failedOf({ failures }: Linked): number[] {
  return Object.keys(failures).map(Number);
}

/** Links attachments of these numbers to a work item of a server that is like this. */
async function linkTo7(facts: WorkItemFacts, numbers: readonly number[]) {
  const server = createModelWorkItems(facts);
  const test = beginOn(server);
  const linked = await passAll(test, test.link(7, ...numbers));
  const patches = server.asked.filter((what) => what === 'update').length;
  return { server, linked, patches, on: numbersOn(server.item()) };
}

describe('a conflict', () => {
  test('that passes is waited out for a moment, and the patch built anew', async () => {
    const { workItems, link, runtime } = begin();
    const answer = link(7, 1, 2);
    (await workItems.nextCall()).fail(CONFLICT);
    (await workItems.nextCall()).answer(workItemWith([2]));
    await runtime.pass(99);
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
    await runtime.pass(1);
    const second = await workItems.nextCall();
    expect(second.adds).toEqual([1]);
    second.answer(workItemWith([2, 1]));
    expect((await answer).failures).toEqual({});
  });

  test('is answered with five more patches, each after a longer wait at most, and no more', async () => {
    const { workItems, link, runtime } = begin();
    const answer = link(7, 1);
    const waits: number[] = [];
    for (let patch = 0; patch < 6; patch++) {
      (await workItems.nextCall()).fail(CONFLICT);
      (await workItems.nextCall()).answer(workItemWith([]));
      await flush();
      waits.push(...runtime.delays());
      await runtime.pass(10_000);
    }
    expect(await answer).toEqual({ workItem: workItemWith([]), failures: { 1: CONFLICT } });
    expect(waits).toEqual([100, 200, 400, 800, 1600]);
    expect(workItems.asked()).toHaveLength(12);
  });

  test('is waited out by chance, so that two who collided do not do so again', async () => {
    const { workItems, link, runtime } = begin();
    void link(7, 1);
    runtime.chance = 0.1;
    (await workItems.nextCall()).fail(CONFLICT);
    (await workItems.nextCall()).answer(workItemWith([]));
    await flush();
    expect(runtime.delays()).toEqual([20]);
  });
});

describe('a duplicate', () => {
  test('that is there leaves the other nine of ten to be linked', async () => {
    const { workItems, link } = begin();
    const answer = link(7, ...range(1, 10));
    (await workItems.nextCall()).fail(DUPLICATE);
    (await workItems.nextCall()).answer(workItemWith([4]));
    const second = await workItems.nextCall();
    expect(second.adds).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10]);
    second.answer(workItemWith([4, 1, 2, 3, 5, 6, 7, 8, 9, 10]));
    expect((await answer).failures).toEqual({});
    expect(workItems.asked()).toEqual(['update 7', 'read 7', 'update 7']);
  });

  test('that is the only one is a success', async () => {
    const { workItems, link } = begin();
    const answer = link(7, 1);
    (await workItems.nextCall()).fail(DUPLICATE);
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect(await answer).toEqual({ workItem: workItemWith([1]), failures: {} });
  });

  test('that is not there is believed after one look', async () => {
    const { workItems, link } = begin();
    const answer = link(7, 1);
    (await workItems.nextCall()).fail(DUPLICATE);
    (await workItems.nextCall()).answer(workItemWith([]));
    expect((await answer).failures).toEqual({ 1: DUPLICATE });
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });
});

describe('a full work item', () => {
  test('gets what fits, by the number that the server tells', async () => {
    const relations = range(50, 56).map(relationTo);
    const { linked, on, patches } = await linkTo7({ relations, mostAttachments: 10 }, range(1, 5));
    expect(on).toEqual([...range(50, 56), 1, 2, 3]);
    expect(failedOf(linked)).toEqual([4, 5]);
    expect(linked.failures[4]).toMatchObject({ kind: 'attachment-limit', facts: { limitCount: 10 } });
    expect(patches).toBe(2);
  });

  test('gets nothing more when it is full to the brim', async () => {
    const relations = range(50, 59).map(relationTo);
    const { linked, patches } = await linkTo7({ relations, mostAttachments: 10 }, [1, 2]);
    expect(failedOf(linked)).toEqual([1, 2]);
    expect(patches).toBe(1);
  });

  /** A work item with `attachments` attachments and `links` links that refuses ten more, and then fewer. */
  async function fill(error: ServerError, attachments: number, links: number): Promise<readonly number[]> {
    const { workItems, link } = begin();
    void link(7, ...range(1, 10));
    (await workItems.nextCall()).fail(error);
    const relations = [
      ...range(500, 499 + links).map(linkTo),
      ...range(100, 99 + attachments).map(relationTo),
    ];
    (await workItems.nextCall()).answer(workItemWith([], { relations }));
    return (await workItems.nextCall()).adds;
  }

  test.each<[ProblemKind, string, ProblemFacts, number, number]>([
    ['attachment-limit', 'as many as are known to fit', {}, 96, 3],
    ['attachment-limit', 'as many as it tells', { limitCount: 20 }, 16, 3],
    ['link-limit', 'as many as are known to fit', {}, 6, 990],
    ['link-limit', 'as many as it tells', { limitCount: 10 }, 3, 3],
  ])('by %s gets %s', async (kind, _, facts, attachments, links) => {
    expect(await fill(new ServerError(kind, 'Full.', facts), attachments, links)).toEqual([1, 2, 3, 4]);
  });

  test('that has room by its own count is tried by halves', async () => {
    expect(await fill(new ServerError('attachment-limit', 'Full.'), 3, 0)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a refusal of one among others', () => {
  test('keeps none of the others from being linked', async () => {
    const { linked, on } = await linkTo7({ gone: new Set([guid(7)]) }, range(1, 10));
    expect([...on].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10]);
    expect(failedOf(linked)).toEqual([7]);
    expect(linked.failures[7]).toMatchObject({ facts: { typeKey: 'FileIdNotFoundException' } });
  });

  test.each(['FileIdNotFoundException', 'VssPropertyValidationException'])(
    'by the type %s is looked for by halves',
    async (typeKey) => {
      const { workItems, link } = begin();
      void link(7, 1, 2, 3);
      (await workItems.nextCall()).fail(new ServerError('refused', 'No.', { typeKey }));
      (await workItems.nextCall()).answer(workItemWith([]));
      expect((await workItems.nextCall()).adds).toEqual([1, 2]);
    },
  );

  test('is found among a hundred by no more than 24 patches', async () => {
    const { linked, on, patches } = await linkTo7({ gone: new Set([guid(63)]) }, range(1, 100));
    expect(failedOf(linked)).toEqual([63]);
    expect(on).toHaveLength(99);
    expect(patches).toBeLessThanOrEqual(24);
  });

  test('is not looked for without end when all are refused', async () => {
    const gone = new Set(range(1, 100).map(guid));
    const { linked, patches } = await linkTo7({ gone }, range(1, 100));
    expect(failedOf(linked)).toEqual(range(1, 100));
    expect(patches).toBeLessThanOrEqual(24);
  });
});

describe.each<ProblemKind>([
  'no-permission',
  'work-item-missing',
  'revision-limit',
  'rule-broken',
  'throttled',
  'refused',
  'version-too-new',
  'host-silent',
])('a refusal for %s', (kind) => {
  test('is final for all, and costs no read', async () => {
    const { workItems, link } = begin();
    const answer = link(7, 1, 2);
    const error = new ServerError(kind, 'No.');
    (await workItems.nextCall()).fail(error);
    expect(await answer).toEqual({ workItem: undefined, failures: { 1: error, 2: error } });
    expect(workItems.asked()).toEqual(['update 7']);
  });
});

test.each([new CancelledError(), new TypeError('a bug')])('%s is told as it is', async (error) => {
  const { workItems, link } = begin();
  const answer = link(7, 1);
  (await workItems.nextCall()).fail(error);
  expect((await answer).failures).toEqual({ 1: error });
  expect(workItems.asked()).toEqual(['update 7']);
});
