/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { createStateStore } from '../../../../../src/base/store';
import type { ExportState } from '../../../../../src/gallery/export/export-job';
import type { ExportOptions, FilesToExport } from '../../../../../src/gallery/project/actions/file-export';
import type { ChosenState } from '../../../../../src/gallery/project/actions/read-chosen';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import { createFileRemoval } from '../../../../../src/gallery/project/actions/file-removal';
import type { CleanUpState } from '../../../../../src/gallery/project/clean-up/clean-up';
import { ExportDialog } from '../../../../../src/gallery/project/view/export-dialog';
import { RemoveDialog } from '../../../../../src/gallery/project/view/remove-dialog';
import { createFakeProjectIndex } from '../../../../helpers/project-index';
import { clearAll, click, press, render, stubDialogs } from '../../../../helpers/render';
import { begin } from '../clean-up/begin';

beforeEach(stubDialogs);

afterEach(clearAll);

const dialog = (): HTMLElement => document.querySelector('dialog')!;
const text = (): string => dialog().textContent;

const CHOSEN: FilesToExport = {
  byItem: new Map([[7, new Set(['a'])]]),
  ...{ files: 5, bytes: 3e9, archives: 6 },
};

async function showExport(maySave = true, commands: readonly string[] = ['stapler export 7']) {
  const reader = createStateStore<ChosenState<FilesToExport>>(
    { status: 'read', chosen: CHOSEN },
    { notify: 'at-once' },
  );
  const options = createStateStore<ExportOptions>({ layout: 'folders', include: new Set(), commands });
  const job = createStateStore<ExportState>({ status: 'idle' }, { notify: 'at-once' });
  const work = {
    ...{ options, maySave, open: jest.fn(), choose: jest.fn(), include: jest.fn() },
    ...{ start: jest.fn(), close: jest.fn() },
    reader: { ...reader, read: jest.fn(), stop: jest.fn() },
    job: { ...job, start: jest.fn(), next: jest.fn(), retry: jest.fn(), cancel: jest.fn() },
  };
  const onClose = jest.fn();
  await render(<ExportDialog work={work} onClose={onClose} />);
  const set = (state: ExportState): void => act(() => job.setState(state));
  const read = (state: ChosenState<FilesToExport>): void => act(() => reader.setState(state));
  return { work, onClose, set, read };
}

