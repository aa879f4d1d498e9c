/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { NetworkError } from '../../../../../src/base/errors';
import { createDownloads } from '../../../../../src/gallery/downloads';
import { createHubSession } from '../../../../../src/gallery/project/session/hub-session';
import { HubView } from '../../../../../src/gallery/project/view/hub-view';
import { createStateStore } from '../../../../../src/base/store';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import type { IndexFacts } from '../../../../helpers/project-index';
import { createFakeProjectIndex, projectFile, projectFiles } from '../../../../helpers/project-index';
import { clearAll, click, press, render, stubDialogs, type, until } from '../../../../helpers/render';

/** Heights in CSS pixels, as a browser would lay them out. */
const HEIGHTS: Readonly<Record<string, number>> = { 'hub-list': 400, 'hub-header': 33, 'hub-row': 41 };

beforeEach(() => {
  function height(this: Element): number {
    return HEIGHTS[this.classList[0] ?? ''] ?? 0;
  }
  jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(height);
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockImplementation(height);
  jest.spyOn(Element.prototype, 'scrollHeight', 'get').mockImplementation(function (this: Element) {
    return parseInt(this.querySelector<HTMLElement>('.hub-rows')?.style.height ?? '0');
  });
  // jsdom lays out nothing, and has no scrolling.
  Element.prototype.scrollTo = function (this: Element, options?: ScrollToOptions | number) {
    this.scrollTop = typeof options === 'object' ? (options.top ?? 0) : 0;
    this.dispatchEvent(new Event('scroll'));
  };
  stubDialogs();
});

afterEach(clearAll);

async function show(count = 500, state: IndexFacts = {}, withFiles = true) {
  const index = createFakeProjectIndex(projectFiles(count), state);
  const runtime = createFakeRuntime();
  const openWorkItem = jest.fn();
  const zip = { ...createStateStore({ status: 'idle' as const }), start: jest.fn() };
  const session = createHubSession({
    ...{ index, runtime, project: 'fabrikam' },
    host: { readSetting: () => Promise.resolve(undefined), writeSetting: jest.fn(), openWorkItem },
    ...(withFiles && {
      files: {
        readBytes: () => Promise.resolve(new Blob(['text'])),
        runTask: jest.fn(),
        downloads: createDownloads(() => Promise.resolve(), runtime),
        zip: zip as never,
      },
    }),
  });
  const place = await render(<HubView session={session} />);
  await act(() => session.start());
  await until(() => count === 0 || session.getSnapshot().result !== undefined);
  const rows = (): HTMLElement[] => [...place.querySelectorAll<HTMLElement>('.hub-row')];
  const field = (): HTMLInputElement => place.querySelector<HTMLInputElement>('input[type=search]')!;
  const text = (): string => place.textContent;
  return { index, session, place, rows, field, text, openWorkItem };
}

