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

/** Numbers of the attachments not linked. */
function failedOf({ failures }: Linked): number[] {
  return Object.keys(failures).map(Number);
}

/** Links attachments with these numbers to a work item of such a server. */
async function linkTo7(facts: WorkItemFacts, numbers: readonly number[]) {
  const server = createModelWorkItems(facts);
  const test = beginOn(server);
  const linked = await passAll(test, test.link(7, ...numbers));
  const patches = server.asked.filter((what) => what === 'update').length;
  return { server, linked, patches, on: numbersOn(server.item()) };
}

describe('Linker after a conflict', () => {
  test('builds the patch again after a moment', async () => {
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

  test('retries five times with growing maximum delays, and no more', async () => {
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

  test('waits for a random time, so two clients do not collide again', async () => {
    const { workItems, link, runtime } = begin();
    void link(7, 1);
    runtime.chance = 0.1;
    (await workItems.nextCall()).fail(CONFLICT);
    (await workItems.nextCall()).answer(workItemWith([]));
    await flush();
    expect(runtime.delays()).toEqual([20]);
  });
});

describe('Linker after the refusal of a duplicate', () => {
  test('links the other nine of ten if one is there', async () => {
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

  test('succeeds if the only one is there', async () => {
    const { workItems, link } = begin();
    const answer = link(7, 1);
    (await workItems.nextCall()).fail(DUPLICATE);
    (await workItems.nextCall()).answer(workItemWith([1]));
    expect(await answer).toEqual({ workItem: workItemWith([1]), failures: {} });
  });

  test('accepts the refusal after one read if it is not there', async () => {
    const { workItems, link } = begin();
    const answer = link(7, 1);
    (await workItems.nextCall()).fail(DUPLICATE);
    (await workItems.nextCall()).answer(workItemWith([]));
    expect((await answer).failures).toEqual({ 1: DUPLICATE });
    expect(workItems.asked()).toEqual(['update 7', 'read 7']);
  });
});

describe('Linker for a full work item', () => {
  test('links up to the limit stated by the server', async () => {
    const relations = range(50, 56).map(relationTo);
    const { linked, on, patches } = await linkTo7({ relations, maxAttachments: 10 }, range(1, 5));
    expect(on).toEqual([...range(50, 56), 1, 2, 3]);
    expect(failedOf(linked)).toEqual([4, 5]);
    expect(linked.failures[4]).toMatchObject({ kind: 'attachment-limit', facts: { limitCount: 10 } });
    expect(patches).toBe(2);
  });

  test('links nothing at the limit', async () => {
    const relations = range(50, 59).map(relationTo);
    const { linked, patches } = await linkTo7({ relations, maxAttachments: 10 }, [1, 2]);
    expect(failedOf(linked)).toEqual([1, 2]);
    expect(patches).toBe(1);
  });

  /** A work item with `attachments` attachments and `links` links. It refuses ten more, and then fewer. */
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
  ])('after %s links %s', async (kind, _, facts, attachments, links) => {
    expect(await fill(new ServerError(kind, 'Full.', facts), attachments, links)).toEqual([1, 2, 3, 4]);
  });

  test('tries halves if the work item should have room', async () => {
    expect(await fill(new ServerError('attachment-limit', 'Full.'), 3, 0)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('Linker after the refusal of one of several', () => {
  test('links all others', async () => {
    const { linked, on } = await linkTo7({ gone: new Set([guid(7)]) }, range(1, 10));
    expect([...on].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10]);
    expect(failedOf(linked)).toEqual([7]);
    expect(linked.failures[7]).toMatchObject({ facts: { typeKey: 'FileIdNotFoundException' } });
  });

  test.each(['FileIdNotFoundException', 'VssPropertyValidationException'])(
    'bisects after the type %s',
    async (typeKey) => {
      const { workItems, link } = begin();
      void link(7, 1, 2, 3);
      (await workItems.nextCall()).fail(new ServerError('refused', 'No.', { typeKey }));
      (await workItems.nextCall()).answer(workItemWith([]));
      expect((await workItems.nextCall()).adds).toEqual([1, 2]);
    },
  );

  test('finds it among a hundred with at most 24 patches', async () => {
    const { linked, on, patches } = await linkTo7({ gone: new Set([guid(63)]) }, range(1, 100));
    expect(failedOf(linked)).toEqual([63]);
    expect(on).toHaveLength(99);
    expect(patches).toBeLessThanOrEqual(24);
  });

  test('stops bisecting when all are refused', async () => {
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
])('Linker after a refusal for %s', (kind) => {
  test('fails all without a read', async () => {
    const { workItems, link } = begin();
    const answer = link(7, 1, 2);
    const error = new ServerError(kind, 'No.');
    (await workItems.nextCall()).fail(error);
    expect(await answer).toEqual({ workItem: undefined, failures: { 1: error, 2: error } });
    expect(workItems.asked()).toEqual(['update 7']);
  });
});

test.each([new CancelledError(), new TypeError('a bug')])('Linker reports %s unchanged', async (error) => {
  const { workItems, link } = begin();
  const answer = link(7, 1);
  (await workItems.nextCall()).fail(error);
  expect((await answer).failures).toEqual({ 1: error });
  expect(workItems.asked()).toEqual(['update 7']);
});
