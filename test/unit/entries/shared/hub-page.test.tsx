/** @jest-environment jsdom */

import * as React from 'react';
import { HubPage } from '../../../../src/entries/shared/hub-page';
import type { HubStart, HubState } from '../../../../src/entries/shared/hub-start';
import { createStateStore } from '../../../../src/base/store';
import { clearAll, click, render } from '../../../helpers/render';

afterEach(clearAll);

async function page(state: HubState<string>) {
  const start = jest.fn(() => Promise.resolve());
  const hub: HubStart<string> = { ...createStateStore<HubState<string>>(state), start };
  const root = await render(<HubPage hub={hub} View={({ session }) => <h1>{session}</h1>} />);
  return { root, start };
}

test('HubPage shows the view of the session', async () => {
  const { root } = await page({ status: 'open', session: 'Files of Fabrikam' });
  expect(root.querySelector('h1')?.textContent).toBe('Files of Fabrikam');
});

test('HubPage says that it connects, without an alert', async () => {
  const { root } = await page({ status: 'connecting' });
  expect(root.textContent).toBe('Connecting to Azure DevOps…');
  expect(root.querySelector('[role="alert"]')).toBeNull();
});

test('HubPage alerts to a silent host', async () => {
  const { root } = await page({ status: 'unresponsive' });
  expect(root.querySelector('[role="alert"]')?.textContent).toContain("Azure DevOps isn't responding.");
});

test('HubPage offers to ask for the project again', async () => {
  const { root, start } = await page({ status: 'without-project' });
  click(root, 'Retry');
  expect(start).toHaveBeenCalledTimes(1);
});

test('HubPage tells that it is switched off, with a link if the settings are known', async () => {
  const { root } = await page({ status: 'switched-off', settingsUrl: undefined });
  expect(root.textContent).toBe(
    'The administrators of this project have switched off this page. They can change it in the project settings.',
  );
  const known = await page({ status: 'switched-off', settingsUrl: 'https://fabrikam.example/settings' });
  expect(known.root.querySelector('a')?.getAttribute('href')).toBe('https://fabrikam.example/settings');
});
