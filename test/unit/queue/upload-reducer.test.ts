import fc from 'fast-check';
import type { Problem } from '../../../src/model/errors';
import type { Upload, UploadState } from '../../../src/model/upload';
import { isOver } from '../../../src/model/upload';
import { workItemTarget } from '../../../src/model/work-item';
import type { UploadAction } from '../../../src/queue/upload-reducer';
import { reduceUploads } from '../../../src/queue/upload-reducer';
import { DRAFT, ITEM_7, referenceTo, uploadIn } from '../../helpers/uploads';

const NETWORK: Problem = { kind: 'network', status: 0 };
const REF = referenceTo(1);
const NEW_REF = referenceTo(2);

const STATES = {
  queued: { status: 'queued', attempt: 2 },
  preparing: { status: 'preparing', attempt: 2 },
  uploading: { status: 'uploading', attempt: 2, bytesSent: 60, bytesAccepted: 20 },
  paused: { status: 'paused', attempt: 2 },
  uploaded: { status: 'uploaded', attempt: 2, reference: REF },
  'waiting-for-save': { status: 'waiting-for-save', attempt: 2, reference: REF },
  linking: { status: 'linking', attempt: 2, reference: REF },
  linked: { status: 'linked', reference: REF, revision: 5 },
  'failed to upload': { status: 'failed', attempt: 2, phase: 'uploading', problem: NETWORK, retryable: true },
  'failed to link': {
    status: 'failed',
    attempt: 2,
    phase: 'linking',
    problem: NETWORK,
    retryable: true,
    reference: REF,
  },
  'failed for good': {
    status: 'failed',
    attempt: 2,
    phase: 'preparing',
    problem: { kind: 'file-unreadable' },
    retryable: false,
  },
  cancelled: { status: 'cancelled' },
} as const satisfies Record<string, UploadState>;

type StateName = keyof typeof STATES;

const ACTIONS = {
  preparing: { type: 'preparing', id: 'a' },
  started: { type: 'started', id: 'a' },
  progressed: { type: 'progressed', id: 'a', bytesSent: 70, bytesAccepted: 30 },
  uploaded: { type: 'uploaded', id: 'a', reference: NEW_REF },
  linking: { type: 'linking', id: 'a' },
  linked: { type: 'linked', id: 'a', revision: 9 },
  failed: { type: 'failed', id: 'a', phase: 'linking', problem: NETWORK },
  cancelled: { type: 'cancelled', id: 'a' },
  paused: { type: 'paused', id: 'a' },
  resumed: { type: 'resumed', id: 'a' },
  retried: { type: 'retried', id: 'a' },
} as const satisfies Partial<Record<UploadAction['type'], UploadAction>>;

type ActionName = keyof typeof ACTIONS;

const CANCELLED: UploadState = { status: 'cancelled' };
const PAUSED: UploadState = { status: 'paused', attempt: 2 };
const FAILED: UploadState = {
  status: 'failed',
  attempt: 2,
  phase: 'linking',
  problem: NETWORK,
  retryable: true,
};
const FAILED_WITH_REF: UploadState = { ...FAILED, reference: REF };

/** What follows. Whatever is not named is ignored. */
const NEXT: Record<StateName, Partial<Record<ActionName, UploadState>>> = {
  queued: {
    preparing: { status: 'preparing', attempt: 2 },
    failed: FAILED,
    cancelled: CANCELLED,
    paused: PAUSED,
  },
  preparing: {
    started: { status: 'uploading', attempt: 2, bytesSent: 0, bytesAccepted: 0 },
    failed: FAILED,
    cancelled: CANCELLED,
    paused: PAUSED,
  },
  uploading: {
    progressed: { status: 'uploading', attempt: 2, bytesSent: 70, bytesAccepted: 30 },
    uploaded: { status: 'uploaded', attempt: 2, reference: NEW_REF },
    failed: FAILED,
    cancelled: CANCELLED,
    paused: PAUSED,
  },
  paused: { cancelled: CANCELLED, resumed: { status: 'queued', attempt: 2 } },
  uploaded: {
    linking: { status: 'linking', attempt: 2, reference: REF },
    failed: FAILED_WITH_REF,
    cancelled: CANCELLED,
  },
  'waiting-for-save': { failed: FAILED_WITH_REF, cancelled: CANCELLED },
  linking: { linked: { status: 'linked', reference: REF, revision: 9 }, failed: FAILED_WITH_REF },
  linked: {},
  'failed to upload': { retried: { status: 'queued', attempt: 3 } },
  'failed to link': { retried: { status: 'uploaded', attempt: 3, reference: REF } },
  'failed for good': {},
  cancelled: {},
};

