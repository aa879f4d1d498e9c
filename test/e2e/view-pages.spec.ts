import type { Locator } from '@playwright/test';
import { jpegPdf, rotatedPdf, samplePdf } from '../helpers/sample-pdf';
import { exifData, pngWith, SAMPLE_EXIF, xmpWith } from '../helpers/sample-picture';
import { expect, poll } from './fixtures';
import type { GalleryPage } from './gallery-story';
import { story } from './gallery-story';

/** A bug without attachments. */
const EMPTY = 7;

async function look(gallery: GalleryPage, name: string, content: Buffer): Promise<void> {
  gallery.emulator.store.attach(EMPTY, [{ name, content }]);
  await gallery.open(EMPTY);
  await gallery.row(name).getByRole('button', { name, exact: true }).click();
  await expect(gallery.preview).toHaveAccessibleName(`Preview of ${name}`);
}

/** The status that contains a text. */
function status(preview: Locator, hasText: string | RegExp): Locator {
  return preview.getByRole('status').filter({ hasText });
}

story('A word is searched in all pages of a PDF @both', async ({ gallery }) => {
  const { page, preview } = gallery;
  const texts = Array.from({ length: 60 }, (_, index) =>
    index % 20 === 10 ? `Needle and needle ${index + 1}` : `Page ${index + 1}`,
  );
  await look(gallery, 'long.pdf', samplePdf(texts));
  await expect(preview.getByText('Page 1', { exact: true })).toBeAttached();
  await page.keyboard.press('Control+f');
  const field = preview.getByRole('searchbox', { name: 'Search in the file' });
  await expect(field).toBeFocused();
  await page.keyboard.type('nEEDLE');
  await expect(status(preview, /^1 of 6$/)).toBeVisible();
  const current = preview.locator('mark.viewer-current');
  await expect(current).toHaveText('Needle');
  await expect(current).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(status(preview, /^2 of 6$/)).toBeVisible();
  await expect(current).toHaveText('needle');
  await page.keyboard.press('Enter');
  // On page 31, not rendered before.
  await expect(preview.getByText(' and ').filter({ hasText: '31' })).toBeInViewport();
  await expect(current).toBeInViewport();
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(status(preview, /^6 of 6$/)).toBeVisible();
  await expect(current).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await expect(preview.locator('mark')).toHaveCount(0);
});

