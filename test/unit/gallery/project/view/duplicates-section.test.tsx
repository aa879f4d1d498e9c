/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { NetworkError } from '../../../../../src/base/errors';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import type { HubActionServices } from '../../../../../src/gallery/project/session/hub-action';
import { createHubSession } from '../../../../../src/gallery/project/session/hub-session';
import { ReportView } from '../../../../../src/gallery/project/view/report-view';
import type { HubSession } from '../../../../../src/gallery/project/session/hub-session';
import { useStore } from '../../../../../src/ui/hooks';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createFakeProjectIndex, projectFile } from '../../../../helpers/project-index';
import { clearAll, click, render, until } from '../../../../helpers/render';

afterEach(clearAll);

/** Groups of `copies` files each, of different sizes. */
function groupsOf(count: number, copies: number, facts: Partial<ProjectFile> = {}): readonly ProjectFile[] {
  return Array.from({ length: count * copies }, (_, number) => {
    const group = Math.floor(number / copies);
    const name = `group-${group}.bin`;
    return projectFile(number, {
      ...{ name, size: 1_000_000 - 1_000 * group, addedAt: number + 1, isDuplicate: true, ...facts },
    });
  });
}

const PROVEN = { hasSameContent: true };

function Report({ session }: { session: HubSession }): React.JSX.Element | null {
  const state = useStore(session);
  return state.result ? <ReportView state={state} result={state.result} session={session} /> : null;
}

async function show(files: readonly ProjectFile[], { maySave = true, withActions = true } = {}) {
  const index = createFakeProjectIndex(files);
  const runtime = createFakeRuntime();
  const save = jest.fn();
  const send = jest.fn(() => Promise.reject(new NetworkError('down')));
  const services = {
    connection: { onThrottled: jest.fn(), getBaseUrl: () => Promise.resolve('https://a'), send },
    ...{ runtime, getPerson: () => ({ id: '', name: '' }) },
  };
  const session = createHubSession({
    ...{ index, runtime, project: 'fabrikam', maySave: () => maySave, save },
    host: { readSetting: () => Promise.resolve(undefined), writeSetting: jest.fn(), openWorkItem: jest.fn() },
    ...(withActions && {
      actions: { services, project: { id: 'p', name: 'P' } } as unknown as HubActionServices,
    }),
  });
  const place = await render(<Report session={session} />);
  await act(() => session.start());
  act(() => session.show('report'));
  await until(() => place.querySelector('.hub-duplicates h2') !== null);
  const rows = (): HTMLElement[] => [...place.querySelectorAll<HTMLElement>('.hub-duplicates tbody tr')];
  const text = (): string => place.querySelector('.hub-duplicates')?.textContent ?? '';
  return { index, session, place, rows, text, save, runtime };
}

describe('DuplicatesSection', () => {
  test('tells proven from probable groups, and the cost to compare those', async () => {
    const { text, rows } = await show([...groupsOf(2, 3, PROVEN), ...groupsOf(1, 2, { size: 500 })]);
    await until(() => rows().length === 3);
    expect(text()).toContain('There are 2 groups of files with the same content.');
    expect(text()).toContain('There is 1 group of files that are probably the same, by name and size.');
    expect(text()).toContain('Comparing them reads up to 1.0 KB in about 2 requests.');
    expect(rows().map((row) => row.querySelector('.hub-set-facts')?.textContent)).toEqual([
      'Same content · 1.0 MB',
      'Same content · 999 KB',
      'Probably the same · 500 B',
    ]);
    expect([...rows()[0]!.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual([
      ...['2', '1.0 MB', '2.0 MB'],
    ]);
  });

  test('says that there are no duplicates', async () => {
    const { text, rows } = await show([projectFile(1, { isDuplicate: false })]);
    expect(text()).toBe('DuplicatesThere are no duplicates.');
    expect(rows()).toEqual([]);
  });

  test('shows the files of a group', async () => {
    const { place, rows, session } = await show(groupsOf(1, 2, PROVEN));
    await until(() => rows().length === 1);
    click(place, /^group-0\.bin/);
    expect(session.getSnapshot()).toMatchObject({ part: 'files', search: { text: 'duplicate:00000000' } });
  });

  test('shows more groups on request', async () => {
    const { place, rows } = await show(groupsOf(30, 2, PROVEN));
    await until(() => rows().length === 10);
    click(place, 'Show more');
    await until(() => rows().length === 30);
  });

  test('selects all but the oldest, and asks before the removal', async () => {
    const { place, session, rows } = await show(groupsOf(2, 3, PROVEN));
    await until(() => rows().length === 2);
    click(place, 'Select all but the oldest…');
    await until(() => session.getSnapshot().action !== undefined);
    const { action, selection } = session.getSnapshot();
    expect(selection.count).toBe(4);
    expect(action).toMatchObject({ kind: 'remove', rows: { ranges: selection.ranges }, keepsOldest: true });
  });

  test('offers no removal of probable groups', async () => {
    const { place, rows } = await show(groupsOf(1, 2));
    await until(() => rows().length === 1);
    expect(place.textContent).not.toContain('Select all but the oldest…');
  });

  test('saves all groups as a table', async () => {
    const { place, rows, save } = await show(groupsOf(1, 2, PROVEN));
    await until(() => rows().length === 1);
    click(place, 'Export groups');
    await until(() => save.mock.calls.length > 0);
    expect(save).toHaveBeenCalledWith(expect.any(Blob), 'duplicates.csv');
  });

  test('offers the groups to copy where files cannot be saved', async () => {
    const { place, rows, text } = await show(groupsOf(1, 2, PROVEN), { maySave: false });
    await until(() => rows().length === 1);
    click(place, 'Export groups');
    await until(() => text().includes("Files can't be saved here. Copy the list instead."));
    click(place, 'Close');
    expect(text()).not.toContain("Files can't be saved here.");
  });

  test('tells why the groups cannot be read, and reads them again', async () => {
    const { place, rows, text, index } = await show(groupsOf(1, 2, PROVEN));
    await until(() => rows().length === 1);
    index.failNext = new NetworkError('down');
    click(place, 'Export groups');
    await until(() => text().includes("Can't reach Azure DevOps."));
  });

  test('tells why a comparison stopped, and continues it', async () => {
    const { place, text, runtime } = await show(groupsOf(1, 2));
    click(place, 'Compare contents');
    for (let turn = 0; turn < 50 && !text().includes("Can't reach Azure DevOps."); turn++)
      await act(async () => {
        await runtime.pass(60_000);
        await new Promise((resolve) => setTimeout(resolve));
      });
    expect(text()).toContain("Can't reach Azure DevOps.");
    click(place, 'Retry');
    await until(() => text().includes('Pause'));
    click(place, 'Pause');
    await until(() => text().includes('Paused · 0 of 2 files compared'));
    click(place, 'Cancel');
    await until(() => text().includes('Compare contents'));
  });

  test('compares nothing where files can neither be read nor removed', async () => {
    const { place, rows } = await show(groupsOf(1, 2), { withActions: false });
    await until(() => rows().length === 1);
    expect(place.textContent).not.toContain('Compare contents');
    expect(place.textContent).not.toContain('Export groups');
  });
});
