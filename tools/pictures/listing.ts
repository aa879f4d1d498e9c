import type { Locator, Page } from '@playwright/test';
import type { Board } from '../../test/e2e/board';
import { BulkPanel } from '../../test/e2e/bulk-story';
import { HubPage } from '../../test/e2e/hub-story';
import type { Samples } from './samples';
import { drawSamples } from './samples';
import type { Film, Picture, Scene } from './scene';
import { LIGHT, openForm, openGallery } from './scene';

/** A bug in a small shop. */
const SHOP_BUG = 8;

/** Steps of the pointer on its way to the drop zone. */
const STEPS = 14;

/** Files of other work items, with their sizes in bytes. */
const LARGE_FILES = [
  [7, 'screen recording.mp4', 24_000_000],
  [7, 'login.har', 3_400_000],
  [12, 'sketches.zip', 11_000_000],
  [15, 'form values.mp4', 17_500_000],
  [9, 'search box.webm', 6_200_000],
  [9, 'search.har', 1_900_000],
  [21, 'printer.log', 4_800_000],
  [12, 'specification.pdf', 2_300_000],
  [15, 'checkout-session.zip', 5_100_000],
] as const;

/** Pictures of the marketplace, each a part of one size (`static/overview.md`, `vss-extension.json`). */
export const LISTING: readonly Picture[] = [
  { name: 'attach', themes: LIGHT, show: showForm },
  { name: 'gallery', themes: LIGHT, show: showFiles },
  { name: 'preview', themes: ['dark'], show: showInvoice },
  { name: 'many-work-items', themes: LIGHT, show: showPlan },
  { name: 'hub', themes: LIGHT, show: showProject },
];

/** The film of the marketplace: a pointer drags files to the form, and they arrive. */
export const FILM: Film = {
  name: 'drop',
  async play(scene, take) {
    const { page, emulator } = scene;
    const samples = await samplesOf(scene);
    const names = ['checkout-before.png', 'invoice-2026-0417.pdf', 'orders-per-day.png'];
    const dropped = [
      ...(await scene.write(attachmentsOf(samples, names))),
      ...(await scene.files({ 'screen recording.mp4': 14_000_000 })),
    ];
    const board = await openForm(scene, SHOP_BUG);
    emulator.setNetwork({ bytesPerSecond: 5_000_000 });
    await board.frame.scrollIntoViewIfNeeded();
    const form = page.getByRole('main');
    await take(form, 900);

    const images = ['checkout-before.png', 'orders-per-day.png'].map((name) => samples[name]!);
    await showPointer(page, images, dropped.length);
    const drag = await dragTo(board, dropped, () => take(form, 70));
    await take(form, 500);
    await page.locator('#pointer').evaluate((pointer) => pointer.remove());
    await drag.drop();
    await page.mouse.move(0, 0);
    const finished = board.finished(/4 files attached/);
    while (!(await finished.isVisible())) await take(form, 200);
    await thumbnailOf(board, 'invoice-2026-0417.pdf').waitFor();
    await take(form, 2600);
  },
};

async function showForm(scene: Scene): Promise<Locator> {
  const { emulator, files } = scene;
  await attachSamples(scene, [
    'checkout-before.png',
    'orders-per-day.png',
    'invoice-2026-0417.pdf',
    'products.png',
    'checkout.log',
  ]);
  const board = await openForm(scene, SHOP_BUG);
  await thumbnailOf(board, 'invoice-2026-0417.pdf').waitFor();
  emulator.setNetwork({ bytesPerSecond: 9_000_000 });
  await board.pick(
    await files({
      'screen recording.mp4': 48_000_000,
      'crash dump.zip': 33_000_000,
    }),
  );
  await board.row('crash dump.zip').getByText('left').waitFor();
  await board.frame.scrollIntoViewIfNeeded();
  return scene.page.getByRole('main');
}

async function showFiles(scene: Scene): Promise<Locator> {
  await attachSamples(scene);
  const gallery = await openGallery(scene, SHOP_BUG);
  await gallery.button('Grid').click();
  await gallery.card('invoice-2026-0417.pdf').locator('img').waitFor();
  return scene.page.getByRole('main');
}

async function showInvoice(scene: Scene): Promise<Locator> {
  await attachSamples(scene);
  const gallery = await openGallery(scene, SHOP_BUG);
  await gallery.row('invoice-2026-0417.pdf').dblclick();
  await gallery.preview.locator('canvas').first().waitFor();
  await gallery.preview.getByText('Thank you for your order').first().waitFor();
  return gallery.frame;
}

