import type { Locator } from '@playwright/test';
import {
  cutContentPdf,
  damagedContentPdf,
  damagedPicturePdf,
  hugePicturePdf,
  japanesePdf,
  jpeg2000Pdf,
  jpegPdf,
  missingGlyphPdf,
  samplePdf,
  slowPdf,
} from '../helpers/sample-pdf';
import { jbig2Pdf } from '../helpers/sample-jbig2';
import { expect, poll } from './fixtures';
import type { GalleryPage } from './gallery-story';
import { story } from './gallery-story';

/** A bug without attachments. */
const EMPTY = 7;

const OMITTED = "Some text or images on this page can't be shown here. Download the file to see them.";

/** Colors of the JPEG 2000 picture. */
const QUARTERS = ['red', 'green', 'blue', 'red green'];

async function openWith(gallery: GalleryPage, files: Readonly<Record<string, Buffer>>): Promise<void> {
  gallery.emulator.store.attach(
    EMPTY,
    Object.entries(files).map(([name, content]) => ({ name, content })),
  );
  await gallery.open(EMPTY);
}

async function look(gallery: GalleryPage, name: string): Promise<void> {
  if ((await gallery.preview.count()) > 0) await gallery.page.keyboard.press('Escape');
  await gallery.row(name).getByRole('button', { name, exact: true }).click();
  await expect(gallery.preview).toHaveAccessibleName(`Preview of ${name}`);
}

/** Colors of the four quarters of a drawn page, as the strongest parts of red, green and blue. */
function quartersOf(canvas: Locator): Promise<string[]> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const context = element.getContext('2d')!;
    return [
      [1, 1],
      [3, 1],
      [1, 3],
      [3, 3],
    ].map(([x, y]) => {
      const { data } = context.getImageData((element.width * x!) / 4, (element.height * y!) / 4, 1, 1);
      return ['red', 'green', 'blue'].filter((_, index) => data[index]! > 120).join(' ');
    });
  });
}

story(
  'A PDF in Japanese has its text, and pictures in JPEG 2000 and JBIG2 are drawn @both',
  async ({ gallery }) => {
    const { preview } = gallery;
    await openWith(gallery, {
      'japanese.pdf': japanesePdf(),
      'scan.pdf': jpeg2000Pdf(),
      'fax.pdf': jbig2Pdf(),
    });
    await look(gallery, 'japanese.pdf');
    await expect(preview.getByText('日本語')).toBeAttached();
    await expect(preview.getByText('東京')).toBeAttached();
    await expect(preview.getByText(OMITTED)).toHaveCount(0);

    const canvas = preview.locator('canvas').first();
    for (const [name, quarters] of [
      ['scan.pdf', QUARTERS],
      ['fax.pdf', ['', 'red green blue', '', 'red green blue']],
    ] as const) {
      await look(gallery, name);
      await poll(() => quartersOf(canvas)).toEqual(quarters);
      await expect(preview.getByText(OMITTED)).toHaveCount(0);
    }
  },
);

story('A page of a PDF says that a part of it is missing @both', async ({ gallery }) => {
  const { page, preview } = gallery;
  const incomplete = {
    'huge.pdf': hugePicturePdf(),
    'damaged.pdf': damagedPicturePdf(),
    'cut.pdf': jpegPdf(true),
    'glyph.pdf': missingGlyphPdf(),
    'content.pdf': cutContentPdf(),
    'command.pdf': damagedContentPdf(),
  };
  await openWith(gallery, {
    ...incomplete,
    'photo.pdf': jpegPdf(false),
    'japanese.pdf': japanesePdf(),
    'plain.pdf': samplePdf(['Complete']),
  });
  for (const name of Object.keys(incomplete)) {
    await look(gallery, name);
    await expect(preview.getByText(OMITTED)).toBeVisible();
  }
  await look(gallery, 'photo.pdf');
  await poll(() => quartersOf(preview.locator('canvas').first())).toContain('red green');
  await expect(preview.getByText(OMITTED)).toHaveCount(0);
  await look(gallery, 'plain.pdf');
  await poll(() => quartersOf(preview.locator('canvas').first())).toEqual(Array(4).fill('red green blue'));
  await expect(preview.getByText(OMITTED)).toHaveCount(0);

  // Data of the library are the chunks without a name.
  await page.route(/\/\d+\.js$/, (route) => route.abort());
  await look(gallery, 'japanese.pdf');
  await expect(preview.getByText(OMITTED)).toBeVisible();
});

story('A PDF is shown where no worker starts @both', async ({ gallery }) => {
  const { page, preview } = gallery;
  await page.addInitScript(() => {
    const blocked = (): never => {
      throw new DOMException('Blocked.', 'SecurityError');
    };
    window.Worker = new Proxy(Worker, { construct: blocked });
  });
  await openWith(gallery, { 'japanese.pdf': japanesePdf(), 'scan.pdf': jpeg2000Pdf() });
  await look(gallery, 'japanese.pdf');
  await expect(preview.getByText('日本語')).toBeAttached();
  await look(gallery, 'scan.pdf');
  await poll(() => quartersOf(preview.locator('canvas').first())).toEqual(QUARTERS);
});

story('A PDF that keeps its parser busy leaves the preview usable', async ({ gallery }) => {
  const { preview } = gallery;
  await openWith(gallery, { 'slow.pdf': slowPdf() });
  await look(gallery, 'slow.pdf');
  await preview.getByRole('button', { name: 'Zoom out' }).click({ timeout: 5_000 });
  await expect(preview.getByText('Page 1 takes too long to draw.')).toBeVisible();
  await gallery.page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
});

story('A PDF of 10,000 pages opens and scrolls to its last page @services-only', async ({ gallery }) => {
  const { preview } = gallery;
  const texts = Array.from({ length: 10_000 }, (_, index) => `Text of page ${index + 1}`);
  await openWith(gallery, { 'long.pdf': samplePdf(texts) });
  await look(gallery, 'long.pdf');
  await expect(preview.getByText('Text of page 1', { exact: true })).toBeAttached();
  const pages = preview.getByRole('region', { name: 'Pages of long.pdf' });
  const status = preview.getByRole('status').filter({ hasText: 'of 10,000' });
  // The largest scale is limited, so that browsers can scroll to the end.
  for (let step = 0; step < 10; step++) await preview.getByRole('button', { name: 'Zoom in' }).click();
  await pages.focus();
  await gallery.page.keyboard.press('End');
  await expect(status).toContainText('Page 10,000 of 10,000');
  await expect(preview.getByText('Text of page 10000', { exact: true })).toBeAttached();
});
