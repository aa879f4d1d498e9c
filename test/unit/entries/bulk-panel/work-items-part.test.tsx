/** @jest-environment jsdom */
import * as React from 'react';
import { MappingChoice } from '../../../../src/entries/bulk-panel/mapping-choice';
import type { PanelSession } from '../../../../src/entries/bulk-panel/panel-session';
import { EMPTY } from '../../../../src/entries/bulk-panel/panel-state';
import { WorkItemsPart } from '../../../../src/entries/bulk-panel/work-items-part';
import { planItemOf } from '../../../../src/bulk/run/plan-item';
import { clearAll, click, render, until } from '../../../helpers/render';
import { workItemWith } from '../../../helpers/uploads';
import type { Button } from '../form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../form-group/fake-button'),
);

afterEach(clearAll);

test('WorkItemsPart removes all work items, such as those of the wrong list', async () => {
  const session = { removeItems: jest.fn() };
  const items = [7, 8].map((id) => planItemOf(workItemWith([], { id }), 100));
  const place = await render(
    <WorkItemsPart state={{ ...EMPTY, items }} session={session as unknown as PanelSession} />,
  );
  click(place, 'Remove all work items');
  expect(session.removeItems.mock.calls).toEqual([[[7, 8]]]);
});

test('WorkItemsPart quotes typed words that are no work items', async () => {
  const show = async (...unknown: readonly string[]): Promise<string | null | undefined> => {
    const place = await render(<WorkItemsPart state={{ ...EMPTY, unknown }} session={{} as PanelSession} />);
    return place.querySelector('[role="alert"]')?.textContent.replace(/[\u2068\u2069]/g, '');
  };
  expect(await show('thirteen')).toMatch(/^“thirteen” isn't a work item ID\. Enter an ID like 1234/);
  expect(await show('one', 'two')).toMatch(/^“one”, “two” aren't work item IDs\. Enter/);
});

test('MappingChoice says that a list can name many files by *', async () => {
  const place = await render(
    <MappingChoice state={{ ...EMPTY, mapping: 'manifest' }} session={{} as PanelSession} />,
  );
  await until(() => place.textContent.includes('In file, * matches any text.'));
});
