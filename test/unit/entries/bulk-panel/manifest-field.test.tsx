/** @jest-environment jsdom */
import * as React from 'react';
import type { UnusedRow } from '../../../../src/bulk/plan/plan';
import { ManifestField } from '../../../../src/entries/bulk-panel/manifest-field';
import type { PanelSession } from '../../../../src/entries/bulk-panel/panel-session';
import { EMPTY } from '../../../../src/entries/bulk-panel/panel-state';
import { clearAll, render } from '../../../helpers/render';
import type { Button } from '../form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../form-group/fake-button'),
);

afterEach(clearAll);

test('ManifestField does not say that a row with several possible files has no matching file', async () => {
  const row = { line: 2, workItemIds: [7], file: 'a.txt', name: '', comment: '' };
  const textFor = async (unusedRows: readonly UnusedRow[]): Promise<string> => {
    const manifest = { name: 'list.csv', reading: { ok: true as const, rows: [row, row], faults: [] } };
    const plan = { ...EMPTY.plan, unusedRows };
    const state = { ...EMPTY, mapping: 'manifest' as const, manifest, plan };
    return (await render(<ManifestField state={state} session={{} as PanelSession} />)).textContent;
  };
  expect(await textFor([{ row, candidates: [] }])).toContain('2 rows read. 1 row has no matching file.');
  clearAll();
  const text = await textFor([{ row, candidates: ['a', 'b'] }]);
  expect(text).toContain('2 rows read.');
  expect(text).not.toContain('no matching file');
});
