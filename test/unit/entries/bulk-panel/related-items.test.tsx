/** @jest-environment jsdom */
import * as React from 'react';
import type { PanelSession } from '../../../../src/entries/bulk-panel/panel-session';
import type { PanelState } from '../../../../src/entries/bulk-panel/panel-state';
import { EMPTY } from '../../../../src/entries/bulk-panel/panel-state';
import { RelatedItems } from '../../../../src/entries/bulk-panel/related-items';
import { planItemOf } from '../../../../src/bulk/run/plan-item';
import { clearAll, click, render } from '../../../helpers/render';
import { workItemWith } from '../../../helpers/uploads';
import type { Button } from '../form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../form-group/fake-button'),
);

afterEach(clearAll);

const related = Array.from({ length: 10 }, (_, index) => ({
  ...{ id: 20 + index, type: 'Bug', title: `Crash ${index}`, state: 'Active' },
  kind: index === 0 ? ('parent' as const) : ('child' as const),
}));

/** Renders the suggestions; work item 21 is in the plan, and 22 is being read. */
async function show(facts: Partial<PanelState> = {}) {
  const session = { addItems: jest.fn(() => Promise.resolve()), removeItems: jest.fn() };
  const items = [planItemOf(workItemWith([], { id: 21 }), 100)];
  const state: PanelState = { ...EMPTY, related, items, reading: [22], ...facts };
  const place = await render(<RelatedItems state={state} session={session as unknown as PanelSession} />);
  const boxes = (): HTMLInputElement[] => [...place.querySelectorAll('input')];
  return { session, place, boxes };
}

describe('RelatedItems', () => {
  test('checks the work items of the plan, and adds or removes one by its check box', async () => {
    const { session, place, boxes } = await show();
    expect(place.querySelector('label')?.textContent).toBe('Parent: Bug 20 Crash 0Active');
    expect(
      boxes()
        .map(({ checked }) => checked)
        .slice(0, 4),
    ).toEqual([false, true, true, false]);
    boxes()[0]?.click();
    boxes()[1]?.click();
    expect(session.addItems.mock.calls).toEqual([['20']]);
    expect(session.removeItems.mock.calls).toEqual([[[21]]]);
  });

  test('adds all others at once, also those below the fold', async () => {
    const { session, place, boxes } = await show();
    expect(boxes()).toHaveLength(8);
    click(place, 'Select all');
    expect(session.addItems.mock.calls).toEqual([['20 23 24 25 26 27 28 29']]);
    click(place, 'Show 2 more');
    expect(boxes()).toHaveLength(10);
  });

  test('renders nothing without suggestions', async () => {
    expect((await show({ related: [] })).place.textContent).toBe('');
    expect((await show({ related: undefined })).place.textContent).toBe('');
  });
});
