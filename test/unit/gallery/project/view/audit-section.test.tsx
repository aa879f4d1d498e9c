/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import type { ShownResult } from '../../../../../src/gallery/project/session/hub-state';
import { AuditSection } from '../../../../../src/gallery/project/view/audit-section';
import type { PolicyReading } from '../../../../../src/upload/rules/policy/policy-source';
import { readPolicy } from '../../../../../src/upload/rules/policy/read-policy';
import { projectFile, projectItem } from '../../../../helpers/project-files';
import { clearAll, click, render, until } from '../../../../helpers/render';

afterEach(clearAll);

const FILES = [
  projectFile(1, { name: 'setup.exe', size: 5_000 }),
  projectFile(2, { item: projectItem(2, { fileCount: 9 }) }),
  projectFile(3),
];

function readingOf(document: object, facts: Partial<PolicyReading> = {}): PolicyReading {
  const read = readPolicy(JSON.stringify({ version: 1, ...document }));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return { policy: read.policy, ...facts };
}

async function show(reading: PolicyReading, files: readonly ProjectFile[] = FILES, canSave = true) {
  const save = jest.fn<undefined, [Blob, string]>();
  const actions = {
    index: {
      readRows: (_: number, start: number, count: number) =>
        Promise.resolve(files.slice(start, start + count)),
    },
    ...{ maySave: () => canSave, save },
  } as unknown as React.ComponentProps<typeof AuditSection>['actions'];
  const session = { openWorkItem: jest.fn(), showFiles: jest.fn() };
  const policy = { read: () => Promise.resolve(reading) };
  const view = (id: number): React.JSX.Element => (
    <AuditSection
      {...{ session, actions, policy }}
      result={{ id, count: files.length } as unknown as ShownResult}
    />
  );
  const place = await render(view(1));
  await act(async () => {
    await policy.read();
  });
  return { place, save, session, text: () => place.textContent };
}

test('AuditSection shows nothing for a project without rules', async () => {
  const { text } = await show({ policy: undefined });
  expect(text()).toBe('');
});

test('AuditSection lists the files that break each rule, with their authors, and full work items', async () => {
  const { place, text, save, session } = await show(readingOf({ block: ['exe'], maxFiles: 5 }));
  expect(text()).toContain("It doesn't read the files, so it can't judge their content.");
  click(place, 'Check 3 files');
  await until(() => text().includes('3 files were checked.'));
  expect(text()).toContain(
    '3 files were checked. 1 file breaks a rule. 1 work item has too many attachments.',
  );
  const captions = [...place.querySelectorAll('caption')].map(({ textContent }) => textContent);
  expect(captions).toEqual([
    "Types that aren't allowed: 1 file, 5.0 KB",
    'Work items with too many attachments (1)',
  ]);
  expect(place.querySelector('table')?.textContent).toContain('Raisa Pokrovskaya');
  click(place, 'Export list');
  expect(save.mock.calls.map(([{ type }, name]) => [type, name])).toEqual([['text/csv', 'rules.csv']]);
  click(place, 'Check again');
  expect(session.openWorkItem).not.toHaveBeenCalled();
});

test('AuditSection says that no rule is broken, and then exports nothing', async () => {
  const { place, text } = await show(readingOf({ block: ['bat'] }));
  click(place, 'Check 3 files');
  await until(() => text().includes('No rule is broken.'));
  expect(text()).not.toContain('Export list');
});

test('AuditSection offers to copy the table where files cannot be saved', async () => {
  const { place, text } = await show(readingOf({ block: ['exe'] }), FILES, false);
  click(place, 'Check 3 files');
  await until(() => text().includes('1 file breaks a rule.'));
  expect(text()).toContain('Copy as CSV');
});

test('AuditSection says that the rules could not be read, or are earlier ones', async () => {
  const { text } = await show({ policy: undefined, problem: 'unavailable' });
  expect(text()).toBe("Rules of the projectThe rules of this project couldn't be read.");
  const earlier = await show(readingOf({ block: ['exe'] }, { problem: 'invalid' }));
  expect(earlier.text()).toContain('These are the last ones that this browser knows.');
});
