/** @jest-environment jsdom */
import * as React from 'react';
import type { Replacements, Replacing, ReplacingByKey } from '../../../src/gallery/changes/replacing';
import { ReplacingLines } from '../../../src/gallery/changes/replacing-lines';
import { createStateStore } from '../../../src/base/store';
import { clearAll, click, render } from '../../helpers/render';
import { linkable } from '../../helpers/uploads';
import type { Button } from '../entries/form-group/fake-button';
import { attachedFile } from './model/files';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../entries/form-group/fake-button'),
);

afterEach(clearAll);

test('ReplacingLines offers to attach the new file when the old one is gone', async () => {
  const file = attachedFile('old.txt');
  const replacing: Replacing = {
    ...{ file, name: 'new.txt', bytesSent: 5, bytesTotal: 5, isBeside: false },
    unlinked: linkable(9),
  };
  const attachAnyway = jest.fn(() => Promise.resolve());
  const cancel = jest.fn();
  const replacements: Replacements = {
    ...createStateStore<ReplacingByKey>(new Map([['old', replacing]])),
    ...{ start: () => Promise.resolve(true), attachAnyway, cancel },
  };
  const place = await render(<ReplacingLines replacements={replacements} />);
  const words = place.querySelector('[role=alert]')?.textContent.replace(/[\u2068\u2069]/g, '');
  expect(words).toBe(
    "“old.txt” was removed from Bug 7 before it could be replaced. The new file isn't attached.",
  );
  expect(place.querySelector('[role=progressbar]')).toBeNull();
  click(place, 'Attach anyway');
  expect(attachAnyway.mock.calls).toEqual([[replacing]]);
  click(place, 'Dismiss');
  expect(cancel.mock.calls).toEqual([[file]]);
});
