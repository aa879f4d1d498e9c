/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';
import type { SendStep, Upload, UploadState } from '../../../src/model/upload';
import { useIsCatchingUp } from '../../../src/ui/use-catching-up';
import { uploadIn } from '../../helpers/uploads';

const PAUSED: UploadState = { status: 'paused', attempt: 1 };
const QUEUED: UploadState = { status: 'queued', attempt: 1 };

function sending(step: SendStep): UploadState {
  return { status: 'uploading', attempt: 1, step };
}

/** What a row that sees these moments of an upload says of each. */
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

test('a first attempt has nothing to catch up with', () => {
  expect(seen([QUEUED, 0], [sending('sending'), 0], [sending('sending'), 10])).toEqual([false, false, false]);
});

test('what is resumed catches up until it is past its highest place', () => {
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

test('what starts over catches up as well', () => {
  expect(
    seen([sending('sending'), 60], [sending('starting-over'), 60], [sending('starting-over'), 61]),
  ).toEqual([false, true, false]);
});

test('a row that comes into sight believes what starts over, and takes nothing else for it', () => {
  expect(seen([sending('starting-over'), 60])).toEqual([true]);
  expect(seen([sending('sending'), 60])).toEqual([false]);
});

test('what is checked or waits is not catching up', () => {
  expect(seen([sending('sending'), 100], [sending('verifying'), 100], [QUEUED, 100])).toEqual([
    false,
    false,
    false,
  ]);
});
