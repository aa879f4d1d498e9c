import fc from 'fast-check';
import type { Problem } from '../../../../src/base/errors';
import type { Upload, UploadState } from '../../../../src/upload/upload';
import { isOver } from '../../../../src/upload/upload-state';
import { workItemTarget } from '../../../../src/azure/work-item';
import type { UploadAction } from '../../../../src/upload/queue/upload-reducer';
import { createUploadStore } from '../../../../src/upload/queue/upload-store';
import { DRAFT, ITEM_7, referenceTo, uploadIn } from '../../../helpers/uploads';

/** Returns the list after an action; the same one if the action changes nothing. */
function reduceUploads(uploads: readonly Upload[], action: UploadAction): readonly Upload[] {
  const store = createUploadStore();
  store.dispatch({ type: 'added', uploads });
  const before = store.getSnapshot();
  store.dispatch(action);
  const after = store.getSnapshot();
  return after === before ? uploads : after;
}

const NETWORK: Problem = { kind: 'network', status: 0 };
const REF = referenceTo(1);
const NEW_REF = referenceTo(2);

const STATES = {
  queued: { status: 'queued', attempt: 2 },
  preparing: { status: 'preparing', attempt: 2 },
  uploading: { status: 'uploading', attempt: 2, step: 'sending' },
  'waiting to send': { status: 'waiting', attempt: 2, phase: 'uploading', problem: NETWORK, until: 5000 },
  'waiting to link': {
    status: 'waiting',
    attempt: 2,
    phase: 'linking',
    problem: NETWORK,
    until: 5000,
    reference: REF,
  },
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
  stepped: { type: 'stepped', id: 'a', step: 'verifying' },
  uploaded: { type: 'uploaded', id: 'a', reference: NEW_REF },
  held: { type: 'held', id: 'a' },
  released: { type: 'released', id: 'a' },
  linking: { type: 'linking', id: 'a' },
  linked: { type: 'linked', id: 'a', revision: 9 },
  waiting: { type: 'waiting', id: 'a', phase: 'linking', problem: NETWORK, until: 9000 },
  failed: { type: 'failed', id: 'a', phase: 'linking', problem: NETWORK },
  cancelled: { type: 'cancelled', id: 'a' },
  paused: { type: 'paused', id: 'a' },
  resumed: { type: 'resumed', id: 'a' },
  requeued: { type: 'requeued', id: 'a' },
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
const WAITING: UploadState = {
  status: 'waiting',
  attempt: 2,
  phase: 'linking',
  problem: NETWORK,
  until: 9000,
};
const QUEUED: UploadState = { status: 'queued', attempt: 2 };

/** Next state of each state and action; the others are ignored. */
const NEXT: Record<StateName, Partial<Record<ActionName, UploadState>>> = {
  queued: {
    preparing: { status: 'preparing', attempt: 2 },
    failed: FAILED,
    cancelled: CANCELLED,
    paused: PAUSED,
  },
  preparing: {
    started: { status: 'uploading', attempt: 2, step: 'sending' },
    waiting: WAITING,
    failed: FAILED,
    cancelled: CANCELLED,
    paused: PAUSED,
    requeued: QUEUED,
  },
  uploading: {
    stepped: { status: 'uploading', attempt: 2, step: 'verifying' },
    // The link counts its own attempts.
    uploaded: { status: 'uploaded', attempt: 1, reference: NEW_REF },
    waiting: WAITING,
    failed: FAILED,
    cancelled: CANCELLED,
    paused: PAUSED,
    requeued: QUEUED,
  },
  'waiting to send': {
    failed: FAILED,
    cancelled: CANCELLED,
    paused: PAUSED,
    retried: { status: 'queued', attempt: 3 },
  },
  // The relation may exist already, so it is too late to cancel.
  'waiting to link': {
    failed: FAILED_WITH_REF,
    retried: { status: 'uploaded', attempt: 3, reference: REF },
  },
  paused: { cancelled: CANCELLED, resumed: { status: 'queued', attempt: 1 } },
  uploaded: {
    held: { status: 'waiting-for-save', attempt: 2, reference: REF },
    linking: { status: 'linking', attempt: 2, reference: REF },
    failed: FAILED_WITH_REF,
    cancelled: CANCELLED,
  },
  'waiting-for-save': {
    released: { status: 'uploaded', attempt: 2, reference: REF },
    failed: FAILED_WITH_REF,
    cancelled: CANCELLED,
  },
  linking: {
    linked: { status: 'linked', reference: REF, revision: 9 },
    waiting: { ...WAITING, reference: REF },
    failed: FAILED_WITH_REF,
  },
  linked: {},
  // A retry by the user resets the attempts.
  'failed to upload': { retried: { status: 'queued', attempt: 1 } },
  'failed to link': { retried: { status: 'uploaded', attempt: 1, reference: REF } },
  'failed for good': {},
  cancelled: {},
};

const CLOSED: UploadState = {
  status: 'failed',
  attempt: 2,
  phase: 'linking',
  problem: { kind: 'work-item-closed' },
  retryable: false,
};

/** State after the work item was closed unsaved; `CLOSED` for the others. */
const AFTER_ABANDONED: Partial<Record<StateName, UploadState>> = {
  linked: STATES.linked,
  cancelled: STATES.cancelled,
  'failed to upload': { ...STATES['failed to upload'], retryable: false },
  'failed to link': { ...STATES['failed to link'], retryable: false },
  'failed for good': STATES['failed for good'],
};

const SOME = { bytesSent: 60, bytesAccepted: 20 };
const EVERYTHING = { bytesSent: 100, bytesAccepted: 100 };

const stateNames = Object.keys(STATES) as StateName[];
const actionNames = Object.keys(ACTIONS) as ActionName[];

describe.each(stateNames)('reduceUpload of an upload that is %s', (stateName) => {
  const upload = uploadIn(STATES[stateName], { progress: SOME });
  const others = [uploadIn({ status: 'queued', attempt: 1 }, { id: 'z' })];

  test.each(actionNames.map((action) => [action, NEXT[stateName][action]?.status ?? 'ignored'] as const))(
    'handles the action %s with the result %s',
    (actionName) => {
      const before = [...others, upload];
      const after = reduceUploads(before, ACTIONS[actionName]);
      const next = NEXT[stateName][actionName];
      if (!next) {
        expect(after).toBe(before);
        return;
      }
      const progress = actionName === 'uploaded' ? EVERYTHING : upload.progress;
      const isLinkTried = upload.isLinkTried || actionName === 'linking';
      expect(after).toEqual([others[0], { ...upload, state: next, progress, isLinkTried }]);
      expect(after[0]).toBe(others[0]);
    },
  );

  test('applies progress only while it is uploading', () => {
    const before = [...others, upload];
    const progress = { bytesSent: 70, bytesAccepted: 20 };
    const after = reduceUploads(before, { type: 'progressed', id: 'a', progress });
    if (stateName === 'uploading')
      expect(after).toEqual([
        others[0],
        { ...upload, progress, acceptedNow: 20, state: { ...upload.state, attempt: 1 } },
      ]);
    else expect(after).toBe(before);
  });

  test('moves it to the front only while it is queued', () => {
    const before = [...others, upload];
    const after = reduceUploads(before, { type: 'moved-to-front', id: 'a' });
    if (stateName === 'queued') expect(after).toEqual([upload, ...others]);
    else expect(after).toBe(before);
  });

  test('fails it for good when its draft is abandoned', () => {
    const draft = { ...upload, target: DRAFT };
    const after = reduceUploads([draft], { type: 'abandoned', draftId: 'draft 1' });
    expect(after).toEqual([{ ...draft, state: AFTER_ABANDONED[stateName] ?? CLOSED }]);
  });

  test.each([ITEM_7, { kind: 'draft', draftId: 'draft 2' } as const])(
    'leaves it unchanged when another draft is abandoned',
    (target) => {
      const before = [{ ...upload, target }];
      expect(reduceUploads(before, { type: 'abandoned', draftId: 'draft 1' })).toBe(before);
    },
  );

  test('removes it only if it has ended', () => {
    const before = [...others, upload];
    const after = reduceUploads(before, { type: 'removed', ids: new Set(['a']) });
    expect(after).toEqual(isOver(upload.state) ? others : before);
  });

  test('leaves it unchanged when a draft is saved, if its target is a work item', () => {
    const before = [upload];
    expect(reduceUploads(before, { type: 'saved', draftId: 'draft 1', workItemId: 9 })).toEqual(before);
  });

  test('assigns it to the work item when its draft is saved', () => {
    const draft = { ...upload, target: DRAFT };
    const state = stateName === 'waiting-for-save' ? STATES.uploaded : draft.state;
    expect(reduceUploads([draft], { type: 'saved', draftId: 'draft 1', workItemId: 9 })).toEqual([
      { ...upload, target: workItemTarget(9), state },
    ]);
  });

  test('leaves it unchanged when another draft is saved', () => {
    const draft = { ...upload, target: { kind: 'draft' as const, draftId: 'draft 2' } };
    expect(reduceUploads([draft], { type: 'saved', draftId: 'draft 1', workItemId: 9 })).toEqual([draft]);
  });
});

describe('UploadStore, without a change of its snapshot,', () => {
  const before = [uploadIn(STATES.uploading)];

  test.each<[string, UploadAction]>([
    ['ignores an action for an unknown upload', { ...ACTIONS.failed, id: 'unknown' }],
    ['ignores the removal of an unknown upload', { type: 'removed', ids: new Set(['unknown']) }],
    ['ignores the removal of an unfinished upload', { type: 'removed', ids: new Set(['a']) }],
    ['ignores an empty removal', { type: 'removed', ids: new Set() }],
    ['ignores the save of a draft without uploads', { type: 'saved', draftId: 'draft 1', workItemId: 9 }],
    ['ignores an empty addition', { type: 'added', uploads: [] }],
  ])('%s', (_, action) => {
    expect(reduceUploads(before, action)).toBe(before);
  });
});

test('UploadStore appends added uploads', () => {
  const [first, second, third] = ['1', '2', '3'].map((id) => uploadIn(STATES.queued, { id }));
  expect(reduceUploads([first!], { type: 'added', uploads: [second!, third!] })).toEqual([
    first,
    second,
    third,
  ]);
});

test('reduceUpload makes a stored upload of a draft wait for the save', () => {
  const before = [uploadIn(STATES.uploading, { target: DRAFT })];
  expect(reduceUploads(before, ACTIONS.uploaded)[0]!.state).toEqual({
    status: 'waiting-for-save',
    attempt: 1,
    reference: NEW_REF,
  });
});

test('reduceUpload does not release an upload of an unsaved draft', () => {
  const before = [uploadIn(STATES['waiting-for-save'], { target: DRAFT })];
  expect(reduceUploads(before, ACTIONS.released)).toBe(before);
});

test('reduceUpload makes an upload ready to link if its draft was saved meanwhile', () => {
  const drafts = [uploadIn(STATES.uploading, { target: DRAFT })];
  const saved = reduceUploads(drafts, { type: 'saved', draftId: 'draft 1', workItemId: 7 });
  expect(reduceUploads(saved, ACTIONS.uploaded)).toEqual([
    uploadIn(
      { status: 'uploaded', attempt: 1, reference: NEW_REF },
      { target: ITEM_7, progress: EVERYTHING },
    ),
  ]);
});

test('reduceUpload marks a permanent problem as not retryable', () => {
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

describe('reduceUpload after stepped', () => {
  test('returns the same upload if the step is the same', () => {
    const before = [uploadIn(STATES.uploading)];
    expect(reduceUploads(before, { type: 'stepped', id: 'a', step: 'sending' })).toBe(before);
  });
});

describe('UploadStore after moved-to-front', () => {
  const list = (...statuses: StateName[]): Upload[] =>
    statuses.map((status, at) => uploadIn(STATES[status], { id: String(at) }));
  const order = (uploads: readonly Upload[]): string => uploads.map(({ id }) => id).join('');

  test.each<[StateName[], string, string]>([
    [['queued', 'queued', 'queued'], '2', '201'],
    [['queued', 'queued', 'queued'], '0', '012'],
    [['uploading', 'linked', 'queued', 'queued'], '3', '0132'],
    [['queued', 'uploading', 'queued', 'queued'], '3', '3012'],
    [['queued', 'uploading', 'queued'], '1', '012'],
    [['queued', 'queued'], 'unknown', '01'],
  ])('reorders %j with %s moved as %s', (statuses, id, expected) => {
    expect(order(reduceUploads(list(...statuses), { type: 'moved-to-front', id }))).toBe(expected);
  });

  test('keeps its snapshot if the upload is at the front already', () => {
    const before = list('uploading', 'queued', 'queued');
    expect(reduceUploads(before, { type: 'moved-to-front', id: '1' })).toBe(before);
  });
});

describe('reduceUpload after progressed', () => {
  function after(bytesSent: number, bytesAccepted: number): Upload {
    const before = [uploadIn(STATES.uploading, { progress: SOME, acceptedNow: 10 })];
    const progress = { bytesSent, bytesAccepted };
    return reduceUploads(before, { type: 'progressed', id: 'a', progress })[0]!;
  }

  test.each([
    ['increases both counts', [80, 40], [80, 40]],
    ['ignores a decrease', [10, 5], [60, 20]],
    ['limits both counts to the file size, since a browser may count headers', [140, 140], [100, 100]],
    ['increases one count without the other', [70, 0], [70, 20]],
  ])('%s', (_, [sent, accepted], [bytesSent, bytesAccepted]) => {
    expect(after(sent!, accepted!).progress).toEqual({ bytesSent, bytesAccepted });
  });

  test.each([
    ['resets the attempt after newly accepted bytes', 60, 21, 1],
    ['resets the attempt after bytes accepted again in a restarted upload', 60, 11, 1],
    ['keeps the attempt without newly accepted bytes', 90, 10, 2],
    ['keeps the attempt when the session restarts', 90, 0, 2],
  ])('%s', (_, bytesSent, bytesAccepted, attempt) => {
    expect(after(bytesSent, bytesAccepted).state).toEqual({ ...STATES.uploading, attempt });
  });

  test('returns the same upload without progress', () => {
    const before = [uploadIn(STATES.uploading, { progress: SOME, acceptedNow: SOME.bytesAccepted })];
    expect(reduceUploads(before, { type: 'progressed', id: 'a', progress: SOME })).toBe(before);
  });

  test('keeps the progress when the attempt ends', () => {
    let uploads: readonly Upload[] = [uploadIn(STATES.uploading, { progress: SOME })];
    for (const name of [
      'waiting',
      'retried',
      'preparing',
      'started',
      'requeued',
      'paused',
      'resumed',
    ] as const) {
      uploads = reduceUploads(uploads, ACTIONS[name]);
      expect(uploads[0]!.progress).toEqual(SOME);
    }
  });
});

test('reduceUpload links an upload once, keeps its reference, never goes backward and never leaves a final state, in any order of actions', () => {
  const id = fc.constantFrom('a', 'b');
  const bytes = fc.integer({ min: -10, max: 130 });
  const action = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...actionNames), id)
        .map(([name, of]) => ({ ...ACTIONS[name], id: of })),
    },
    fc.record({
      type: fc.constant('progressed' as const),
      id,
      progress: fc.record({ bytesSent: bytes, bytesAccepted: bytes }),
    }),
    fc.record({ type: fc.constant('moved-to-front' as const), id }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      let uploads: readonly Upload[] = ['a', 'b'].map((name) =>
        uploadIn({ status: 'queued', attempt: 1 }, { id: name }),
      );
      for (const next of actions) {
        const before = uploads;
        uploads = reduceUploads(uploads, next);
        expect(uploads).toHaveLength(2);
        for (const was of before) {
          const upload = uploads.find((each) => each.id === was.id)!;
          const { state, progress, acceptedNow } = upload;
          expect(upload).toEqual({ ...was, state, progress, acceptedNow });
          for (const figure of ['bytesSent', 'bytesAccepted'] as const) {
            expect(upload.progress[figure]).toBeGreaterThanOrEqual(was.progress[figure]);
            expect(upload.progress[figure]).toBeLessThanOrEqual(upload.file.size);
          }
          if (was.state.status === 'linked' || was.state.status === 'cancelled') expect(upload).toBe(was);
          if (upload.state.status === 'linked' && upload !== was) expect(was.state.status).toBe('linking');
          if ('reference' in was.state && upload.state.status !== 'cancelled')
            expect(upload.state).toHaveProperty('reference', was.state.reference);
        }
      }
    }),
  );
});

test('reduceUpload ends the step starting-over once the progress passes its earlier value', () => {
  const state: UploadState = { status: 'uploading', attempt: 1, step: 'starting-over' };
  const before = [uploadIn(state, { progress: { bytesSent: 60, bytesAccepted: 50 } })];
  const after = (bytesSent: number): UploadState =>
    reduceUploads(before, { type: 'progressed', id: 'a', progress: { bytesSent, bytesAccepted: 0 } })[0]!
      .state;
  expect([after(60), after(61)]).toMatchObject([{ step: 'starting-over' }, { step: 'sending' }]);
});