const stateNames = Object.keys(STATES) as StateName[];
const actionNames = Object.keys(ACTIONS) as ActionName[];

describe.each(stateNames)('an upload that is %s', (stateName) => {
  const upload = uploadIn(STATES[stateName]);
  const others = [uploadIn({ status: 'queued', attempt: 1 }, { id: 'z' })];

  test.each(actionNames.map((action) => [action, NEXT[stateName][action]?.status ?? 'ignored'] as const))(
    'and %s is %s',
    (actionName) => {
      const before = [...others, upload];
      const after = reduceUploads(before, ACTIONS[actionName]);
      const next = NEXT[stateName][actionName];
      if (!next) {
        expect(after).toBe(before);
        return;
      }
      expect(after).toEqual([others[0], { ...upload, state: next }]);
      expect(after[0]).toBe(others[0]);
    },
  );

  test('and removed goes only when it is over', () => {
    const before = [...others, upload];
    const after = reduceUploads(before, { type: 'removed', ids: new Set(['a']) });
    expect(after).toEqual(isOver(upload.state) ? others : before);
  });

  test('and saved keeps its state when it is meant for a work item', () => {
    const before = [upload];
    expect(reduceUploads(before, { type: 'saved', draftId: 'draft 1', workItemId: 9 })).toEqual(before);
  });

  test('and saved goes to the work item when it is meant for the draft', () => {
    const draft = { ...upload, target: DRAFT };
    const state = stateName === 'waiting-for-save' ? STATES.uploaded : draft.state;
    expect(reduceUploads([draft], { type: 'saved', draftId: 'draft 1', workItemId: 9 })).toEqual([
      { ...upload, target: workItemTarget(9), state },
    ]);
  });

  test('and meant for another draft stays where it is', () => {
    const draft = { ...upload, target: { kind: 'draft' as const, draftId: 'draft 2' } };
    expect(reduceUploads([draft], { type: 'saved', draftId: 'draft 1', workItemId: 9 })).toEqual([draft]);
  });
});

describe('what changes nothing keeps the identity of the list, so that nobody is told', () => {
  const before = [uploadIn(STATES.uploading)];

  test.each<[string, UploadAction]>([
    ['an unknown upload', { ...ACTIONS.failed, id: 'unknown' }],
    ['removing what is unknown', { type: 'removed', ids: new Set(['unknown']) }],
    ['removing what is not over', { type: 'removed', ids: new Set(['a']) }],
    ['removing nothing', { type: 'removed', ids: new Set() }],
    ['saving a draft that nothing is meant for', { type: 'saved', draftId: 'draft 1', workItemId: 9 }],
    ['adding nothing', { type: 'added', uploads: [] }],
  ])('%s', (_, action) => {
    expect(reduceUploads(before, action)).toBe(before);
  });
});

test('added uploads follow the others', () => {
  const [first, second, third] = ['1', '2', '3'].map((id) => uploadIn(STATES.queued, { id }));
  expect(reduceUploads([first!], { type: 'added', uploads: [second!, third!] })).toEqual([
    first,
    second,
    third,
  ]);
});

