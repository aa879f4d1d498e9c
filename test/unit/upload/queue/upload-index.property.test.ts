import fc from 'fast-check';
import type { LinkTarget } from '../../../../src/azure/work-item';
import type { UploadAction } from '../../../../src/upload/queue/upload-reducer';
import type { UploadStore } from '../../../../src/upload/queue/upload-store';
import { createUploadStore } from '../../../../src/upload/queue/upload-store';
import type { Upload, UploadState } from '../../../../src/upload/upload';
import { isReadyToLink, isSending, isWaitingForSave } from '../../../../src/upload/upload-state';
import { STATES } from '../../../helpers/upload-states';
import { DRAFT, ITEM_7, referenceTo, uploadIn } from '../../../helpers/uploads';

const reference = referenceTo(1);
const problem = { kind: 'network' } as const;

/** A state for each status, and a wait for a link retry. */
const ALL_STATES: readonly UploadState[] = [
  ...Object.values(STATES),
  { status: 'waiting', attempt: 1, phase: 'linking', problem, until: 0, reference },
];

const TARGETS: readonly LinkTarget[] = [
  ITEM_7,
  { kind: 'work-item', id: 8 },
  DRAFT,
  { kind: 'draft', draftId: 'draft 2' },
];

/** Ids of the targets, of the saved draft, and of a work item without uploads. */
const WORK_ITEM_IDS = [7, 8, 9, 10];

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const ids = fc.array(id, { maxLength: 3 }).map((all) => new Set(all));

const upload = fc
  .tuple(id, fc.constantFrom(...ALL_STATES), fc.constantFrom(...TARGETS))
  .map(([each, state, target]) => uploadIn(state, { id: each, target }));

const singleAction = fc.oneof(
  fc.record({
    type: fc.constantFrom(
      ...(['preparing', 'started', 'held', 'released', 'linking', 'cancelled', 'paused'] as const),
      ...(['resumed', 'requeued', 'retried', 'file-lost', 'supplied'] as const),
    ),
    id,
  }),
  id.map((each) => ({ type: 'uploaded' as const, id: each, reference })),
  id.map((each) => ({ type: 'linked' as const, id: each, revision: 2 })),
  fc.record({
    type: fc.constant('waiting' as const),
    id,
    phase: fc.constantFrom('uploading' as const, 'linking' as const),
    problem: fc.constant(problem),
    until: fc.constant(5),
  }),
  id.map((each) => ({ type: 'failed' as const, id: each, phase: 'linking' as const, problem })),
  id.map((each) => ({
    type: 'progressed' as const,
    id: each,
    progress: { bytesSent: 60, bytesAccepted: 20 },
  })),
);

const listAction = fc.oneof(
  fc.record({ type: fc.constant('moved-to-front' as const), id }),
  fc.record({ type: fc.constantFrom('removed' as const, 'evicted' as const), ids }),
  fc.constant({ type: 'saved' as const, draftId: 'draft 1', workItemId: 9 }),
  fc.constantFrom('draft 1', 'draft 2').map((draftId) => ({ type: 'abandoned' as const, draftId })),
);

const added = fc
  .uniqueArray(upload, { minLength: 1, maxLength: 4, selector: (each) => each.id })
  .map((uploads) => ({ type: 'added' as const, uploads }));

const action: fc.Arbitrary<UploadAction> = fc.oneof(
  { weight: 3, arbitrary: added },
  { weight: 5, arbitrary: singleAction },
  { weight: 2, arbitrary: listAction },
);

function idsOf(uploads: readonly Upload[]): string[] {
  return uploads.map((each) => each.id);
}

/** Compares each answer of the index with a scan of the list. */
function expectSameAsScan(store: UploadStore): void {
  const uploads = store.getSnapshot();
  const queued = uploads.filter(({ state }) => state.status === 'queued');
  const sending = uploads.filter(({ state }) => isSending(state));

  const positions = Array.from({ length: queued.length + 1 }, (_, at) => store.queuedAt(at));
  expect(positions).toEqual([...idsOf(queued), undefined]);
  expect(store.countRetrying()).toBe(sending.filter(({ state }) => state.status === 'waiting').length);
  expect(store.isAnySending()).toBe(sending.length > 0);

  const toLink = new Set<number>();
  for (const { target, state } of uploads)
    if (target.kind === 'work-item' && state.status === 'uploaded') toLink.add(target.id);
  expect(store.workItemsToLink()).toEqual([...toLink]);

  for (const workItemId of WORK_ITEM_IDS) {
    const own = uploads.filter(({ target }) => target.kind === 'work-item' && target.id === workItemId);
    expect(store.forWorkItem(workItemId)).toEqual({
      ready: new Set(idsOf(own.filter(isReadyToLink))),
      held: new Set(idsOf(own.filter(({ state }) => isWaitingForSave(state)))),
      sending: own.filter(({ state }) => isSending(state)).length,
    });
  }

  expect(store.inOrder(idsOf(uploads).reverse())).toEqual(idsOf(uploads));
  expect(store.inOrder(idsOf(uploads).sort())).toEqual(idsOf(uploads));
}

test('UploadIndex answers each question like a scan of the list, after any actions', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const store = createUploadStore();
      expectSameAsScan(store);
      for (const each of actions) {
        // Like the queue, removes listed uploads before it adds them again.
        if (each.type === 'added') store.dispatch({ type: 'evicted', ids: new Set(idsOf(each.uploads)) });
        store.dispatch(each);
        expectSameAsScan(store);
      }
    }),
  );
});
