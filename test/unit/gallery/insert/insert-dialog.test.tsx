/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { NetworkError } from '../../../../src/base/errors';
import type { FieldOutcome } from '../../../../src/gallery/insert/insert-into-field';
import { InsertDialog } from '../../../../src/gallery/insert/insert-dialog';
import type { Targets } from '../../../../src/gallery/insert/field-insertions';
import type { Insertions } from '../../../../src/gallery/insert/insertions';
import { createDeferred } from '../../../helpers/deferred';
import { clearAll, click, press, render, stubDialogs, tell, type } from '../../../helpers/render';
import { attachedFile } from '../model/files';

const TARGETS: Targets = {
  fields: [
    { field: 'System.Description', name: 'Beschreibung', format: 'html' },
    { field: 'Custom.Notes', name: 'Notizen', format: 'markdown' },
  ],
  formProblem: undefined,
};

function show(name = 'the cart.v2.png') {
  const insertions = {
    readTargets: jest.fn<Promise<Targets>, [number]>(() => Promise.resolve(TARGETS)),
    intoField: jest.fn<Promise<FieldOutcome>, Parameters<Insertions['intoField']>>(() =>
      Promise.resolve('inserted'),
    ),
    intoComment: jest.fn<Promise<'inserted' | 'waits'>, Parameters<Insertions['intoComment']>>(() =>
      Promise.resolve('inserted'),
    ),
  };
  const onClose = jest.fn();
  const onInserted = jest.fn<undefined, [string]>();
  const copy = jest.fn();
  const session = { loadInsertions: () => Promise.resolve(insertions) };
  const file = attachedFile(name);
  const open = async (): Promise<void> => {
    await render(<InsertDialog {...{ file, session, onClose, onInserted, copy }} />);
    await settle();
  };
  return { insertions, onClose, onInserted, copy, open, file };
}

const settle = () => act(() => new Promise((resolve) => setTimeout(resolve)));

const dialog = (): HTMLDialogElement => document.querySelector('dialog')!;
const words = (): HTMLInputElement => dialog().querySelector('input')!;
const alertText = (): string | null | undefined => dialog().querySelector('[role=alert]')?.textContent;

function choose(index: number, value: string): void {
  const select = dialog().querySelectorAll('select')[index]!;
  select.value = value;
  tell(select, 'change');
}

async function insert(): Promise<void> {
  click(dialog(), 'Insert');
  await settle();
}

beforeEach(stubDialogs);
afterEach(clearAll);

describe('InsertDialog', () => {
  it('inserts with Enter alone: into the first field, with the name as alternative text, in full width', async () => {
    const { open, insertions, onClose, onInserted, file } = show();
    await open();
    expect(words().value.slice(words().selectionStart ?? 0, words().selectionEnd ?? 0)).toBe('the cart.v2');
    press('Enter', words());
    await settle();
    expect(insertions.intoField.mock.calls).toEqual([
      [file, 'System.Description', { alternativeText: 'the cart.v2', width: 'full' }],
    ]);
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(onInserted.mock.calls).toEqual([['Inserted into Beschreibung. Save the work item to keep it.']]);
  });

  it('inserts with the chosen place, text and width', async () => {
    const { open, insertions } = show();
    await open();
    choose(0, 'Custom.Notes');
    type(words(), 'A cart');
    choose(1, 'small');
    await insert();
    expect(insertions.intoField.mock.calls[0]?.slice(1)).toEqual([
      'Custom.Notes',
      { alternativeText: 'A cart', width: 'small' },
    ]);
  });

  it.each([
    ['inserted', 'Inserted into a new comment.'],
    ['waits', 'Save the work item to add the comment.'],
  ] as const)('tells that a comment is %s', async (outcome, notice) => {
    const { open, insertions, onInserted } = show();
    insertions.intoComment.mockResolvedValue(outcome);
    await open();
    choose(0, '');
    await insert();
    expect(onInserted.mock.calls).toEqual([[notice]]);
  });

  it('asks for no text and width of a link, and has the focus on its button', async () => {
    const { open } = show('a.log');
    await open();
    expect(dialog().querySelectorAll('input, select')).toHaveLength(1);
    expect(document.activeElement?.textContent).toBe('Insert');
  });

  it('inserts once, although Enter is pressed twice and before the fields are read', async () => {
    const { open, insertions } = show();
    const targets = createDeferred<Targets>();
    insertions.readTargets.mockReturnValue(targets.promise);
    await open();
    press('Enter', words());
    press('Enter', words());
    targets.resolve(TARGETS);
    await settle();
    await settle();
    expect(insertions.intoField).toHaveBeenCalledTimes(1);
  });

  it('adds no comment that the person has not seen as the place', async () => {
    const { open, insertions, onClose } = show();
    const targets = createDeferred<Targets>();
    insertions.readTargets.mockReturnValue(targets.promise);
    await open();
    press('Enter', words());
    targets.resolve({ fields: [], formProblem: 'failed' });
    await settle();
    expect(insertions.intoComment).not.toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
    expect(dialog().textContent).toContain("The form isn't responding");
    await insert();
    expect(insertions.intoComment).toHaveBeenCalledTimes(1);
  });

  it.each<[Exclude<FieldOutcome, 'inserted'>, RegExp]>([
    ['read-only', /^Beschreibung is read-only/],
    ['other-item', /^Another work item is open/],
    ['no-form', /^The form didn't accept/],
    ['no-place', /^Nothing can be added to Beschreibung/],
    ['unclear', /^Stapler couldn't check Beschreibung/],
  ])('keeps everything typed after the failure "%s"', async (outcome, sentence) => {
    const { open, insertions, onClose } = show();
    insertions.intoField.mockResolvedValueOnce(outcome);
    await open();
    type(words(), 'Kept');
    await insert();
    expect(alertText()).toMatch(sentence);
    expect(words().value).toBe('Kept');
    expect(onClose).not.toHaveBeenCalled();
    expect(dialog().textContent).not.toContain('Copy Markdown');
    await insert();
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('offers the Markdown for a form that does not take it', async () => {
    const { open, insertions, copy, onClose } = show();
    insertions.intoField.mockResolvedValueOnce('no-markdown');
    await open();
    choose(0, 'Custom.Notes');
    await insert();
    expect(alertText()).toMatch(/^The form doesn't accept Markdown for Notizen/);
    click(dialog(), 'Copy Markdown');
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(copy.mock.calls).toEqual([[expect.stringMatching(/^!\[the cart\.v2\]\(/), 'markdown-image']]);
  });

  it('shows a lost connection, and reads the fields again', async () => {
    const { open, insertions } = show();
    insertions.readTargets.mockRejectedValueOnce(new NetworkError('Offline.'));
    await open();
    expect(alertText()).toBeTruthy();
    click(dialog(), 'Retry');
    await settle();
    expect(alertText()).toBeUndefined();
    insertions.intoField.mockRejectedValueOnce(new NetworkError('Offline.'));
    await insert();
    expect(alertText()).toBeTruthy();
    await insert();
    expect(insertions.intoField).toHaveBeenCalledTimes(2);
  });
});
