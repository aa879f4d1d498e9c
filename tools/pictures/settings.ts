import type { Locator } from '@playwright/test';
import { SettingsPage } from '../../test/e2e/settings-story';
import type { Picture, Scene } from './scene';
import { LIGHT } from './scene';

/** Pictures of the project settings. */
export const SETTINGS: readonly Picture[] = [
  { name: 'settings-rules', themes: LIGHT, show: showRules },
  { name: 'settings-clash', themes: LIGHT, show: showClash },
];

const POLICY = {
  ...{ version: 1, maxBytes: 20_000_000, maxFiles: 50, block: ['exe', 'bat'] },
  workItemTypes: { Bug: { requireComment: true } },
};

async function showRules(scene: Scene): Promise<Locator> {
  const settings = await openSettings(scene);
  await settings.save();
  await settings.content.getByRole('heading', { name: 'Rules', exact: true }).scrollIntoViewIfNeeded();
  return settings.page.locator('html');
}

async function showClash(scene: Scene): Promise<Locator> {
  const settings = await openSettings(scene);
  await settings.save();
  settings.saveElsewhere(textOf({ ...POLICY, maxFiles: 20 }), 'Christie Church');
  await settings.json.fill(textOf({ ...POLICY, maxFiles: 80 }));
  await settings.button('Save').click();
  await settings.content.getByText('1 line removed, 1 line added.').waitFor();
  return settings.page.locator('html');
}

async function openSettings({ page, emulator, theme }: Scene): Promise<SettingsPage> {
  const settings = new SettingsPage(page, emulator);
  await settings.open({ theme });
  await settings.json.fill(textOf(POLICY));
  return settings;
}

function textOf(policy: object): string {
  return `${JSON.stringify(policy, null, 2)}\n`;
}
