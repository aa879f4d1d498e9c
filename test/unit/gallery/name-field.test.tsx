/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { NetworkError } from '../../../src/base/errors';
import { NameField } from '../../../src/gallery/changes/name-field';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { attachedFilesOf, keyOfFile } from '../../../src/gallery/model/attached-file';
import { clearAll, press, render, type } from '../../helpers/render';
import { workItemWith } from '../../helpers/uploads';

async function show() {
  const rename = jest.fn<Promise<void>, [AttachedFile, string]>(() => Promise.resolve());
  const onClose = jest.fn<undefined, [boolean]>();
  const onRowKey = jest.fn();
  const [file] = attachedFilesOf(workItemWith([1]));
  const edit = jest.fn();
  const getSnapshot = () => ({ editing: keyOfFile(file!), renamed: undefined });
  const session = { renames: { rename, edit, getSnapshot } } as unknown as Parameters<
    typeof NameField
  >[0]['session'];
  const place = await render(
    <div onKeyDown={onRowKey}>
      <NameField file={file!} session={session} onClose={onClose} />
    </div>,
  );
  const field = place.querySelector('input')!;
  return {
    ...{ rename, edit, onClose, onRowKey, field, place },
    /** Presses a key and waits for the answer. */
    key: (name: string) =>
      act(async () => {
        press(name, field);
        await Promise.resolve();
      }),
  };
}

afterEach(clearAll);

describe('NameField', () => {
  it('has the focus, with the name before its extension selected', async () => {
    const { field } = await show();
    expect(document.activeElement).toBe(field);
    expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe('1');
  });

  it('renames with Enter, and keeps its keys from the list', async () => {
    const { field, key, rename, onClose, onRowKey } = await show();
    type(field, 'b.txt');
    await key('Delete');
    await key('Enter');
    expect(rename.mock.calls.map(([, name]) => name)).toEqual(['b.txt']);
    expect(onClose.mock.calls).toEqual([[true]]);
    expect(onRowKey).not.toHaveBeenCalled();
  });

  it('cancels with Escape, and does not save when the field is removed after it', async () => {
    const { field, key, rename, onClose } = await show();
    type(field, 'b.txt');
    await key('Escape');
    act(() => field.blur());
    expect(rename).not.toHaveBeenCalled();
    expect(onClose.mock.calls).toEqual([[true]]);
  });

  it('saves a valid name when the focus leaves it, and drops an invalid one', async () => {
    jest.spyOn(document, 'hasFocus').mockReturnValue(true);
    const valid = await show();
    type(valid.field, 'b.txt');
    await act(async () => {
      valid.field.blur();
      await Promise.resolve();
    });
    expect(valid.rename.mock.calls.map(([, name]) => name)).toEqual(['b.txt']);
    expect(valid.onClose.mock.calls).toEqual([[false]]);
    const invalid = await show();
    type(invalid.field, ' ');
    act(() => invalid.field.blur());
    expect(invalid.rename).not.toHaveBeenCalled();
    expect(invalid.onClose.mock.calls).toEqual([[false]]);
  });

  it('ends the editing when its row disappears', async () => {
    const { edit } = await show();
    expect(edit).not.toHaveBeenCalled();
    clearAll();
    expect(edit.mock.calls).toEqual([[undefined]]);
  });

  it('stays open while the window is in the background', async () => {
    jest.spyOn(document, 'hasFocus').mockReturnValue(false);
    const { field, rename, onClose } = await show();
    type(field, 'b.txt');
    act(() => field.blur());
    expect([rename.mock.calls, onClose.mock.calls]).toEqual([[], []]);
  });

  it('stays open with the reason after a failure or an invalid name', async () => {
    const { field, key, rename, onClose, place } = await show();
    const message = (): string => place.querySelector('[role=alert]')!.textContent;
    type(field, 'a/b.txt');
    await key('Enter');
    expect(message()).toBe("A name can't contain / or \\.");
    type(field, 'b.txt');
    expect(message()).toBe('');
    rename.mockRejectedValueOnce(new NetworkError('No answer.'));
    await key('Enter');
    expect(message()).toContain("Can't reach Azure DevOps.");
    expect(field.value).toBe('b.txt');
    expect(onClose).not.toHaveBeenCalled();
  });
});