describe('ExportDialog', () => {
  test('shows the estimate and the command, and passes the choices on', async () => {
    const { work } = await showExport();
    expect(text()).toContain('5 files, 3.0 GB, on 1 work item · about 6 archives');
    expect(dialog().querySelector('pre')?.textContent).toBe('stapler export 7');
    const [, flat] = dialog().querySelectorAll<HTMLInputElement>('input[type=radio]');
    act(() => flat!.click());
    expect(work.choose).toHaveBeenCalledWith('flat');
    const [images] = dialog().querySelectorAll<HTMLInputElement>('input[type=checkbox]');
    act(() => images!.click());
    expect(work.include).toHaveBeenCalledWith('inline', true);
    click(dialog(), 'Export');
    expect(work.start).toHaveBeenCalled();
  });

  test('offers only the command where files cannot be saved', async () => {
    await showExport(false);
    expect(text()).toContain("Files can't be saved here. Export them with the command line instead.");
    expect(text()).toContain('Copy command');
    expect([...dialog().querySelectorAll('button')].map((button) => button.textContent)).not.toContain(
      'Export',
    );
  });

  test('saves one archive after another, and cancels with Escape', async () => {
    const { work, set, onClose } = await showExport();
    const facts = { volumes: 5, files: 40, bytes: 5e8 };
    set({ status: 'waiting', volume: 1, ...facts });
    expect(text()).toContain('Archive 1 of 5');
    click(dialog(), 'Save');
    set({ status: 'packing', volume: 1, bytesDone: 2.5e8, ...facts });
    expect(dialog().querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('50');
    set({ status: 'waiting', volume: 2, ...facts });
    click(dialog(), 'Save next');
    expect(work.job.next).toHaveBeenCalledTimes(2);
    press('Escape', dialog());
    expect(work.job.cancel).toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
  });

  test('lists the files that were not exported, with the reasons', async () => {
    const { set, onClose } = await showExport();
    const problem = { kind: 'elsewhere' } as const;
    const notExported = Array.from({ length: 120 }, (_, number) => ({
      ...{ workItemId: 7, name: `${number}.png`, problem },
    }));
    set({ status: 'done', files: 4, bytes: 2_048, notExported });
    expect(text()).toContain('4 files exported, 2.0 KB.');
    expect(text()).toContain('Not exported (120):');
    expect(dialog().querySelectorAll('li')).toHaveLength(100);
    expect(dialog().querySelector('li')?.textContent).toContain('0.png · #7This file is outside');
    expect(text()).toContain('20 more');
    click(dialog(), 'Close');
    expect(onClose).toHaveBeenCalled();
  });

  test('retries after a failure, also of the list', async () => {
    const { work, set, read } = await showExport();
    set({ status: 'failed', problem: { kind: 'network' } });
    expect(text()).toContain("Can't reach Azure DevOps.");
    click(dialog(), 'Retry');
    expect(work.job.retry).toHaveBeenCalled();
    read({ status: 'failed', problem: { kind: 'network' } });
    click(dialog(), 'Retry');
    expect(work.open).toHaveBeenCalled();
    read({ status: 'reading', done: 1_000, total: 5_000 });
    expect(text()).toContain('1,000 of 5,000 files read');
    read({ status: 'outdated' });
    expect(text()).toContain('The list changed meanwhile. Choose the files again.');
  });
});

async function showRemoval(attached = { 7: [1, 2], 8: [3] }) {
  const test = begin({ attached });
  return { ...test, ...(await showRemovalOf(test, test.files)) };
}

async function showRemovalOf(test: ReturnType<typeof begin>, files: readonly ProjectFile[], first = 0) {
  const index = createFakeProjectIndex(files);
  const result = await index.search({ text: '', sortBy: 'item', isDescending: false });
  const rows = { result, ranges: [{ from: first, until: result.count }] };
  const { services, bin } = test;
  const work = createFileRemoval({ services, bin, index, rows, keepsOldest: first > 0 });
  const onClose = jest.fn();
  const save = jest.fn();
  await render(<RemoveDialog work={work} save={save} onClose={onClose} />);
  /** Waits for a phase of the removal. */
  const reach = (...phases: readonly CleanUpState['phase'][]): Promise<void> =>
    act(() =>
      test.complete(
        new Promise<void>((resolve) => {
          const look = (): void => {
            if (!phases.includes(work.cleanUp.state.getSnapshot().phase)) return;
            resolve();
          };
          work.cleanUp.state.subscribe(look, 'at-once');
          look();
        }),
      ),
    );
  return { index, work, onClose, save, reach };
}

describe('RemoveDialog', () => {
  test('lists the copies that stay because the oldest file cannot be read', async () => {
    const test = begin({ attached: { 7: [1], 8: [2] }, gone: [1] });
    const facts = { name: 'a.bin', size: 9, isDuplicate: true, hasSameContent: true };
    const files = test.files.map((file, index) => ({ ...file, ...facts, addedAt: index }));
    const { work, reach } = await showRemovalOf(test, files, 1);
    void work.open();
    await reach('checked');
    expect(text()).toContain('None of these files can be removed.');
    expect(text()).toContain(
      "Not removed:a.bin · #8The oldest file with this content is gone or can't be read.",
    );
  });

  test('asks first, removes, saves a report, and restores', async () => {
    const { work, reach, service, save, onClose } = await showRemoval();
    void work.open();
    await reach('checked');
    expect(text()).toContain('3 files, 60 B, on 2 work items');
    expect(text()).toContain('Removing a file frees its space after 28 days');
    expect(service.item(7).relations).toHaveLength(2);
    click(dialog(), 'Remove');
    await reach('removed');
    expect(text()).toContain('3 files removed. 60 B become free after 28 days.');
    expect(service.item(7).relations).toHaveLength(0);
    click(dialog(), 'Download report (CSV)');
    expect(save).toHaveBeenCalledWith(expect.any(Blob), 'removed-files.csv');
    click(dialog(), 'Undo');
    await reach('restored');
    expect(text()).toContain('3 files restored.');
    expect(service.item(7).relations).toHaveLength(2);
    click(dialog(), 'Close');
    expect(onClose).toHaveBeenCalled();
  });

  test('says that no file is left to remove, and changes nothing', async () => {
    const { work, reach, service } = await showRemoval();
    for (const id of [7, 8]) service.restore({ ...service.item(id), relations: [], revision: 9 });
    void work.open();
    await reach('checked');
    expect(text()).toContain('None of these files can be removed.');
    expect(text()).toContain('3 files were removed already.');
    expect([...dialog().querySelectorAll('button')].map((button) => button.textContent)).toEqual(['Close']);
  });

  test('pauses with Escape instead of closing, and resumes', async () => {
    const { work, reach, onClose } = await showRemoval();
    void work.open();
    await reach('checked');
    click(dialog(), 'Remove');
    press('Escape', dialog());
    expect(onClose).not.toHaveBeenCalled();
    await reach('paused');
    expect(text()).toContain('Paused · 0 files removed · 3 files left');
    click(dialog(), 'Resume');
    await reach('removed');
    expect(text()).toContain('3 files removed.');
  });
});
