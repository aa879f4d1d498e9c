/** @jest-environment jsdom */
import * as React from 'react';
import type { ManifestResult } from '../../../../src/bulk/plan/manifest';
import type { PlanItem, UnmatchedReason } from '../../../../src/bulk/plan/plan';
import { planInSteps } from '../../../../src/bulk/plan/planner';
import { unreadItem } from '../../../../src/bulk/run/plan-item';
import { FilesList } from '../../../../src/entries/bulk-panel/files-list';
import { ItemsList } from '../../../../src/entries/bulk-panel/items-list';
import type { PanelSession } from '../../../../src/entries/bulk-panel/panel-session';
import type { PanelState } from '../../../../src/entries/bulk-panel/panel-state';
import { duplicatesOf, EMPTY, pairsBy } from '../../../../src/entries/bulk-panel/panel-state';
import { PlanFooter } from '../../../../src/entries/bulk-panel/plan-footer';
import { clearAll, click, render } from '../../../helpers/render';
import { pickedFile } from '../../../helpers/uploads';
import type { AllRows } from './all-rows';
import type { Button } from '../form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../form-group/fake-button'),
);
jest.mock('../../../../src/ui/virtual-list', () => ({
  VirtualList: jest.requireActual<{ AllRows: typeof AllRows }>('./all-rows').AllRows,
}));

afterEach(clearAll);

const session = {} as PanelSession;

/** A work item with room for some more attachments. */
const itemWith = (room: number, problem?: PlanItem['problem']): PlanItem => ({
  ...unreadItem(7, { kind: 'internal' }),
  ...{ title: 'Crash', type: 'Bug', state: 'Closed', attachmentLimit: room, problem },
});

/** State of a panel with these facts and the plan for them. */
function stateWith(facts: Partial<PanelState>): PanelState {
  const state = { ...EMPTY, ...facts };
  const steps = planInSteps({ ...state, duplicates: duplicatesOf(state), mapping: { kind: 'all' } });
  let step = steps.next();
  while (!step.done) step = steps.next();
  return { ...state, plan: step.value };
}

const files = ['a.txt', 'b.txt'].map((name) => ({ ...pickedFile(name), id: name }));

/** Renders the list of work items and returns it with the text in red. */
async function showItems(facts: Partial<PanelState>) {
  const state = stateWith(facts);
  const place = await render(<ItemsList state={state} session={session} pairs={pairsBy(state.plan)} />);
  return { place, errors: () => [...place.querySelectorAll('.field-error')].map((each) => each.textContent) };
}

describe('ItemsList', () => {
  test('marks the reason of a work item that takes no files, with and without files, and not its state', async () => {
    const items = [itemWith(100, { kind: 'no-permission' })];
    const reason = 'You can view this work item but not edit it.';
    for (const facts of [{ items }, { items, files }]) {
      const { place, errors } = await showItems(facts);
      expect(errors()).toEqual([reason]);
      expect(place.textContent).toContain(`Closed · ${reason}`);
      // Its files do not repeat it.
      if ('files' in facts) click(place, 'Files for Bug 7');
      expect(errors()).toEqual([reason]);
      clearAll();
    }
  });

  test('marks a full work item, and names the files that fit beside the others', async () => {
    const full = await showItems({ items: [itemWith(0)], files });
    expect(full.errors()).toEqual(["Full: 2 files won't fit"]);
    const attachments = [{ attachmentId: 'x', name: 'a.txt', size: files[0]?.size ?? 0, comment: '' }];
    const withOne = await showItems({ items: [{ ...itemWith(1), attachments }], files });
    expect(withOne.errors()).toEqual(["1 skipped · Full: 1 file won't fit"]);
    const almostFull = await showItems({ items: [itemWith(1)], files });
    expect(almostFull.errors()).toEqual([]);
    expect(almostFull.place.textContent).toContain("Closed · 1 file to attach · Full: 1 file won't fit");
    click(almostFull.place, 'Files for Bug 7');
    expect(almostFull.errors()).toEqual(["Won't fit. The limit is 1 attachments. "]);
  });
});

describe('FilesList', () => {
  /** Text below the name of a file without a work item. */
  async function explained(reason: UnmatchedReason, facts: Partial<PanelState> = {}) {
    const file = { ...pickedFile('12_a.txt'), id: 'a' };
    const plan = { ...EMPTY.plan, unmatched: [{ fileId: 'a', reason }] };
    const state = { ...EMPTY, files: [file], plan, ...facts };
    const place = await render(<FilesList state={state} session={session} pairs={pairsBy(plan)} />);
    return place.querySelector('.plan-row-open')?.textContent.trim();
  }

  test('says that a name does not match a valid pattern of the user', async () => {
    const reason = { kind: 'no-number' } as const;
    expect(await explained(reason)).toBe('No work item ID in the name or folder.');
    expect(await explained(reason, { pattern: 'INC{id} *' })).toBe("Doesn't match the pattern.");
    expect(await explained(reason, { pattern: 'INC{number}' })).toBe('Not assigned');
  });

  test('mentions the CSV only after it was read', async () => {
    const reason = { kind: 'no-row' } as const;
    const read = (reading: ManifestResult): Partial<PanelState> => ({
      manifest: { name: 'list.csv', reading },
    });
    expect(await explained(reason)).toBe('Not assigned');
    expect(await explained(reason, read({ ok: false, message: 'No CSV.' }))).toBe('Not assigned');
    expect(await explained(reason, read({ ok: true, rows: [], faults: [] }))).toBe('Not in the CSV.');
  });

  test('separates the work item, its title and the planned action', async () => {
    const item = itemWith(100);
    const attached = { attachmentId: 'x', name: 'a.txt', size: files[0]?.size ?? 0, comment: '' };
    const state = stateWith({ items: [{ ...item, attachments: [attached] }], files: files.slice(0, 1) });
    const place = await render(<FilesList state={state} session={session} pairs={pairsBy(state.plan)} />);
    expect(place.textContent).toContain('To Bug 7: Crash · Already attached');
  });
});

describe('PlanFooter', () => {
  /** The sentence beside the buttons. */
  const sentenceFor = async (items: readonly PlanItem[]): Promise<string | null | undefined> => {
    const place = await render(<PlanFooter state={{ ...EMPTY, items }} session={session} />);
    return place.querySelector('[role="status"]')?.textContent;
  };

  test('asks for files only if a work item takes some', async () => {
    const problem = { kind: 'no-permission' } as const;
    expect(await sentenceFor([itemWith(100, problem), itemWith(100)])).toMatch(/^Add files to continue\./);
    expect(await sentenceFor([itemWith(100, problem)])).toBe('Add work items to attach files to.');
  });
});
