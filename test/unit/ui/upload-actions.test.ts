import type { Upload, UploadState } from '../../../src/upload/upload';
import { actionsFor, bulkActionsFor } from '../../../src/ui/upload-actions';
import { referenceTo, uploadIn } from '../../helpers/uploads';

const reference = referenceTo(1);
const WAITING: UploadState = {
  status: 'waiting',
  attempt: 1,
  phase: 'uploading',
  problem: { kind: 'network' },
  until: 0,
};
const FAILED: UploadState = {
  status: 'failed',
  attempt: 1,
  phase: 'uploading',
  problem: { kind: 'network' },
  retryable: true,
};
const QUEUED: UploadState = { status: 'queued', attempt: 1 };
const PAUSED: UploadState = { status: 'paused', attempt: 1 };
const UPLOADING: UploadState = { status: 'uploading', attempt: 1, step: 'sending' };
const LINKING: UploadState = { status: 'linking', attempt: 1, reference };
const LINKED: UploadState = { status: 'linked', reference, revision: 2 };

test.each<[string, UploadState, string]>([
  ['is queued', QUEUED, 'move-to-front pause cancel'],
  ['is being checked', { status: 'preparing', attempt: 1 }, 'pause cancel'],
  ['is sent', UPLOADING, 'pause cancel'],
  ['waits to be sent again', WAITING, 'try-now pause cancel'],
  ['waits to be linked again', { ...WAITING, reference }, 'try-now'],
  ['waits for its file', { status: 'needs-file', attempt: 1 }, 'pick-again cancel'],
  ['is paused', PAUSED, 'resume cancel'],
  ['waits for the others', { status: 'uploaded', attempt: 1, reference }, 'cancel'],
  ['waits for the save', { status: 'waiting-for-save', attempt: 1, reference }, 'cancel'],
  ['is being linked', LINKING, ''],
  ['failed', FAILED, 'retry remove'],
  ['failed for good', { ...FAILED, retryable: false }, 'remove'],
  [
    'failed because its file has changed',
    { ...FAILED, problem: { kind: 'file-changed' }, retryable: false },
    'new-version remove',
  ],
  [
    'had no room',
    { ...FAILED, phase: 'intake', problem: { kind: 'attachment-limit' }, retryable: false },
    'retry remove',
  ],
  ['has arrived', LINKED, 'remove'],
  ['was cancelled', { status: 'cancelled' }, 'remove'],
])('actionsFor returns the buttons of an upload that %s', (_, state, offers) => {
  expect(actionsFor(uploadIn(state), false).join(' ')).toBe(offers);
});

test.each(['uploaded', 'waiting-for-save'] as const)(
  'actionsFor returns nothing for an upload with status %s after a link attempt',
  (status) => {
    expect(actionsFor(uploadIn({ status, attempt: 2, reference }, { isLinkTried: true }), false)).toEqual([]);
  },
);

test('actionsFor does not move the next upload to the front', () => {
  expect(actionsFor(uploadIn(QUEUED), true)).toEqual(['pause', 'cancel']);
});

describe('actionsFor of an image', () => {
  const IMAGE = { file: { name: 'a.PNG', size: 100, folder: '' }, edit: 'possible' } as const;

  test('offers the editor before the first attempt to send it', () => {
    expect(actionsFor(uploadIn(QUEUED, IMAGE), false)).toEqual(['move-to-front', 'edit', 'pause', 'cancel']);
    expect(actionsFor(uploadIn(QUEUED, IMAGE), true)).toEqual(['edit', 'pause', 'cancel']);
    expect(actionsFor(uploadIn(PAUSED, IMAGE), true)).toEqual(['edit', 'resume', 'cancel']);
  });

  test.each<[string, UploadState, Partial<Upload>]>([
    ['during its check', { status: 'preparing', attempt: 1 }, IMAGE],
    ['after an attempt to send it', PAUSED, { ...IMAGE, edit: undefined }],
    ['in the editor', PAUSED, { ...IMAGE, edit: 'open' }],
    ['while another work item may have the file', PAUSED, { ...IMAGE, sameFile: { status: 'comparing' } }],
    ['of another format', QUEUED, { ...IMAGE, file: { ...IMAGE.file, name: 'a.gif' } }],
  ])('offers no editor %s', (_, state, facts) => {
    expect(actionsFor(uploadIn(state, facts), true)).not.toContain('edit');
  });
});

describe('bulkActionsFor', () => {
  /** Ids of uploads by button. */
  function offersFor(...states: UploadState[]) {
    return bulkActionsFor(states.map((state, index) => uploadIn(state, { id: String(index) })));
  }

  test('assigns each button its uploads', () => {
    expect(
      offersFor(
        QUEUED,
        PAUSED,
        FAILED,
        LINKED,
        UPLOADING,
        PAUSED,
        { ...FAILED, retryable: false },
        WAITING,
        LINKING,
        FAILED,
        { ...WAITING, reference },
      ),
    ).toEqual({ pause: ['0', '4', '7'], resume: ['1', '5'], retry: ['2', '9'], dismiss: ['2', '6', '9'] });
  });

  test('returns nothing for a single upload', () => {
    expect(offersFor(QUEUED, PAUSED, FAILED)).toEqual({ pause: [], resume: [], retry: [], dismiss: [] });
  });
});
