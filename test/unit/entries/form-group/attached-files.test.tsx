/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { NetworkError } from '../../../../src/base/errors';
import { AttachedFiles } from '../../../../src/entries/form-group/attached-files';
import type { RenderGallery } from '../../../../src/gallery/gallery-in-form';
import type { Deferred } from '../../../helpers/deferred';
import { createDeferred, flush } from '../../../helpers/deferred';
import { clearAll, click, render } from '../../../helpers/render';
import type { Button } from './fake-button';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

afterEach(clearAll);

/** Renders the part; the test answers the loads. */
async function show(
  facts: {
    attachmentCount?: number;
    justAttached?: number;
    notShown?: 'unsaved-edits' | 'failed';
    limit?: number;
  } = {},
) {
  const loads: Deferred<RenderGallery>[] = [];
  const openGallery = (): Promise<RenderGallery> => {
    const load = createDeferred<RenderGallery>();
    loads.push(load);
    return load.promise;
  };
  let change: (next: typeof facts) => void = () => undefined;
  const onAlsoAttach = jest.fn();
  function Page(): React.JSX.Element {
    const [isUnfolded, setUnfolded] = React.useState(false);
    const [now, setNow] = React.useState(facts);
    change = setNow;
    return (
      <AttachedFiles
        attachmentCount={now.attachmentCount ?? 0}
        attachmentLimit={now.limit ?? 100}
        justAttached={now.justAttached ?? 0}
        notShown={now.notShown}
        onAlsoAttach={onAlsoAttach}
        openGallery={openGallery}
        isUnfolded={isUnfolded}
        onFold={setUnfolded}
      />
    );
  }
  const place = await render(<Page />);
  return {
    ...{ place, loads, onAlsoAttach },
    words: () => place.textContent,
    change: (next: typeof facts) => act(() => change(next)),
    succeed: () =>
      act(async () => {
        loads
          .at(-1)
          ?.resolve(({ isFolded, onUnfold }) => (
            <button onClick={onUnfold}>{isFolded ? 'strip' : 'list'}</button>
          ));
        await Promise.resolve();
      }),
    fail: () =>
      act(async () => {
        loads.at(-1)?.reject(new NetworkError('No answer.'));
        await Promise.resolve();
      }),
  };
}

describe('AttachedFiles', () => {
  test('loads nothing for a work item without attachments', async () => {
    const { loads, words } = await show();
    expect(loads).toHaveLength(0);
    expect(words()).toBe('No attachments yet');
  });

  test('shows the strip, unfolds it to the list by both buttons, and folds it', async () => {
    const { place, loads, words, succeed } = await show({ attachmentCount: 37 });
    expect([loads.length, words()]).toEqual([1, '37 attachments']);
    await succeed();
    expect(words()).toBe('37 attachmentsstrip');
    click(place, '37 attachments');
    expect(words()).toBe('37 attachmentslist');
    click(place, '37 attachments');
    click(place, 'strip');
    expect(words()).toBe('37 attachmentslist');
    expect(loads).toHaveLength(1);
  });

  test.each([
    [89, 100, '89 attachments'],
    [90, 100, '90 attachments · 10 left'],
    [93, 100, '93 attachments · 7 left'],
    [100, 100, '100 attachments'],
    [140, Infinity, '140 attachments'],
  ])('shows, with %d attachments of at most %d, “%s”', async (attachmentCount, limit, words) => {
    expect((await show({ attachmentCount, limit })).words()).toBe(words);
  });

  test('keeps the place of the strip while it is loaded', async () => {
    const { place, succeed } = await show({ attachmentCount: 37 });
    expect(place.querySelectorAll('.attached-latest')).toHaveLength(1);
    await succeed();
    expect(place.querySelectorAll('.attached-latest')).toHaveLength(1);
  });

  test('loads the strip with the first file that is attached', async () => {
    const { loads, words, change } = await show();
    change({ attachmentCount: 1, justAttached: 1 });
    // Its code is loaded with the first file.
    await act(flush);
    expect([loads.length, words()]).toEqual([1, '1 attachment1 file attachedAlso attach to…']);
  });

  test('offers the files just attached for more work items', async () => {
    const { place, onAlsoAttach } = await show({ attachmentCount: 2, justAttached: 1 });
    click(place, 'Also attach to…');
    expect(onAlsoAttach).toHaveBeenCalledTimes(1);
  });

  test('keeps the number and offers another try when the load fails', async () => {
    const { place, words, succeed, fail } = await show({ attachmentCount: 37 });
    await fail();
    expect(words()).toContain('37 attachments');
    expect(words()).toContain("Couldn't load the attachments");
    expect(place.querySelector('[role=alert]')).toBeNull();
    click(place, 'Retry');
    await succeed();
    expect(words()).toBe('37 attachmentsstrip');
  });

  test.each([
    [1, 'Refresh the form to see the file.'],
    [2, 'Refresh the form to see the files.'],
  ])('explains how to see %d files that the form does not show', async (justAttached, words) => {
    const shown = await show({ attachmentCount: 2, justAttached, notShown: 'failed' });
    expect(shown.words()).toContain(words);
    await shown.fail();
    expect(shown.words()).not.toContain('Refresh the form');
  });

  test('interrupts a screen reader with a failed load only when the list was asked for', async () => {
    const { place, fail } = await show({ attachmentCount: 37 });
    click(place, '37 attachments');
    await fail();
    expect(place.querySelector('[role=alert]')?.textContent).toContain("Couldn't load the attachments");
  });
});
