/** @jest-environment jsdom */
import * as React from 'react';
import type { CheckState } from '../../../src/check/check-state';
import { CheckTable } from '../../../src/check/check-table';
import { clearAll, render } from '../../helpers/render';
import type { Button } from '../entries/form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../entries/form-group/fake-button'),
);

afterEach(clearAll);

type Done = Extract<CheckState, { step: 'done' }>;

const row = { id: 'batch', answer: 'taken', seen: '', steps: '' };
const cleanUp = { removed: 2, left: [], workItemId: 7 };

/** Sentences above the table. */
async function sentencesOf(facts: Partial<Done>): Promise<readonly (string | null)[]> {
  const state: Done = { step: 'done', rows: [row], isCanceled: false, ...facts };
  const place = await render(<CheckTable state={state} onClose={() => undefined} />);
  return [...place.querySelectorAll('p')].map(({ textContent }) => textContent);
}

test('CheckTable does not claim that all test files were removed if one is kept', async () => {
  expect(await sentencesOf({ cleanUp })).toEqual(['All test files were removed from the work item.']);
  clearAll();
  const kept = { workItemId: 7, attachmentId: 'a', keptAt: 0 };
  expect(await sentencesOf({ cleanUp, kept })).toEqual([
    'One test file stays for 30 days. Come back here then to verify it.',
    'All other test files were removed.',
  ]);
});

test('CheckTable introduces the answers so far directly above them', async () => {
  expect((await sentencesOf({ cleanUp, isCanceled: true })).at(-1)).toBe('Canceled. The answers so far:');
});

test('CheckTable gives the reason before the remedy, without a subject', async () => {
  expect(await sentencesOf({ rows: [], problem: { kind: 'work-item-missing' } })).toEqual([
    "This work item doesn't exist, or you don't have permission to view it.",
  ]);
  clearAll();
  const problem = { kind: 'server-busy' } as const;
  const reason = "Azure DevOps isn't responding. Wait a moment, then retry.";
  const left = ['a.txt', ''];
  expect(await sentencesOf({ cleanUp: { ...cleanUp, left, problem } })).toEqual([
    reason,
    'Remove these test files from work item 7: “\u2068a.txt\u2069”, a file without a name',
  ]);
  clearAll();
  // Its test files are deleted with it.
  expect(await sentencesOf({ cleanUp: { ...cleanUp, left, leftWorkItemId: 7, problem } })).toEqual([
    reason,
    "Couldn't delete work item 7. Delete it manually.",
  ]);
});
