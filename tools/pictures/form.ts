import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Locator } from '@playwright/test';
import { HubPage } from '../../test/e2e/hub-story';
import { isKept, untilJournal } from '../../test/e2e/journal-rows';
import { interruptedLine } from '../../test/e2e/journal-steps';
import type { Picture, Scene } from './scene';
import { BOTH, CROWDED, FULL, LARGE, LIGHT, SMALL, openForm, sized, wholeOf } from './scene';

/** Pictures of the form. */
export const FORM: readonly Picture[] = [
  { name: 'form-group', themes: BOTH, show: showUploads },
  { name: 'new-work-item', themes: LIGHT, show: showNewWorkItem },
  { name: 'unsaved-edits', themes: LIGHT, show: showUnsavedEdits },
  { name: 'pasted-screenshot', themes: LIGHT, show: showPastedScreenshot },
  { name: 'capture', themes: LIGHT, show: showCapture },
  { name: 'folder', themes: LIGHT, show: showFolder },
  { name: 'already-attached', themes: LIGHT, show: showQuestion },
  { name: 'same-file', themes: LIGHT, show: showSameFile },
  { name: 'paused', themes: LIGHT, show: showPaused },
  { name: 'failed', themes: LIGHT, show: showFailed },
  { name: 'interrupted', themes: LIGHT, show: showInterrupted },
  { name: 'full-work-item', themes: LIGHT, show: showFull },
  { name: 'attached-fold', themes: LIGHT, show: showFold },
];

async function showUploads(scene: Scene): Promise<Locator> {
  const { emulator, files } = scene;
  const board = await openForm(scene);
  await board.pick(await files(SMALL));
  await board.finished(/5 files attached/).waitFor();
  emulator.setNetwork({ bytesPerSecond: 9_000_000 });
  await board.pick(await files(LARGE));
  await board.row('crash dump.zip').getByText('left').waitFor();
  await board.frame.scrollIntoViewIfNeeded();
  return wholeOf(scene);
}

