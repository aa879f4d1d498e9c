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
  { name: 'hub-duplicates', themes: LIGHT, show: showDuplicates },
  { name: 'hub-clean-up', themes: LIGHT, show: showRules },
  { name: 'hub-plan', themes: LIGHT, show: showPlan },
  { name: 'hub-earlier', themes: LIGHT, show: showEarlier },
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

async function showDuplicates(scene: Scene): Promise<Locator> {
  const { store } = scene.emulator;
  const attach = (item: number, name: string, bytes: number, content: string): unknown =>
    store.attach(item, [{ name, content: Buffer.alloc(bytes, content) }]);
  for (const item of [7, 8, 12]) attach(item, 'checkout-session.har', 640_000, 'session ');
  for (const item of [7, 8]) attach(item, 'checkout-trace.zip', 420_000, 'trace ');
  for (const item of [7, 12]) attach(item, 'checkout-error.png', 96_000, `error ${item} `);
  const hub = await openList(scene);
  await hub.search.fill('checkout-');
  await hub.button('Report').click();
  await hub.button('Compare contents').click();
  await hub.content.getByText('of files with the same content').waitFor();
  await hub.button('Export groups').scrollIntoViewIfNeeded();
  await hub.content.getByRole('table', { name: 'Largest files' }).scrollIntoViewIfNeeded();
  await hub.content.getByRole('heading', { name: 'Duplicates' }).scrollIntoViewIfNeeded();
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

async function showRules(scene: Scene): Promise<Locator> {
  const hub = await openList(scene);
  const dialog = await openCleanUp(hub);
  await dialog.getByLabel('Attached').selectOption({ label: 'More than 3 months ago' });
  await dialog.getByLabel('Larger than (MB)').fill('0.01');
  await dialog.getByText(/files match/).waitFor();
  return hub.frame;
}

async function showPlan(scene: Scene): Promise<Locator> {
  const hub = await openList(scene);
  const dialog = await openCleanUp(hub);
  await dialog.getByLabel('Larger than (MB)').fill('0.01');
  await dialog.getByText(/files match/).waitFor();
  await dialog.getByRole('button', { name: 'Dry run' }).click();
  await dialog.getByRole('button', { name: /^Remove \d+ files?$/ }).waitFor();
  return hub.frame;
}

async function showEarlier(scene: Scene): Promise<Locator> {
  await showPlan(scene);
  const hub = new HubPage(scene.page, scene.emulator);
  const dialog = hub.content.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Remove \d+ files?$/ }).click();
  await dialog.getByText(/files removed\./).waitFor();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await hub.button('More actions').click();
  await hub.content.getByRole('menuitem', { name: 'Earlier removals…' }).click();
  await dialog.getByRole('button', { name: /^Restore…/ }).waitFor();
  return hub.frame;
}

async function openCleanUp(hub: HubPage): Promise<Locator> {
  await hub.button('More actions').click();
  await hub.content.getByRole('menuitem', { name: 'Clean up…' }).click();
  const dialog = hub.content.getByRole('dialog', { name: 'Clean up' });
  await dialog.waitFor();
  return dialog;
}