async function showPlan(scene: Scene): Promise<Locator> {
  const { page, emulator, theme } = scene;
  const samples = await samplesOf(scene);
  const panel = new BulkPanel(page, emulator);
  await panel.open([7, 8, 9, 12, 15], { theme });
  const named = {
    '7 login before.png': samples['products-phone.png']!,
    '7 login after.png': samples['products.png']!,
    '8 invoice.pdf': samples['invoice-2026-0417.pdf']!,
    '8 checkout.png': samples['checkout-before.png']!,
    '9 search box.log': samples['checkout.log']!,
    'User Story 12 orders.png': samples['orders-per-day.png']!,
    '15 cart.json': samples['cart.json']!,
  };
  await panel.pick(await scene.write(attachmentsOf(named, Object.keys(named))));
  await panel.chooseMapping('File or folder name');
  await panel.button(/^Attach 7 files/).waitFor();
  await panel.content.getByText('Match files to work items').evaluate((title) => title.scrollIntoView());
  return panel.dialog;
}

async function showProject(scene: Scene): Promise<Locator> {
  const { page, emulator, theme } = scene;
  // The files that other pictures need would dominate the report.
  for (const id of [30, 31, 32]) emulator.store.remove(id);
  await attachSamples(scene);
  for (const [id, name, size] of LARGE_FILES)
    emulator.store.attach(id, [{ name, content: Buffer.alloc(size, name) }]);
  const hub = new HubPage(page, emulator);
  await hub.open({ theme });
  await hub.build();
  await hub.rows.first().waitFor();
  await hub.button('Report').click();
  await hub.content.getByRole('table', { name: 'Largest files' }).waitFor();
  return hub.frame;
}

/** Moves the pointer with files to the drop zone, which shows them before the pointer has arrived. */
async function dragTo(
  board: Board,
  paths: string[],
  take: () => Promise<void>,
): Promise<{ drop: () => Promise<void> }> {
  const zone = await board.dropZone.boundingBox();
  if (!zone) throw new Error('The drop zone is not on the screen.');
  const move = async (from: number, to: number): Promise<void> => {
    for (let step = from; step <= to; step++) {
      // Slower at both ends.
      const left = (1 + Math.cos((Math.PI * step) / STEPS)) / 2;
      const [x, y] = [zone.x + zone.width / 2 - left * 580, zone.y + zone.height / 2 + left * 220];
      await movePointer(board.page, x, y);
      await take();
    }
  };
  const enters = Math.ceil(STEPS * 0.6);
  await move(0, enters - 1);
  const drag = await board.drag(paths, board.dropZone);
  await board.stapler.getByText('Drop to attach').waitFor();
  await move(enters, STEPS);
  return drag;
}

/** Thumbnail of one of the latest attachments in the form. */
const thumbnailOf = (board: Board, name: string): Locator =>
  board.latest.getByRole('button', { name }).locator('img');

let drawn: Promise<Samples> | undefined;

function samplesOf({ page }: Scene): Promise<Samples> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The pictures need a browser.');
  return (drawn ??= drawSamples(browser));
}

const attachmentsOf = (samples: Samples, names: readonly string[]): { name: string; content: Buffer }[] =>
  names.map((name) => ({ name, content: samples[name]! }));

/** Attaches samples to the bug, by default all of them. */
async function attachSamples(scene: Scene, names?: readonly string[]): Promise<void> {
  const samples = await samplesOf(scene);
  scene.emulator.store.attach(SHOP_BUG, attachmentsOf(samples, names ?? Object.keys(samples)));
}

/** Shows a pointer that drags files, above the page and its frames. */
async function showPointer(page: Page, images: readonly Buffer[], count: number): Promise<void> {
  const sources = images.map((image) => `data:image/png;base64,${image.toString('base64')}`);
  await page.evaluate(
    ([all, badge]) => {
      const pictures = all.map(
        (source, index) =>
          `<img src="${source}" style="position: absolute; left: ${-78 + index * 12}px; top: ${-64 + index * 10}px;
            width: 96px; height: 64px; object-fit: cover; border: 2px solid #fff; border-radius: 4px; box-shadow: 0 2px 8px #0006">`,
      );
      document.body.insertAdjacentHTML(
        'beforeend',
        `<div id="pointer" style="position: fixed; z-index: 99999; pointer-events: none">${pictures.join('')}
          <span style="position: absolute; left: 18px; top: -62px; min-width: 22px; padding: 2px; border-radius: 11px; background: #0078d4;
            color: #fff; font: bold 13px 'Segoe UI', sans-serif; text-align: center">${badge}</span>
          <svg width="22" height="30" viewBox="0 0 22 30" style="position: absolute">
            <path d="M1 1v23l6-5 4 9 4-2-4-9h8z" fill="#000" stroke="#fff" stroke-width="1.5"/></svg></div>`,
      );
    },
    [sources, count] as const,
  );
}

async function movePointer(page: Page, x: number, y: number): Promise<void> {
  await page.locator('#pointer').evaluate(
    (pointer, place) => {
      pointer.style.left = `${place.x}px`;
      pointer.style.top = `${place.y}px`;
    },
    { x, y },
  );
}