describe('HubView before the first index', () => {
  test('tells its cost and starts it', async () => {
    const { place, text, index } = await show(0, {
      ...{ phase: 'empty', asOf: undefined, estimate: { items: 30_000, requests: 150 } },
    });
    expect(text()).toContain('Stapler reads 30,000 work items once, in about 150 requests.');
    click(place, 'Start');
    expect(index.commands).toEqual(['open', 'build']);
  });

  test('says that there are no attachments', async () => {
    const { text } = await show(0, {
      ...{ phase: 'empty', asOf: undefined, estimate: { items: 0, requests: 1 } },
    });
    expect(text()).toContain('No work item of this project has attachments.');
  });

  test('shows the progress with Pause and Resume', async () => {
    const { place, text, index } = await show(0, {
      ...{ phase: 'indexing', asOf: undefined, progress: { done: 12_000, total: 30_000 } },
    });
    expect(text()).toContain('12,000 of 30,000 work items read');
    expect(place.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('40');
    click(place, 'Pause');
    act(() => index.set({ phase: 'paused' }));
    expect(text()).toContain('Paused · 12,000');
    click(place, 'Resume');
    expect(index.commands).toEqual(['open', 'pause', 'build']);
  });

  test('keeps the focus from Start to the search', async () => {
    const { place, index, field } = await show(0, {
      ...{ phase: 'empty', asOf: undefined, estimate: { items: 3, requests: 6 } },
    });
    const start = [...place.querySelectorAll('button')].find((each) => each.textContent === 'Start')!;
    act(() => start.focus());
    act(() => index.set({ phase: 'opening' }));
    act(() => index.set({ phase: 'indexing' }));
    expect(document.activeElement?.textContent).toBe('Pause');
    act(() => index.set({ phase: 'ready', asOf: Date.UTC(2026, 10, 3), files: 3 }));
    expect(document.activeElement).toBe(field());
  });

  test('tells why it failed, and retries', async () => {
    const { place, text, index } = await show(0, {
      ...{ phase: 'failed', asOf: undefined, error: new NetworkError('down') },
    });
    expect(text()).toContain("Can't reach Azure DevOps.");
    click(place, 'Retry');
    expect(index.commands).toEqual(['open', 'build']);
  });

  test('says that a browser without storage keeps nothing', async () => {
    const { text } = await show(10, { isKept: false });
    expect(text()).toContain('This browser keeps nothing here, so the list is read again each time.');
  });
});

describe('HubView', () => {
  test('shows the age of the list, refreshes it, and removes it after a question', async () => {
    const { place, text, index } = await show(10, { asOf: new Date(2026, 10, 3, 14, 5).getTime() });
    expect(text()).toMatch(/As of Nov 3, 2026, 2:05/);
    click(place, 'Refresh');
    click(place, 'More actions');
    act(() =>
      [...document.querySelectorAll<HTMLElement>('[role=menuitem]')]
        .find(({ textContent }) => textContent === 'Remove the stored list…')!
        .click(),
    );
    click(document.querySelector('dialog')!, 'Remove');
    expect(index.commands).toEqual(['open', 'refresh', 'remove']);
  });

  test('renders only the visible rows, with their place among all', async () => {
    const { place, rows, text } = await show(100_000);
    expect(text()).toContain('100,000 files');
    expect(rows().length).toBeGreaterThan(8);
    expect(rows().length).toBeLessThan(40);
    expect(place.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe('100001');
    expect(rows()[0]?.getAttribute('aria-rowindex')).toBe('2');
  });

  test('finds with each key, and shows conditions that cannot be understood', async () => {
    const { field, text } = await show();
    type(field(), 'build size:');
    await until(() => text().includes('56 files'));
    expect(text()).toContain('size:: The value is missing.');
  });

  test('clears a search without results', async () => {
    const { place, field, text } = await show();
    type(field(), 'nothing like this');
    await until(() => text().includes('No files match.'));
    click(place, 'Clear search');
    await until(() => text().includes('500 files'));
    expect(field().value).toBe('');
  });

  test('adds an example of a condition to the search', async () => {
    const { place, field } = await show();
    type(field(), 'build');
    click(place, 'Search conditions');
    click(place, 'duplicate:yes');
    expect(field().value).toBe('build duplicate:yes');
    expect(document.activeElement).toBe(field());
  });

  test('selects with keys like the Files tab, and goes to the search', async () => {
    const { rows, field, session, text } = await show();
    act(() => rows()[0]!.focus());
    press('ArrowDown', document.activeElement!);
    press('ArrowDown', document.activeElement!, { shiftKey: true });
    expect(session.getSnapshot().selection).toMatchObject({ count: 2, current: 2 });
    expect(document.activeElement).toBe(rows()[2]);
    press('a', document.activeElement!, { ctrlKey: true });
    expect(text()).toContain('500 selected');
    press('Escape', document.activeElement!);
    press(' ', document.activeElement!, { ctrlKey: true });
    expect(session.getSnapshot().selection.count).toBe(1);
    press('/', document.activeElement!);
    expect(document.activeElement).toBe(field());
    // A slash belongs to the text there.
    expect(press('/', field())).toBe(true);
  });

  test('goes to the last row of a long list, and keeps the focus on it', async () => {
    const { rows, session, index } = await show(10_000);
    act(() => rows()[0]!.focus());
    press('End', document.activeElement!);
    await until(() => document.activeElement?.getAttribute('data-row') === '9999');
    await until(() => index.reads.some(([start]) => start === 9_900));
    expect(session.getSnapshot().selection).toMatchObject({ count: 1, current: 9_999 });
  });

  test('opens the work item of a row without selecting it', async () => {
    const { rows, openWorkItem, session } = await show();
    click(rows()[0]!, /^Open /);
    expect(openWorkItem).toHaveBeenCalledWith(expect.any(Number));
    expect(session.getSnapshot().selection.count).toBe(0);
  });

  test('previews a row with Enter, steps to its neighbor, and closes', async () => {
    const { rows } = await show();
    act(() => rows()[0]!.focus());
    press('Enter', document.activeElement!);
    const preview = (): HTMLElement | null => document.querySelector('dialog');
    const first = preview()?.getAttribute('aria-label');
    expect(first).toMatch(/^Preview of /);
    press('ArrowRight', preview()!);
    expect(preview()?.getAttribute('aria-label')).not.toBe(first);
    expect(preview()?.textContent).toContain('2 of 500');
    click(preview()!, 'Close the preview');
    expect(preview()).toBeNull();
  });

  test('has no preview and no download without access to files', async () => {
    const { rows, session, text } = await show(10, {}, false);
    act(() => rows()[0]!.focus());
    press(' ', document.activeElement!);
    press('Enter', document.activeElement!);
    expect(session.getSnapshot().selection.count).toBe(1);
    expect(document.querySelector('dialog')).toBeNull();
    expect(text()).not.toContain('Download');
    expect(text()).toContain('Copy list');
  });

  test('tells why a search failed, and retries', async () => {
    const { index, field, place, text } = await show();
    index.failNext = new NetworkError('down');
    type(field(), 'build');
    await until(() => text().includes("Can't reach Azure DevOps."));
    click(place, 'Retry');
    await until(() => text().includes('56 files'));
  });

  test('saves a search under a name', async () => {
    const { field, place, session } = await show();
    type(field(), 'type:log');
    click(place, 'Saved searches');
    act(() => document.querySelector<HTMLElement>('[role=menuitem]')!.click());
    const dialog = document.querySelector('dialog')!;
    type(dialog.querySelector('input')!, 'Logs');
    act(() => dialog.querySelector('form')!.requestSubmit());
    expect(session.getSnapshot().saved).toMatchObject([{ name: 'Logs', text: 'type:log' }]);
  });
});

describe('ReportView', () => {
  test('shows tables with captions, and filters by a segment', async () => {
    const { place, text, field } = await show();
    click(place, 'Report');
    await until(() => text().includes('Largest files'));
    const captions = [...place.querySelectorAll('caption')].map(({ textContent }) => textContent);
    expect(captions).toEqual([
      ...['By type', 'By size', 'By person', 'By area', 'By state', 'By month'],
      ...['Largest files', 'Oldest files on closed work items'],
      'Work items near the limit of 100 attachments',
    ]);
    click(place, 'Closed');
    expect(field().value).toBe('state:Closed');
    await until(() => place.querySelector('.hub-segment[aria-pressed=true]')?.textContent === 'Closed');
    click(place, 'Closed');
    expect(field().value).toBe('');
  });

  test('says what a removal frees, and when', async () => {
    const { place, text } = await show();
    click(place, 'Report');
    await until(() => text().includes('Largest files'));
    expect(text()).toContain('Removing a file frees its space after 28 days');
    expect(text()).toContain('A file that another work item uses stays.');
  });

  test('shows all groups of a long chart on request', async () => {
    const { place, text } = await show();
    click(place, 'Report');
    await until(() => text().includes('By month'));
    const chart = place.querySelectorAll('.hub-chart')[5]!;
    const months = (): number => chart.querySelectorAll('tbody tr').length;
    expect(months()).toBe(8);
    click(chart, 'Show all (14)');
    expect(months()).toBe(14);
  });

  test('shows the files of a work item that is nearly full', async () => {
    const { place, text, session } = await show();
    click(place, 'Report');
    await until(() => text().includes('Work items near the limit'));
    click(place, /^\d+ files /);
    expect(session.getSnapshot()).toMatchObject({ part: 'files' });
    expect(session.getSnapshot().search.text).toMatch(/^on:\d+$/);
  });

  test('says that lists are empty', async () => {
    const { index, place, text } = await show(1);
    const file = projectFile(2);
    act(() =>
      index.replace([{ ...file, isDuplicate: false, item: { ...file.item, isClosed: false, fileCount: 1 } }]),
    );
    click(place, 'Report');
    await until(() => text().includes('There are no files on closed work items.'));
    await until(() => text().includes('There are no duplicates.'));
    expect(text()).toContain('No work item has 80 attachments or more.');
  });
});
