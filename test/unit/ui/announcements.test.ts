import type { Upload, UploadState } from '../../../src/upload/upload';
import type { AnnouncedState } from '../../../src/ui/live-region';
import { announcements, NOTHING_ANNOUNCED } from '../../../src/ui/live-region';
import type { PauseReason } from '../../../src/upload/upload';
import { referenceTo, uploadIn } from '../../helpers/uploads';

const NO_HOLD: PauseReason = { reason: 'nothing' };
const OFFLINE: PauseReason = { reason: 'offline' };
const ASKED: PauseReason = { reason: 'throttled', until: 12_000 };
const WAITING: UploadState = {
  status: 'waiting',
  attempt: 1,
  phase: 'uploading',
  problem: { kind: 'network' },
  until: 0,
};
const FAILED: UploadState = {
  status: 'failed',
  attempt: 8,
  phase: 'uploading',
  problem: { kind: 'network' },
  retryable: true,
};
const QUEUED: UploadState = { status: 'queued', attempt: 2 };
const PAUSED: UploadState = { status: 'paused', attempt: 1 };
const LINKED: UploadState = { status: 'linked', reference: referenceTo(1), revision: 2 };

function uploads(...states: UploadState[]): Upload[] {
  return states.map((state, index) =>
    uploadIn(state, { id: String(index), file: { name: `${index}.txt`, size: 1, folder: '' } }),
  );
}

/** The announcement after each of these states, in order. */
function announce(...moments: [Upload[], PauseReason?][]): string[] {
  let before: AnnouncedState = NOTHING_ANNOUNCED;
  return moments.map(([now, hold = NO_HOLD]) => {
    const { sentences, announced } = announcements(before, now, hold);
    before = announced;
    return sentences.join(' ');
  });
}

test('announcements returns no sentence while uploads run normally', () => {
  expect(announce([[]], [uploads(QUEUED, LINKED)])).toEqual(['', '']);
});

test('announcements reports the first retry of an upload, not the later ones', () => {
  const sentence = "“\u20680.txt\u2069”: Can't reach Azure DevOps. Retrying automatically.";
  expect(
    announce(
      [uploads(WAITING)],
      [uploads(WAITING)],
      [uploads(QUEUED)],
      [uploads({ ...WAITING, attempt: 2 })],
    ),
  ).toEqual([sentence, '', '', '']);
});

test('announcements reports a retry again after a manual retry', () => {
  const [, , again] = announce([uploads(WAITING)], [uploads(FAILED)], [uploads(WAITING)]);
  expect(again).toContain("Can't reach Azure DevOps");
});

test('announcements reports a repeated failure, and each failure only once', () => {
  const again = { ...FAILED };
  expect(
    announce(
      [uploads(FAILED, FAILED)],
      [uploads(FAILED, FAILED)],
      [uploads(QUEUED, FAILED)],
      [uploads(again, FAILED)],
      [uploads(again, FAILED)],
      [uploads({ ...FAILED }, { ...FAILED })],
    ),
  ).toEqual(['', '', '', '1 file failed again.', '', '2 files failed again.']);
});

test('announcements counts several retries in one sentence', () => {
  expect(announce([uploads(WAITING, WAITING, QUEUED)], [uploads(WAITING, WAITING, WAITING)])).toEqual([
    '2 uploads delayed. Retrying automatically.',
    "“\u20682.txt\u2069”: Can't reach Azure DevOps. Retrying automatically.",
  ]);
});

test('announcements reports a pause when it starts, and the return online', () => {
  const queued = uploads(QUEUED);
  expect(
    announce(
      [queued, OFFLINE],
      [queued, OFFLINE],
      [queued],
      [queued, ASKED],
      [queued, { ...ASKED, until: 1 }],
      [queued],
    ),
  ).toEqual([
    "You're offline. Uploads resume when you reconnect.",
    '',
    "You're back online.",
    'Azure DevOps is busy. Uploads resume automatically.',
    '',
    '',
  ]);
});

test('announcements reports once when every unfinished upload is paused', () => {
  expect(
    announce([uploads(PAUSED, QUEUED)], [uploads(PAUSED, PAUSED, LINKED, FAILED)], [uploads(PAUSED, PAUSED)]),
  ).toEqual(['', 'All uploads are paused.', '']);
});