test('the bytes of an upload for a draft wait for the save', () => {
  const before = [uploadIn(STATES.uploading, { target: DRAFT })];
  expect(reduceUploads(before, ACTIONS.uploaded)[0]!.state).toEqual({
    status: 'waiting-for-save',
    attempt: 2,
    reference: NEW_REF,
  });
});

test('an upload whose draft was saved meanwhile does not wait', () => {
  const drafts = [uploadIn(STATES.uploading, { target: DRAFT })];
  const saved = reduceUploads(drafts, { type: 'saved', draftId: 'draft 1', workItemId: 7 });
  expect(reduceUploads(saved, ACTIONS.uploaded)).toEqual([
    uploadIn({ status: 'uploaded', attempt: 2, reference: NEW_REF }, { target: ITEM_7 }),
  ]);
});

test('a hopeless problem is not retryable', () => {
  const before = [uploadIn(STATES.preparing)];
  const problem: Problem = { kind: 'file-unreadable' };
  expect(reduceUploads(before, { type: 'failed', id: 'a', phase: 'preparing', problem })[0]!.state).toEqual({
    status: 'failed',
    attempt: 2,
    phase: 'preparing',
    problem,
    retryable: false,
  });
});

describe('progress', () => {
  function progressTo(bytesSent: number, bytesAccepted: number): UploadState {
    const before = [uploadIn(STATES.uploading)];
    return reduceUploads(before, { type: 'progressed', id: 'a', bytesSent, bytesAccepted })[0]!.state;
  }

  test.each([
    ['forward', [80, 40], [80, 40]],
    ['not backwards', [10, 5], [60, 20]],
    ['not past the end, where headers were counted in', [140, 140], [100, 100]],
    ['each on its own', [70, 0], [70, 20]],
  ])('goes %s', (_, [sent, accepted], [bytesSent, bytesAccepted]) => {
    expect(progressTo(sent!, accepted!)).toEqual({ ...STATES.uploading, bytesSent, bytesAccepted });
  });

  test('never runs backwards and never past the end', () => {
    const step = fc.record({ bytesSent: fc.integer(), bytesAccepted: fc.integer() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let uploads: readonly Upload[] = [
          uploadIn({ status: 'uploading', attempt: 1, bytesSent: 0, bytesAccepted: 0 }),
        ];
        for (const bytes of steps) {
          const { bytesSent: sent, bytesAccepted: accepted } = uploads[0]!.state as typeof STATES.uploading;
          uploads = reduceUploads(uploads, { type: 'progressed', id: 'a', ...bytes });
          const { bytesSent, bytesAccepted } = uploads[0]!.state as typeof STATES.uploading;
          expect(bytesSent).toBeGreaterThanOrEqual(sent);
          expect(bytesAccepted).toBeGreaterThanOrEqual(accepted);
          expect(Math.max(bytesSent, bytesAccepted)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

test('in any order of events an upload is linked once, keeps its reference and never leaves a final state', () => {
  const id = fc.constantFrom('a', 'b');
  const action = fc
    .tuple(fc.constantFrom(...actionNames), id)
    .map(([name, target]): UploadAction => ({ ...ACTIONS[name], id: target }));
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      let uploads: readonly Upload[] = ['a', 'b'].map((name) =>
        uploadIn({ status: 'queued', attempt: 1 }, { id: name }),
      );
      for (const next of actions) {
        const before = uploads;
        uploads = reduceUploads(uploads, next);
        uploads.forEach((upload, index) => {
          const was = before[index]!;
          expect(upload).toEqual({ ...was, state: upload.state });
          if (was.state.status === 'linked' || was.state.status === 'cancelled') expect(upload).toBe(was);
          if (upload.state.status === 'linked' && upload !== was) expect(was.state.status).toBe('linking');
          if (was.state.status === 'linking')
            expect(upload.state).toHaveProperty('reference', was.state.reference);
        });
      }
    }),
  );
});
