/** @jest-environment jsdom */
import * as React from 'react';
import type { ResumeInterruptedState } from '../../../../src/upload/recovery/resume-interrupted';
import type { FormSession } from '../../../../src/upload/form/form-session';
import { InterruptedUploads, StayOnPageNote } from '../../../../src/entries/form-group/interrupted-uploads';
import type { JournalState } from '../../../../src/upload/recovery/journal/inventory';
import type { KeptUpload } from '../../../../src/upload/recovery/journal/kept-batch';
import type { UploadState } from '../../../../src/upload/upload';
import { keptBatch, keptUpload } from '../../../helpers/kept';
import { STATES } from '../../../helpers/upload-states';
import { referenceTo, uploadIn } from '../../../helpers/uploads';
import type { Button } from './fake-button';
import { createPage } from './page';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

const ITEM_8 = { kind: 'work-item', id: 8 } as const;
const FORGET_ALL = 'Forget all interrupted uploads';

const fixed = <T,>(state: T) => ({ getSnapshot: () => state, subscribe: () => () => undefined });

/** Renders the notes in a form with item 7. */
function show(facts: Partial<JournalState>, seen: Partial<ResumeInterruptedState> = {}) {
  const page = createPage();
  const pressed: string[] = [];
  const press =
    (what: string) =>
    (...args: unknown[]): Promise<never[]> => {
      pressed.push([what, ...args.filter((arg) => typeof arg === 'number')].join(' '));
      return Promise.resolve([]);
    };
  const journal = { state: fixed({ kind: 'browser', interrupted: [], setAside: 0, ...facts }) };
  const interruptedUploads = {
    ...fixed({
      workItemId: 7,
      stopped: new Set(),
      possibleDuplicates: [],
      isUnverified: false,
      attached: 0,
      ...seen,
    }),
    resume: press('go on'),
    stop: press('stop'),
    discard: press('forget'),
    discardAll: press('forget all'),
    dismiss: press('dismiss'),
  };
  const session = {
    interruptedUploads,
    journal,
    openWorkItem: press('open'),
    labelOf: (id: number) => `Bug ${id}`,
  } as unknown as FormSession;
  page.show(<InterruptedUploads session={session} />);
  return { page, pressed };
}

const kept = (name: string, facts: Partial<KeptUpload> = {}): KeptUpload =>
  keptUpload({ id: name, name, isFileKept: true, ...facts });
const linked = (name: string): KeptUpload => kept(name, { stage: 'linked', reference: referenceTo(1) });

test('InterruptedUploads shows nothing without interrupted uploads', () => {
  const { page } = show({});
  expect([page.words(), page.buttons()]).toEqual(['', []]);
});

test('InterruptedUploads offers to resume now or to stop an automatic resume', () => {
  const { page, pressed } = show({ interrupted: [keptBatch({ uploads: [kept('a.txt'), linked('b.txt')] })] });
  expect(page.words()).toContain('a.txt');
  expect(page.words()).not.toContain('b.txt');
  expect(page.words()).toContain('Going on in a moment…');
  expect(page.buttons()).toEqual(['Go on now', 'Not now', FORGET_ALL]);
  for (const words of page.buttons()) page.click(words);
  expect(pressed).toEqual(['go on', 'stop', 'forget all']);
});

test('InterruptedUploads offers to resume or discard stopped uploads', () => {
  const { page, pressed } = show(
    { interrupted: [keptBatch({ uploads: [kept('a.txt')] })] },
    { stopped: new Set([7]) },
  );
  expect(page.words()).not.toContain('Going on');
  expect(page.buttons()).toEqual(['Go on', 'Forget', FORGET_ALL]);
  page.click('Go on');
  page.click('Forget');
  expect(pressed).toEqual(['go on', 'forget 7']);
});

test('InterruptedUploads leaves the decision to the user if the work item could not be read', () => {
  const { page, pressed } = show(
    { interrupted: [keptBatch({ uploads: [kept('a.txt')] })] },
    { stopped: new Set([7]), isUnverified: true },
  );
  expect(page.words()).toContain('It waits for you: Stapler could not see what is attached already.');
  page.click('Go on');
  expect(pressed).toEqual(['go on']);
});

test('InterruptedUploads omits uploads in need of their file, since they have rows', () => {
  const { page } = show({ interrupted: [keptBatch({ uploads: [kept('a.txt', { isFileKept: false })] })] });
  expect(page.buttons()).toEqual([FORGET_ALL]);
});

test('InterruptedUploads shows one note with a link for each other item', () => {
  const { page, pressed } = show({
    interrupted: [
      keptBatch({ id: '1', target: ITEM_8, uploads: [kept('a.txt')] }),
      keptBatch({ id: '2', target: ITEM_8, uploads: [kept('b.txt')] }),
    ],
  });
  expect(page.words()).toContain(' Open Bug 8 to go on.');
  expect(page.buttons()).toEqual(['Bug 8', FORGET_ALL]);
  page.click('Bug 8');
  expect(pressed).toEqual(['open 8']);
});

test('InterruptedUploads reports files attached to another item, and can be dismissed', () => {
  const { page, pressed } = show({
    interrupted: [keptBatch({ target: ITEM_8, uploads: [linked('a.txt'), linked('b.txt')] })],
  });
  expect(page.words()).toContain('2 files attached to Bug 8.');
  page.click('Dismiss');
  expect(pressed).toEqual(['forget 8']);
});

test.each([
  [1, '1 file was attached while you were away.'],
  [2, '2 files were attached while you were away.'],
])('InterruptedUploads reports files attached meanwhile: %i', (attached, words) => {
  const { page, pressed } = show({}, { attached });
  expect(page.words()).toBe(words);
  page.click('Dismiss');
  expect(pressed).toEqual(['dismiss']);
});

test.each([
  [1, 'an earlier upload'],
  [3, '3 earlier uploads'],
])('InterruptedUploads reports unreadable records: %i', (setAside, words) => {
  const { page } = show({ setAside });
  expect(page.words()).toContain(words);
  expect(page.buttons()).toEqual([FORGET_ALL]);
});

describe('StayOnPageNote', () => {
  const wordsWith = (kind: JournalState['kind'], state: UploadState): string => {
    const page = createPage();
    const journal = {
      state: fixed({ kind, interrupted: [], setAside: 0 }),
    } as unknown as FormSession['journal'];
    page.show(<StayOnPageNote uploads={[uploadIn(state)]} journal={journal} />);
    return page.words();
  };

  test('appears while an upload is running', () => {
    expect(wordsWith('memory', STATES.uploading)).toMatch(/^Stay on this page/);
  });

  test('appears only without storage and with unfinished uploads', () => {
    expect(wordsWith('browser', STATES.uploading)).toBe('');
    expect(wordsWith('opening', STATES.uploading)).toBe('');
    expect(wordsWith('memory', STATES.linked)).toBe('');
  });
});
