import type { Locator } from '@playwright/test';
import { HubPage } from '../../test/e2e/hub-story';
import type { Picture, Scene } from './scene';
import { LIGHT } from './scene';

/** Pictures of the Attachments hub. */
export const HUB: readonly Picture[] = [
  { name: 'hub-start', themes: LIGHT, show: showCost },
  { name: 'hub-find', themes: LIGHT, show: showSearch },
  { name: 'hub-preview', themes: LIGHT, show: showPreview },
  { name: 'hub-report', themes: LIGHT, show: showReport },
  { name: 'hub-remove', themes: LIGHT, show: showRemoval },
];

async function showCost(scene: Scene): Promise<Locator> {
  const hub = await openHub(scene);
  await hub.button('Start').waitFor();
  return hub.page.locator('html');
}

async function showSearch(scene: Scene): Promise<Locator> {
  const hub = await openList(scene);
  await hub.search.fill('export after:2026-03-08');
  await hub.button('Type').click();
  await hub.content.getByRole('menu').waitFor();
  return hub.frame;
}

async function showPreview(scene: Scene): Promise<Locator> {
  const hub = await openList(scene);
  await hub.search.fill('dashboard');
  await hub.row('dashboard-2026-03-14.png').dblclick();
  await hub.preview.getByRole('img', { name: 'dashboard-2026-03-14.png' }).waitFor();
  return hub.frame;
}

async function showReport(scene: Scene): Promise<Locator> {
  const hub = await openList(scene);
  await hub.button('Report').click();
  await hub.content.getByRole('table', { name: 'Largest files' }).waitFor();
  return hub.frame;
}

async function showRemoval(scene: Scene): Promise<Locator> {
  const hub = await openList(scene);
  await hub.button('More actions').click();
  await hub.content.getByRole('menuitem', { name: 'Remove the stored list…' }).waitFor();
  return hub.frame;
}

async function openHub({ page, emulator, theme }: Scene): Promise<HubPage> {
  const hub = new HubPage(page, emulator);
  await hub.open({ theme });
  return hub;
}

async function openList(scene: Scene): Promise<HubPage> {
  const hub = await openHub(scene);
  await hub.build();
  await hub.rows.first().waitFor();
  return hub;
}
