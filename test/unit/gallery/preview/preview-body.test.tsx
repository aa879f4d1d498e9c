/** @jest-environment jsdom */
import '../../../helpers/browser-parts';
import * as React from 'react';
import { ServerError } from '../../../../src/base/errors';
import { PreviewBody } from '../../../../src/gallery/preview/preview-body';
import { clearAll, render, until } from '../../../helpers/render';
import type { Button } from '../../entries/form-group/fake-button';
import { attachedFile } from '../model/files';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../../entries/form-group/fake-button'),
);

afterEach(clearAll);

test('PreviewBody speaks of a missing permission to view a file', async () => {
  const readBytes = () => Promise.reject(new ServerError('no-permission', 'No.', { status: 403 }));
  const session = {
    readBytes,
    download: () => Promise.resolve(),
    runTask: () => Promise.reject(new Error()),
  };
  const place = await render(<PreviewBody file={attachedFile('a.txt')} session={session} />);
  const alert = (): Element | null => place.querySelector('[role=alert]');
  await until(() => alert() !== null);
  expect(alert()?.textContent.replace(/[\u2068\u2069]/g, '')).toContain(
    "You don't have permission to view “a.txt”. Ask a project administrator.",
  );
});
