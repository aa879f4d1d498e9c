/** @jest-environment jsdom */
import * as React from 'react';
import type { ProblemKind } from '../../../src/base/errors';
import { createStateStore } from '../../../src/base/store';
import type { ZipJob } from '../../../src/gallery/zip/zip-job';
import type { ZipStatusProps } from '../../../src/gallery/zip/zip-status';
import { ZipStatus } from '../../../src/gallery/zip/zip-status';
import { clearAll, render } from '../../helpers/render';
import type { Button } from '../entries/form-group/fake-button';
import { attachedFile } from './model/files';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../entries/form-group/fake-button'),
);

afterEach(clearAll);

const order = { name: 'Bug 7.zip', files: [attachedFile('a.txt')], members: [] };

function show(state: ZipStatusProps['state']): Promise<HTMLElement> {
  return render(<ZipStatus state={state} job={createStateStore(state) as unknown as ZipJob} />);
}

test('ZipStatus names a zip once when the host did not open its address', async () => {
  const problem = { kind: 'timeout' } as const;
  const place = await show({ status: 'made', order, leftOut: [], address: 'https://x', problem });
  expect(place.querySelector('[role=status]')?.textContent.replace(/[\u2068\u2069]/g, '')).toBe(
    '“Bug 7.zip” is ready (1 file). Azure DevOps took too long to respond. Try again.',
  );
});

test.each<[ProblemKind, readonly string[]]>([
  ['network', ['Retry', 'Dismiss']],
  ['file-too-large', ['Dismiss']],
  ['request-too-large', ['Dismiss']],
])('ZipStatus offers to retry a zip unless it is too large: %s', async (kind, buttons) => {
  const place = await show({ status: 'failed', order, problem: { kind } });
  expect([...place.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual(buttons);
});