story('The search tells a PDF without text from one without a match', async ({ gallery }) => {
  const { page, preview } = gallery;
  gallery.emulator.store.attach(EMPTY, [{ name: 'text.pdf', content: samplePdf(['Hello']) }]);
  await look(gallery, 'scan.pdf', jpegPdf(false));
  const field = preview.getByRole('searchbox', { name: 'Search in the file' });
  await field.fill('a');
  await expect(status(preview, 'This PDF has no text to search')).toBeVisible();
  // The words wrap in a narrow window, to leave room for the query.
  await page.setViewportSize({ width: 320, height: 1000 });
  await poll(async () => (await field.boundingBox())?.width ?? 0).toBeGreaterThanOrEqual(80);
  await page.setViewportSize({ width: 1280, height: 1000 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await gallery.row('text.pdf').getByRole('button', { name: 'text.pdf', exact: true }).click();
  await field.fill('x');
  await expect(status(preview, 'Nothing found')).toBeVisible();
});

story('The field with the page number goes to a page @both', async ({ gallery }) => {
  const { page, preview } = gallery;
  await look(gallery, 'long.pdf', samplePdf(Array.from({ length: 400 }, (_, index) => `Text ${index + 1}`)));
  const field = preview.getByRole('textbox', { name: 'Page number' });
  await expect(field).toHaveValue('1');
  await field.fill('317');
  await page.keyboard.press('Enter');
  await expect(preview.getByText('Text 317', { exact: true })).toBeInViewport();
  await expect(status(preview, 'Page 317 of 400')).toBeAttached();
  for (const wrong of ['0', '401', '1.5', 'x', '']) {
    await field.fill(wrong);
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue('317');
  }
  // Escape puts the number back, and closes the preview only then.
  await field.fill('12');
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('317');
  // Digits of a field are no keys for the zoom.
  const before = await status(preview, 'of 400').textContent();
  await page.keyboard.type('1');
  expect(await status(preview, 'of 400').textContent()).toBe(before);
  await preview.getByRole('region', { name: 'Pages of long.pdf' }).focus();
  await page.keyboard.press('Home');
  await expect(field).toHaveValue('1');
  await page.keyboard.press('End');
  await expect(field).toHaveValue('400');
});

story('A page far down stays in place when its width changes @both', async ({ gallery }) => {
  const { page, preview } = gallery;
  await look(gallery, 'long.pdf', samplePdf(Array.from({ length: 400 }, (_, index) => `Text ${index + 1}`)));
  const field = preview.getByRole('textbox', { name: 'Page number' });
  await field.fill('317');
  await page.keyboard.press('Enter');
  const text = preview.getByText('Text 317', { exact: true });
  await expect(text).toBeInViewport();
  const zoom = preview.getByRole('status').filter({ hasText: 'Page 317 of 400' });
  const change = async (act: () => Promise<void>): Promise<void> => {
    const before = await zoom.textContent();
    await act();
    await expect(zoom).not.toHaveText(before!);
    await expect(text).toBeInViewport();
  };
  await change(() => page.setViewportSize({ width: 1000, height: 1000 }));
  await change(() => page.setViewportSize({ width: 1280, height: 1000 }));
  await change(() => preview.getByRole('button', { name: 'Zoom in' }).click());
  await change(() => preview.getByRole('button', { name: 'Zoom out' }).click());
});

story(
  'The text of a PDF is selected between its lines and keeps its place when rotated',
  async ({ gallery }) => {
    const { page, preview } = gallery;
    await look(gallery, 'scan.pdf', rotatedPdf(['First line', 'Second line', 'Third line']));
    const first = preview.getByText('First line', { exact: true });
    const second = preview.getByText('Second line', { exact: true });
    await expect(first).toBeAttached();
    const [from, to] = [await boxOf(first), await boxOf(second)];
    expect(to.y).toBeGreaterThan(from.y + from.height);
    await page.mouse.move(from.x + 2, from.y + from.height / 2);
    await page.mouse.down();
    // Into the empty space below the first line: without care, browsers select all lines.
    await page.mouse.move(from.x + from.width + 50, from.y + from.height + 10, { steps: 5 });
    await poll(() => selection(preview)).toBe('First line');
    await page.mouse.move(to.x + to.width - 2, to.y + to.height / 2, { steps: 5 });
    await page.mouse.up();
    await poll(() => selection(preview)).toBe('First line\nSecond line');

    const fitted = await status(preview, 'Page 1 of 1').textContent();
    await preview.getByRole('button', { name: 'Rotate' }).click();
    await expect(status(preview, 'Page 1 of 1')).not.toHaveText(fitted!);
    const turned = await boxOf(second);
    expect(turned.height).toBeGreaterThan(turned.width);
    expect(turned.x + turned.width).toBeLessThan((await boxOf(first)).x);
    // The text lies over its picture: the canvas is dark somewhere inside the box, and white beside it.
    await poll(() => darkIn(preview, turned)).toBeGreaterThan(20);
    expect(await darkIn(preview, { ...turned, x: turned.x - 1.5 * turned.width })).toBe(0);
  },
);

story('A picture warns of a position in its XMP data @services-only', async ({ gallery }) => {
  const { preview } = gallery;
  const xmp = xmpWith('exif:GPSLatitude="33,30.0S" exif:GPSLongitude="70,45.0W"');
  await look(gallery, 'edited.png', pngWith(Buffer.alloc(0), 64, 32, xmp));
  await expect(preview.getByText('This image includes the location where it was taken.')).toBeVisible();
  await preview.getByRole('button', { name: 'Details', exact: true }).click();
  const facts = preview.getByRole('region', { name: 'Details' });
  await expect(facts.getByText('-33.50000, -70.75000')).toBeVisible();
});

story('A photo is rotated, and warns of its position @both', async ({ gallery }) => {
  const { preview } = gallery;
  await look(gallery, 'photo.png', pngWith(exifData(SAMPLE_EXIF, false), 640, 320));
  await expect(preview.getByText('This image includes the location where it was taken.')).toBeVisible();
  const picture = preview.getByRole('img', { name: 'photo.png' });
  const details = preview.getByRole('button', { name: 'Details', exact: true });
  await expect(details).toHaveAttribute('aria-expanded', 'false');
  await details.click();
  const facts = preview.getByRole('region', { name: 'Details' });
  for (const text of [
    '48.85837, 2.29448',
    'Sample One',
    '1/250 s · f/2.8 · ISO 100',
    'The tower ⟨U+202E⟩gnp',
  ])
    await expect(facts.getByText(text)).toBeVisible();
  await details.click();
  await expect(facts).toHaveCount(0);

  const before = await boxOf(picture);
  // Browsers apply the stored orientation, by a quarter turn.
  const isLying = before.width > before.height;
  await preview.getByRole('button', { name: 'Rotate' }).click();
  await poll(async () => {
    const { width, height } = await boxOf(picture);
    return width > height;
  }).toBe(!isLying);
  const stage = await boxOf(preview.getByRole('region', { name: 'Image in photo.png' }));
  const after = await boxOf(picture);
  expect(after.x).toBeGreaterThanOrEqual(stage.x);
  expect(after.y + after.height).toBeLessThanOrEqual(stage.y + stage.height + 1);
});

async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await element.boundingBox();
  if (!box) throw new Error('The element has no box.');
  return box;
}

function selection(preview: Locator): Promise<string> {
  return preview.evaluate(() => getSelection()?.toString() ?? '');
}

/** Number of dark pixels of the page in a box of the window. */
async function darkIn(
  preview: Locator,
  box: { x: number; y: number; width: number; height: number },
): Promise<number> {
  const canvas = preview.locator('canvas');
  const place = await boxOf(canvas);
  return canvas.evaluate(
    (element: HTMLCanvasElement, { x, y, width, height, shown }) => {
      const factor = element.width / shown;
      const [left, top, right, down] = [x, y, width, height].map((value) => Math.round(value * factor));
      const { data } = element.getContext('2d')!.getImageData(left!, top!, right!, down!);
      return data.filter((value, index) => index % 4 === 0 && value < 100).length;
    },
    { x: box.x - place.x, y: box.y - place.y, width: box.width, height: box.height, shown: place.width },
  );
}
