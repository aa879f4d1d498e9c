/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';
import type { SendStep, Upload, UploadState } from '../../../src/upload/upload';
import type { PauseReason } from '../../../src/upload/upload';
import { UploadStatus, useIsCatchingUp } from '../../../src/ui/upload-list';
import { OverallProgress } from '../../../src/ui/overall-progress';
import type { Overall } from '../../../src/upload/progress';
import { overallOf } from '../../../src/upload/progress';
import { referenceTo, uploadIn } from '../../helpers/uploads';

// azure-devops-ui ships ES modules, which jest does not load; no tested text is on one of its buttons.
jest.mock('azure-devops-ui/Button', () => ({ Button: () => null }));

const NO_HOLD: PauseReason = { reason: 'nothing' };

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

/** Lower part of a row over time. */
function follow() {
  const place = document.createElement('div');
  return {
    /** Returns the text for this state with `bytesSent` of 100 bytes. */
    shows(state: UploadState, bytesSent: number, hold = NO_HOLD): string {
      const upload = uploadIn(state, { progress: { bytesSent, bytesAccepted: 0 } });
      act(() => {
        ReactDOM.render(<UploadStatus upload={upload} hold={hold} />, place);
      });
      return place.textContent;
    },
    /** Returns the text `ms` milliseconds later. */
    showsAfter(ms: number): string {
      act(() => {
        jest.advanceTimersByTime(ms);
      });
      return place.textContent;
    },
    place,
    /** Position of the bar, in percent. */
    percent: () => Number(place.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')),
  };
}

function waiting(until: number, facts: Partial<UploadState & { status: 'waiting' }> = {}): UploadState {
  return { status: 'waiting', attempt: 1, phase: 'uploading', problem: { kind: 'network' }, until, ...facts };
}

test('UploadStatus is short if a message above the list explains the failure', () => {
  const place = document.createElement('div');
  const problem = { kind: 'network' } as const;
  const upload = uploadIn({ status: 'failed', attempt: 1, phase: 'uploading', problem, retryable: true });
  act(() => {
    ReactDOM.render(<UploadStatus upload={upload} hold={NO_HOLD} isExplained={true} />, place);
  });
  expect(place.textContent).toBe('FailedDetails');
});

test('OverallProgress says that all uploads are paused, and shows no speed with the whole amount', () => {
  const place = document.createElement('div');
  const upload = uploadIn({ status: 'uploading', attempt: 1, step: 'sending' });
  const overall = overallOf([upload])!;
  const show = (facts: Partial<Overall>): string => {
    act(() => {
      ReactDOM.render(<OverallProgress overall={{ ...overall, bytesTotal: 1000, ...facts }} />, place);
    });
    return place.textContent;
  };
  for (const bytesSent of [0, 300, 600, 900]) {
    show({ bytesSent, bytesToCome: 1000 - bytesSent });
    act(() => {
      jest.advanceTimersByTime(1500);
    });
  }
  expect(show({ bytesSent: 900, bytesToCome: 100 })).toContain('left');
  expect(show({ bytesSent: 1000, bytesToCome: 1 })).not.toContain('left');
  expect(show({ isPaused: true })).toContain('Paused · 0 of 1 file attached');
  act(() => void ReactDOM.unmountComponentAtNode(place));
});

test('UploadStatus counts down a wait and keeps the bar in place', () => {
  const row = follow();
  row.shows({ status: 'uploading', attempt: 1, step: 'sending' }, 40);
  expect(row.shows(waiting(3000), 40)).toBe("Can't reach Azure DevOps. Retrying in 3 s.");
  expect(row.percent()).toBe(40);
  expect(row.showsAfter(2000)).toBe("Can't reach Azure DevOps. Retrying in 1 s.");
  expect(row.showsAfter(9000)).toBe("Can't reach Azure DevOps. Retrying now.");
});

test('UploadStatus shows a wait until the pause of the queue ends', () => {
  const row = follow();
  const asked: PauseReason = { reason: 'throttled', until: 9000 };
  expect(row.shows(waiting(3000), 40, asked)).toBe("Can't reach Azure DevOps. Retrying in 9 s.");
  expect(row.shows(waiting(3000), 40, { reason: 'offline' })).toBe(
    "Can't reach Azure DevOps. Retrying when you reconnect.",
  );
});

test('UploadStatus shows a restart until the upload has caught up', () => {
  const row = follow();
  row.shows({ status: 'uploading', attempt: 1, step: 'sending' }, 40);
  const startingOver: UploadState = { status: 'uploading', attempt: 1, step: 'starting-over' };
  const sentence = 'Restarting the upload…';
  expect(row.shows(startingOver, 40)).toBe(sentence);
  expect(row.showsAfter(60_000)).toBe(sentence);
  expect(row.percent()).toBe(40);
  expect(row.shows(startingOver, 41)).toBe('41 B of 100 B');
});

test.each<[UploadState, number, string]>([
  [{ status: 'uploading', attempt: 1, step: 'sending' }, 40, '40 B of 100 B'],
  [{ status: 'uploading', attempt: 1, step: 'sending' }, 100, 'Finishing…'],
  [{ status: 'uploading', attempt: 1, step: 'verifying' }, 100, 'Verifying…'],
  [{ status: 'paused', attempt: 1 }, 0, 'Paused'],
  [{ status: 'paused', attempt: 1 }, 40, 'Paused · 40 B of 100 B'],
  [{ status: 'queued', attempt: 2 }, 40, 'Waiting'],
  [{ status: 'linked', reference: referenceTo(1), revision: 2 }, 100, ''],
])('UploadStatus describes %j after %d bytes', (state, bytesSent, words) => {
  expect(follow().shows(state, bytesSent)).toBe(words);
});

test('UploadStatus shows speed and time left after a while, and hides them when paused', () => {
  const row = follow();
  const sending: UploadState = { status: 'uploading', attempt: 1, step: 'sending' };
  row.shows(sending, 0);
  row.showsAfter(1000);
  expect(row.shows(sending, 20)).toBe('20 B of 100 B');
  row.showsAfter(1000);
  expect(row.shows(sending, 40)).toBe('40 B of 100 B · 20 B/s · 3 s left');
  expect(row.shows({ status: 'paused', attempt: 1 }, 40)).toBe('Paused · 40 B of 100 B');
  row.showsAfter(5000);
  expect(row.shows(sending, 40)).toBe('Resending…');
  expect(row.shows(sending, 50)).toBe('50 B of 100 B');
});

describe('useIsCatchingUp', () => {
  const PAUSED: UploadState = { status: 'paused', attempt: 1 };
  const QUEUED: UploadState = { status: 'queued', attempt: 1 };

  function sending(step: SendStep): UploadState {
    return { status: 'uploading', attempt: 1, step };
  }

  /** Results of the hook in one row for successive states of an upload. */
  function seen(...moments: [UploadState, number][]): boolean[] {
    const said: boolean[] = [];
    function Row({ upload }: { upload: Upload }): null {
      said.push(useIsCatchingUp(upload));
      return null;
    }
    const place = document.createElement('div');
    for (const [state, bytesSent] of moments) {
      const upload = uploadIn(state, { progress: { bytesSent, bytesAccepted: 0 } });
      act(() => {
        ReactDOM.render(<Row upload={upload} />, place);
      });
    }
    return said;
  }

  test('is false during a first attempt', () => {
    expect(seen([QUEUED, 0], [sending('sending'), 0], [sending('sending'), 10])).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('is true after a resume until the upload has caught up', () => {
    expect(
      seen(
        [sending('sending'), 60],
        [PAUSED, 60],
        [QUEUED, 60],
        [sending('sending'), 60],
        [sending('sending'), 60],
        [sending('sending'), 61],
      ),
    ).toEqual([false, false, false, true, true, false]);
  });

  test('is true after a restart', () => {
    expect(
      seen([sending('sending'), 60], [sending('starting-over'), 60], [sending('starting-over'), 61]),
    ).toEqual([false, true, false]);
  });

  test('is true for a newly shown row only after a restart', () => {
    expect(seen([sending('starting-over'), 60])).toEqual([true]);
    expect(seen([sending('sending'), 60])).toEqual([false]);
  });

  test('is false while an upload is verified or queued', () => {
    expect(seen([sending('sending'), 100], [sending('verifying'), 100], [QUEUED, 100])).toEqual([
      false,
      false,
      false,
    ]);
  });
});

test('UploadStatus shows a clock instead of a bar for a file that waits for the save', () => {
  const row = follow();
  const text = row.shows({ status: 'waiting-for-save', attempt: 1, reference: referenceTo(1) }, 100);
  expect(text).toBe('Uploaded. Save to attach.');
  expect(row.place.querySelector('[role=progressbar]')).toBeNull();
  expect(row.place.querySelectorAll('svg')).toHaveLength(1);
});