/** The window that captures the screen, with a picture of the page behind it. */
async function showCapture(scene: Scene): Promise<Locator> {
  const { page } = scene;
  const board = await openForm(scene);
  const behind = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`;
  await page.context().addInitScript((source) => {
    navigator.mediaDevices.getDisplayMedia = async () => {
      const image = Object.assign(new Image(), { src: source });
      await image.decode();
      const { width, height } = image;
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      setInterval(() => canvas.getContext('2d')?.drawImage(image, 0, 0), 40);
      return canvas.captureStream(25);
    };
  }, behind);
  const opening = page.waitForEvent('popup');
  await board.stapler.locator('body').evaluate(() => void window.open('capture.html#capture=a&item=Bug+7'));
  const popup = await opening;
  await popup.setViewportSize({ width: 800, height: 640 });
  await popup.getByRole('button', { name: 'Take a screenshot' }).click();
  await popup.getByRole('img', { name: 'Captured image' }).waitFor();
  return popup.getByRole('main');
}

async function showNewWorkItem(scene: Scene): Promise<Locator> {
  const { page, files } = scene;
  const board = await openForm(scene);
  await page.getByRole('button', { name: 'New work item' }).click();
  await page.getByRole('menuitem', { name: 'Bug' }).click();
  await board.count(0).waitFor();
  await board.pick(await files(sized(['before.png', 'after.png'])));
  await board.row('after.png').getByText('Save to attach').waitFor();
  return board.frame;
}

async function showUnsavedEdits(scene: Scene): Promise<Locator> {
  const { page, files } = scene;
  const board = await openForm(scene);
  await page.getByRole('textbox', { name: 'Description' }).fill('It happens with Firefox, too.');
  await board.pick(await files(sized(['before.png', 'after.png', 'server.log'])));
  await board.saveQuestion.getByText('Save the work item to attach 3 files.').waitFor();
  await board.stapler.getByText('Uploaded. Save to attach.').nth(2).waitFor();
  return board.frame;
}

async function showPastedScreenshot(scene: Scene): Promise<Locator> {
  const { page } = scene;
  const board = await openForm(scene);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.bringToFront();
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(480, 300);
    const brush = canvas.getContext('2d');
    if (!brush) return;
    brush.fillStyle = '#e8f0fa';
    brush.fillRect(0, 0, 480, 300);
    brush.fillStyle = '#0b5cab';
    brush.fillRect(0, 0, 480, 44);
    brush.fillStyle = '#ffffff';
    brush.fillRect(120, 90, 240, 160);
    brush.fillStyle = '#b3261e';
    brush.fillRect(140, 200, 200, 14);
    const picture = await canvas.convertToBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  });
  await board.dropZone.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await board.finished('1 file attached').waitFor();
  await board.latest.locator('img').waitFor();
  return board.frame;
}

async function showFolder(scene: Scene): Promise<Locator> {
  const { emulator, files } = scene;
  const board = await openForm(scene);
  const [first = ''] = await files({
    'night of 2026-03-14/server.log': 9_000_000,
    'night of 2026-03-14/client.log': 7_000_000,
    'night of 2026-03-14/traces/login.har': 12_000_000,
    'night of 2026-03-14/traces/search.har': 11_000_000,
  });
  emulator.setNetwork({ bytesPerSecond: 3_000_000 });
  await board.drop([dirname(first)]);
  await board.row('server.log').getByText('left').waitFor();
  return board.frame;
}

async function showQuestion(scene: Scene): Promise<Locator> {
  const { files } = scene;
  const board = await openForm(scene);
  await board.pick(await files(sized(['server.log', 'before.png'])));
  await board.finished('2 files attached').waitFor();
  await board.pick(await files({ 'server.log': 90_000, 'before.png': 70_000 }));
  await board.stapler.getByRole('group', { name: 'Files already attached' }).waitFor();
  return board.frame;
}

async function showSameFile(scene: Scene): Promise<Locator> {
  const { page, emulator, files, theme } = scene;
  const [path = ''] = await files({ 'requirements.pdf': 90_000 });
  emulator.store.attach(8, [{ name: 'spec.pdf', content: await readFile(path) }]);
  const hub = new HubPage(page, emulator);
  await hub.open({ theme });
  await hub.build();
  const board = await openForm(scene);
  await board.pick([path]);
  await board.stapler.getByRole('group', { name: 'Files on other work items' }).waitFor();
  return board.frame;
}

async function showPaused(scene: Scene): Promise<Locator> {
  const { emulator, files } = scene;
  const board = await openForm(scene);
  emulator.setNetwork({ bytesPerSecond: 4_000_000 });
  await board.pick(await files({ ...LARGE, 'heap.dmp': 25_000_000, 'video.webm': 30_000_000 }));
  await board.row('screen recording.mp4').getByText('left').waitFor();
  await board
    .row('screen recording.mp4')
    .getByRole('button', { name: /^Pause/ })
    .click();
  await board.row('screen recording.mp4').getByText('Paused').waitFor();
  return board.frame;
}

async function showFailed(scene: Scene): Promise<Locator> {
  const { emulator, files } = scene;
  const board = await openForm(scene);
  emulator.setNetwork({ faults: [{ name: 'status-403', remaining: null, at: 'simple' }] });
  await board.pick(await files(sized(['screen recording.mp4', 'crash dump.zip'])));
  await board
    .row('crash dump.zip')
    .getByRole('button', { name: /^Retry/ })
    .waitFor();
  await board
    .row('screen recording.mp4')
    .getByRole('button', { name: /^Details/ })
    .click();
  return board.frame;
}

async function showInterrupted(scene: Scene): Promise<Locator> {
  const { page, emulator, files } = scene;
  const board = await openForm(scene);
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  await board.pick(await files({ 'screen recording.mp4': 4_000_000, 'server.log': 40_000 }));
  await untilJournal(board, (journal) => journal.uploads.length === 2 && isKept('stored', journal));
  await page.reload();
  await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
  await interruptedLine(board).getByRole('button', { name: 'Resume', exact: true }).waitFor();
  await board.ready();
  return board.frame;
}

async function showFull(scene: Scene): Promise<Locator> {
  const board = await openForm(scene, FULL);
  await board.fullZone.waitFor();
  return board.frame;
}

async function showFold(scene: Scene): Promise<Locator> {
  const board = await openForm(scene, CROWDED);
  await board.fold.click();
  await board.stapler.getByRole('grid', { name: 'Attachments' }).waitFor();
  return board.frame;
}
