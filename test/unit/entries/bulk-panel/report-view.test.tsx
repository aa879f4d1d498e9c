/** @jest-environment jsdom */
import * as React from 'react';
import type { Outcome, ReportRow } from '../../../../src/bulk/plan/report';
import type { PanelSession } from '../../../../src/entries/bulk-panel/panel-session';
import { EMPTY } from '../../../../src/entries/bulk-panel/panel-state';
import { ReportView } from '../../../../src/entries/bulk-panel/report-view';
import { clearAll, render } from '../../../helpers/render';
import type { AllRows } from './all-rows';
import type { Button } from '../form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../form-group/fake-button'),
);
jest.mock('../../../../src/ui/virtual-list', () => ({
  VirtualList: jest.requireActual<{ AllRows: typeof AllRows }>('./all-rows').AllRows,
}));

afterEach(clearAll);

const session = { getSnapshot: () => EMPTY, subscribe: () => () => undefined } as unknown as PanelSession;

/** Renders a report with one row of each outcome. */
function report(...outcomes: readonly Outcome[]): Promise<HTMLElement> {
  const rows = outcomes.map((outcome, index): ReportRow => {
    const name = `${index}.txt`;
    return {
      ...{ fileId: name, workItemId: 7, name, comment: '', fate: { kind: 'attach' }, outcome },
      ...{ file: { name, size: 1, folder: '' }, workItemTitle: 'Crash', workItemType: 'Bug' },
    };
  });
  return render(<ReportView rows={rows} unchecked={undefined} retryable={0} session={session} />);
}

/** Icon of a part of the report: `success`, `error`, or `none` of them. */
function iconOf(part: Element | null | undefined): string {
  return /glyph-(success|error)/.exec(part?.querySelector('svg')?.outerHTML ?? '')?.[1] ?? 'none';
}

const problem = { kind: 'no-permission' } as const;

test.each<readonly [string, Outcome]>([
  ['success', { kind: 'attached' }],
  ['success', { kind: 'replaced' }],
  ['success', { kind: 'already-there' }],
  ['error', { kind: 'failed', problem }],
  ['error', { kind: 'not-replaced', problem }],
  ['none', { kind: 'skipped', reason: 'same-content' }],
  ['none', { kind: 'cancelled' }],
  ['none', { kind: 'not-tried' }],
])('ReportView shows the icon %s for the outcome %j', async (icon, outcome) => {
  const place = await report(outcome);
  expect(iconOf(place.querySelector('.plan-row'))).toBe(icon);
});

test('ReportView shows a check beside its heading only if no file is left', async () => {
  const attached = { kind: 'attached' } as const;
  const headingOf = async (outcome: Outcome): Promise<Element | null> =>
    (await report(attached, outcome)).querySelector('h2');
  expect(iconOf(await headingOf(attached))).toBe('success');
  expect(iconOf(await headingOf({ kind: 'failed', problem }))).toBe('error');
  expect(iconOf(await headingOf({ kind: 'cancelled' }))).toBe('none');
});
