/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { HostError } from '../../../../../src/base/errors';
import { createStateStore } from '../../../../../src/base/store';
import type { RunsState } from '../../../../../src/gallery/project/actions/recorded-runs';
import { openRun } from '../../../../../src/gallery/project/actions/recorded-runs';
import type { HubDialogs } from '../../../../../src/gallery/project/session/hub-session';
import { CleanUpDialog } from '../../../../../src/gallery/project/view/clean-up-dialog';
import { RunDialog, RunsDialog } from '../../../../../src/gallery/project/view/runs-dialog';
import { StoppedRun } from '../../../../../src/gallery/project/view/stopped-run';
import { clearAll, click, press, render, stubDialogs, type, until } from '../../../../helpers/render';
import { startRules } from '../actions/begin-rules';
import { begin, numbersOf } from '../clean-up/begin';

beforeEach(stubDialogs);

afterEach(clearAll);

const dialog = (): HTMLElement => document.querySelector('dialog')!;
const text = (): string => dialog().textContent;
const buttons = (): readonly (string | null)[] =>
  [...dialog().querySelectorAll('button')].map((button) => button.textContent);

function check(label: string): void {
  const found = [...dialog().querySelectorAll('label')].find((each) => each.textContent.startsWith(label));
  act(() => found!.querySelector('input')!.click());
}

/** Advances the clock until the dialog shows a text. */
async function see(expected: string, { runtime }: Pick<ReturnType<typeof begin>, 'runtime'>): Promise<void> {
  for (let rounds = 0; !text().includes(expected); rounds++) {
    if (rounds > 500) throw new Error(`“${expected}” is not in: ${text()}`);
    await act(async () => {
      await runtime.pass(30_000);
      await new Promise((resolve) => setTimeout(resolve));
    });
  }
}

type Rules = Awaited<ReturnType<typeof startRules>>;

async function showRules(change: (test: Rules) => Rules = (test) => test, frame = '') {
  const test = change(await startRules(frame));
  const onClose = jest.fn();
  const save = jest.fn<undefined, [Blob, string]>();
  await render(<CleanUpDialog work={test.work} save={save} onClose={onClose} />);
  /** Clicks, then waits for a text. */
  const go = async (name: string, expected: string): Promise<void> => {
    click(dialog(), name);
    await see(expected, test);
  };
  return { ...test, onClose, save, go };
}

/** The `Blob` of jsdom has no `text`. */
function textOf(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(blob);
  });
}

describe('CleanUpDialog', () => {
  test('counts, shows the plan with what stays, removes, reports, and restores', async () => {
    const { go, save, attached } = await showRules();
    expect(text()).toContain('Choose at least one rule.');
    check('On closed work items');
    await until(() => text().includes('1 file matches, 4 B. 1 file in a text stays.'));
    await go('Dry run', 'To remove:');
    expect(text()).toContain('1 file, 30 B, on 1 work item');
    expect(text()).toContain('Kept:a.log · #8Shown in a text of its work item.');
    expect(text()).toContain('Azure DevOps sends no notifications about this.');
    click(dialog(), 'Download plan (CSV)');
    expect(await textOf(save.mock.calls[0]![0])).toMatch(/,open,[^]*,kept,in-text,/);
    expect(attached()).toEqual([[1, 2], [3, 4], [5]]);
    await go('Remove 1 file', '1 file removed.');
    expect(attached()).toEqual([[1, 2], [4], [5]]);
    click(dialog(), 'Download report (CSV)');
    expect(save).toHaveBeenLastCalledWith(expect.any(Blob), 'removed-files.csv');
    await go('Undo', '1 file restored.');
    expect(attached()).toEqual([[1, 2], [4, 3], [5]]);
  });

  test('offers no dry run for a size that is no number, and names the search that limits the files', async () => {
    await showRules(undefined, 'on:8');
    expect(text()).toContain('Only files of the current search: on:8');
    type(dialog().querySelector<HTMLInputElement>('input[inputmode]')!, '1x');
    expect(text()).toContain('Write a number, such as 10 or 0.5.');
    const start = [...dialog().querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Dry run',
    );
    expect(start!.getAttribute('aria-disabled') ?? String(start!.disabled)).toBe('true');
  });

  test('leads back to the rules with Escape, and closes from there', async () => {
    const { go, onClose } = await showRules();
    check('On closed work items');
    await go('Dry run', 'To remove:');
    click(dialog(), 'Back');
    expect(buttons()).toContain('Dry run');
    press('Escape', dialog());
    expect(onClose).toHaveBeenCalled();
  });

  test('says that nothing was recorded before it removes, and offers the plan', async () => {
    const { go, attached, save } = await showRules((test) => {
      test.documents.runs.onWrite = () => {
        throw new HostError('The data is not available.');
      };
      return test;
    });
    check('On closed work items');
    await go('Dry run', 'To remove:');
    await go('Remove 1 file', "The removal can't be recorded, so nothing was removed.");
    expect(attached()).toEqual([[1, 2], [3, 4], [5]]);
    click(dialog(), 'Download plan (CSV)');
    expect(save).toHaveBeenCalledWith(expect.any(Blob), 'removal-plan.csv');
    await go('Remove anyway', '1 file removed.');
  });
});

