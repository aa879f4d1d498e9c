/** @jest-environment jsdom */
import * as React from 'react';
import type { ResumeInterruptedState } from '../../../../src/upload/recovery/resume-interrupted';
import type { Discarding } from '../../../../src/upload/recovery/discard-later';
import type { FormSession } from '../../../../src/upload/form/form-session';
import { InterruptedUploads, StayOnPageNote } from '../../../../src/entries/form-group/interrupted-uploads';
import type { JournalState } from '../../../../src/upload/recovery/journal/inventory';
import type { KeptUpload } from '../../../../src/upload/recovery/journal/kept-batch';
import type { UploadState } from '../../../../src/upload/upload';
import { keptBatch, keptUpload } from '../../../helpers/kept';
import { STATES } from '../../../helpers/upload-states';
import { until } from '../../../helpers/render';
import { referenceTo, uploadIn } from '../../../helpers/uploads';
import type { Button } from './fake-button';
import { createPage } from './page';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

const ITEM_8 = { kind: 'work-item', id: 8 } as const;
const DISCARD_ALL = 'Discard all interrupted uploads';

const fixed = <T,>(state: T) => ({ getSnapshot: () => state, subscribe: () => () => undefined });

/** Renders the notes in a form with item 7. */
function show(
  facts: Partial<JournalState>,
  seen: Partial<ResumeInterruptedState> = {},
  discarding?: Discarding,
) {
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
      resumesAt: Date.now() + 4_000,
      ...seen,
    }),
    discarding: fixed(discarding),
    undoDiscard: press('undo'),
    finishDiscard: press('finish'),
    resume: press('resume'),
    stop: press('stop'),
    discard: press('discard'),
    discardAll: press('discard all'),
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

// The code is loaded when it is needed first.
beforeAll(async () => {
  const { page } = show({}, { attached: 1 });
  await until(() => page.words() !== '');
});

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
  expect(page.words()).toContain('Resuming in 4 s…');
  expect(page.buttons()).toEqual(['Resume now', 'Not now', DISCARD_ALL]);
  for (const words of page.buttons()) page.click(words);
  expect(pressed).toEqual(['resume', 'stop', 'discard all']);
});

test('InterruptedUploads offers to resume or discard stopped uploads', () => {
  const { page, pressed } = show(
    { interrupted: [keptBatch({ uploads: [kept('a.txt')] })] },
    { stopped: new Set([7]) },
  );
  expect(page.words()).not.toContain('Resuming');
  expect(page.buttons()).toEqual(['Resume', 'Discard', DISCARD_ALL]);
  page.click('Resume');
  page.click('Discard');
  expect(pressed).toEqual(['resume', 'discard 7']);
});

test('InterruptedUploads lists names and sizes', () => {
  show({
    interrupted: [keptBatch({ uploads: [kept('a.txt', { size: 5 }), kept('b.png', { size: 2_000_000 })] })],
  });
  const list = document.querySelector('[role="list"][aria-label="Interrupted uploads"]');
  const rows = [...(list?.querySelectorAll('[role="listitem"]') ?? [])].map(({ textContent }) => textContent);
  expect(rows).toEqual(['a.txt5 B', 'b.png2.0 MB']);
});

test('InterruptedUploads offers an undo in place of discarded uploads', () => {
  const discarding = { batchIds: new Set(['1']), files: 1, isAll: false, isFinal: false };
  const interrupted = [
    keptBatch({ id: '1', uploads: [kept('a.txt')] }),
    keptBatch({ id: '2', target: ITEM_8, uploads: [kept('b.txt')] }),
  ];
  const { page, pressed } = show({ interrupted }, {}, discarding);
  expect(page.words()).toContain('1 interrupted upload was discarded.');
  expect(page.words()).not.toContain('a.txt');
  expect(page.buttons()).toEqual(['Undo', '', 'Bug 8', DISCARD_ALL]);
  page.click('Undo');
  document.querySelector<HTMLElement>('[aria-label="Dismiss"]')!.click();
  expect(pressed).toEqual(['undo', 'finish']);
  expect(show({ interrupted }, {}, { ...discarding, isFinal: true }).page.buttons()).not.toContain('Undo');
});

test.each([
  [['a.txt'], '“a.txt” might already be attached (same name and size). Attach it again?'],
  [['a.txt', 'b.txt'], '2 files might already be attached (same names and sizes). Attach them again?'],
])('InterruptedUploads asks about possible duplicates: %j', (possibleDuplicates, words) => {
  const interrupted = [keptBatch({ uploads: possibleDuplicates.map((name) => kept(name)) })];
  const { page } = show({ interrupted }, { stopped: new Set([7]), possibleDuplicates });
  expect(page.words().replace(/[\u2068\u2069]/g, '')).toContain(words);
});

test('InterruptedUploads leaves the decision to the user if the work item could not be read', () => {
  const { page, pressed } = show(
    { interrupted: [keptBatch({ uploads: [kept('a.txt')] })] },
    { stopped: new Set([7]), isUnverified: true },
  );
  expect(page.words()).toContain("Stapler couldn't check the existing attachments. Resume anyway?");
  page.click('Resume');
  expect(pressed).toEqual(['resume']);
});

test('InterruptedUploads omits uploads in need of their file, since they have rows', () => {
  const { page } = show({ interrupted: [keptBatch({ uploads: [kept('a.txt', { isFileKept: false })] })] });
  expect(page.buttons()).toEqual([DISCARD_ALL]);
});

test('InterruptedUploads shows one note with a link for each other item', () => {
  const { page, pressed } = show({
    interrupted: [
      keptBatch({ id: '1', target: ITEM_8, uploads: [kept('a.txt')] }),
      keptBatch({ id: '2', target: ITEM_8, uploads: [kept('b.txt')] }),
    ],
  });
  expect(page.words()).toContain(' Open Bug 8 to resume.');
  expect(page.buttons()).toEqual(['Bug 8', DISCARD_ALL]);
  page.click('Bug 8');
  expect(pressed).toEqual(['open 8']);
});

test('InterruptedUploads reports files attached to another item, and can be dismissed', () => {
  const { page, pressed } = show({
    interrupted: [keptBatch({ target: ITEM_8, uploads: [linked('a.txt'), linked('b.txt')] })],
  });
  expect(page.words()).toContain('2 files attached to Bug 8.');
  page.click('Dismiss');
  expect(pressed).toEqual(['discard 8']);
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
  expect(page.buttons()).toEqual([DISCARD_ALL]);
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
    expect(wordsWith('memory', STATES.uploading)).toMatch(/^Keep this page open/);
  });

  test('appears only without storage and with unfinished uploads', () => {
    expect(wordsWith('browser', STATES.uploading)).toBe('');
    expect(wordsWith('opening', STATES.uploading)).toBe('');
    expect(wordsWith('memory', STATES.linked)).toBe('');
  });
});