describe('RunsDialog', () => {
  const RUN = {
    ...{ id: 'a', startedAt: 0, files: 5, bytes: 3e9, removed: 5, restored: 0, open: 0 },
    ...{ isDismissed: false, isInProgress: false },
  };

  test('lists each run with its state, and opens it', async () => {
    const store = createStateStore<RunsState>({ status: 'reading' }, { notify: 'at-once' });
    const runs = { ...store, read: jest.fn(), dismiss: jest.fn() };
    const onOpen = jest.fn();
    await render(<RunsDialog runs={runs} onOpen={onOpen} onClose={jest.fn()} />);
    act(() => store.setState({ status: 'failed', problem: { kind: 'network' } }));
    click(dialog(), 'Retry');
    expect(runs.read).toHaveBeenCalled();
    act(() => store.setState({ status: 'read', runs: [] }));
    expect(text()).toContain('There are no earlier removals.');
    const list = [
      RUN,
      { ...RUN, id: 'b', removed: 2, open: 3 },
      { ...RUN, id: 'c', removed: 1, restored: 4 },
      { ...RUN, id: 'd', removed: 0, restored: 5 },
      { ...RUN, id: 'e', open: 3, isInProgress: true },
    ];
    act(() => store.setState({ status: 'read', runs: list }));
    const lines = [...dialog().querySelectorAll('li')].map(({ textContent }) => textContent);
    const states = [
      ['5 files, 3.0 GB', 'Removed', 'Restore…'],
      ['2 files, 3.0 GB', 'Stopped · 3 files left', 'Resume…'],
      ['5 files, 3.0 GB', '4 of 5 files restored', 'Restore…'],
      ['5 files, 3.0 GB', 'Restored', 'Report…'],
      ['5 files, 3.0 GB', 'In progress in another tab'],
    ];
    states.forEach((parts, index) => expect(lines[index]).toContain(parts.join('')));
    act(() => dialog().querySelectorAll('li')[1]!.querySelector('button')!.click());
    expect(onOpen).toHaveBeenCalledWith('b');
  });
});

/** A run that paused after its first batch, in the record. */
async function startStopped() {
  const attached = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [at + 1, [at + 1]]));
  const test = begin({ attached });
  await test.complete(test.cleanUp.check(test.plan));
  test.cleanUp.state.subscribe(() => {
    if ((test.cleanUp.state.getSnapshot().progress?.done ?? 0) > 0) test.cleanUp.pause();
  }, 'at-once');
  await test.complete(test.cleanUp.start());
  const [run] = await test.createPage().bin.list();
  return { ...test, run: run! };
}

test('StoppedRun reminds of a removal that stopped, and leads to it', async () => {
  const { documents, run, createPage } = await startStopped();
  const onOpen = jest.fn();
  const openDocuments = (name: string) => (name.endsWith('runs') ? documents.runs : documents.entries).open();
  const dialogs = { openDocuments, project: { id: 'p', name: 'P' } } as unknown as HubDialogs;
  const place = await render(<StoppedRun dialogs={dialogs} onOpen={onOpen} />);
  await until(() => place.textContent.includes('The removal of 60 files on'));
  expect(place.textContent).toContain('stopped. 10 left.');
  click(place, 'Resume');
  click(place, 'Restore…');
  expect(onOpen.mock.calls).toEqual([
    [{ kind: 'run', id: run.id, resumes: true }],
    [{ kind: 'run', id: run.id, resumes: false }],
  ]);
  act(() => place.querySelector<HTMLElement>('[aria-label=Close]')!.click());
  expect(place.textContent).toBe('');
  await until(() => documents.runs.texts.get(run.id)!.includes('"isDismissed":true'));
  expect(await createPage().bin.list()).toMatchObject([{ isDismissed: true, open: 10 }]);
});

test('RunDialog continues a stopped removal, restores it, and says that a record is missing', async () => {
  const test = await startStopped();
  const parts = { services: test.services, index: { onItemChanged: () => Promise.resolve() } };
  const work = openRun(test.run.id, { ...parts, bin: test.createPage().bin });
  await render(<RunDialog work={work} save={undefined} onClose={jest.fn()} />);
  expect(text()).toContain('Reading the record…');
  await act(() => test.complete(work.open()));
  expect(text()).toContain('Paused · 50 files removed · 10 files left');
  expect(buttons()).toEqual(['Close', 'Restore', 'Resume']);
  click(dialog(), 'Resume');
  await see('60 files removed.', test);
  expect(numbersOf(test.service, 60)).toEqual([]);
  expect(buttons()).toEqual(['Copy as CSV', 'Restore', 'Close']);
  click(dialog(), 'Restore');
  await see('60 files restored.', test);
  expect(numbersOf(test.service, 60)).toEqual([60]);

  const missing = openRun('other', { ...parts, bin: test.createPage().bin });
  await render(<RunDialog work={missing} save={undefined} onClose={jest.fn()} />);
  await act(() => missing.open());
  expect(document.body.textContent).toContain("The record of this removal can't be read any more.");
});
