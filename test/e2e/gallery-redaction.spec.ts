import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from '@playwright/test';
import type * as EditorModel from '../../src/gallery/editor/model/editor';
import type * as Flatten from '../../src/gallery/editor/flatten';
import type { ShapeKind } from '../../src/gallery/editor/model/shapes';
import { expect, test } from './fixtures';

/** Pairs of images. */
const CASES = 1_000;

/** Pairs that differ beside the redaction: they show that the comparison can fail. */
const CONTROLS = 50;

declare global {
  interface Window {
    editorParts: typeof EditorModel & typeof Flatten;
  }
}

/** Loads the editor, without its dialog, into an empty page. */
async function loadEditor(page: Page): Promise<void> {
  const folder = join(__dirname, '../../src/gallery/editor');
  const { outputFiles } = await build({
    stdin: { contents: `export * from './model/editor'; export * from './flatten';`, resolveDir: folder },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'editorParts',
  });
  await page.setContent('<title>Redactions</title>');
  await page.addScriptTag({ content: outputFiles[0]!.text });
}

/**
 * Compares the files of pairs of images that differ only inside a redaction.
 *
 * @param beside Whether they differ in one pixel beside it as well, and have no other shapes.
 * @returns Seeds of the pairs with different files.
 */
function compare(page: Page, seeds: readonly number[], beside: boolean): Promise<number[]> {
  return page.evaluate(
    async ([seeds, beside]) => {
      const { createEditor, flatten } = window.editorParts;
      const kinds: ShapeKind[] = ['arrow', 'line', 'box', 'ellipse', 'pen', 'text', 'step', 'redact', 'crop'];

      async function isSame(seed: number): Promise<boolean> {
        let state = seed;
        const next = (): number => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          return state / 2 ** 32;
        };
        const upTo = (end: number): number => Math.floor(next() * end);
        const size = { width: 4 + upTo(60), height: 4 + upTo(60) };
        const editor = createEditor({ size, measure: (text, px) => text.length * px, newText: 'Hg' });
        const anywhere = () => ({
          ...{ x: next() * 80 - 10, y: next() * 80 - 10 },
          ...{ width: next() * 60 - 10, height: next() * 60 - 10 },
        });
        const drawSome = (): void => {
          for (let shapes = beside ? 0 : upTo(3); shapes > 0; shapes--) {
            editor.draw(kinds[upTo(kinds.length)]!, anywhere());
            editor.change({ color: next() < 0.5 ? 'yellow' : 'blue', weight: 'thin' });
          }
        };
        drawSome();
        editor.change({ look: next() < 0.5 ? 'mosaic' : 'solid' });
        editor.draw('redact', anywhere());
        const { history, selected } = editor.getSnapshot();
        const { area } = history.present.find(({ id }) => id === selected)!;
        editor.select(undefined);
        drawSome();

        const one = new ImageData(size.width, size.height);
        for (let index = 0; index < one.data.length; index++)
          one.data[index] = index % 4 === 3 && next() < 0.5 ? 255 : upTo(256);
        const other = new ImageData(one.data.slice(), size.width, size.height);
        for (let y = area.y; y < area.y + area.height; y++)
          for (let x = area.x; x < area.x + area.width; x++)
            for (let part = 0; part < 4; part++) other.data[(y * size.width + x) * 4 + part] = upTo(256);
        if (beside) {
          const x = area.x > 0 ? area.x - 1 : area.x + area.width;
          const at = (area.y * size.width + Math.min(x, size.width - 1)) * 4;
          const isThere = x < size.width;
          one.data.set([10, 20, 30, 255], isThere ? at : 0);
          other.data.set([11, 20, 30, 255], isThere ? at : 0);
          if (!isThere) return false;
        }
        const files: string[] = [];
        for (const image of [one, other]) {
          const picture = await createImageBitmap(image);
          const png = await flatten(picture, editor.getSnapshot().history.present, size);
          picture.close();
          files.push(new Uint8Array(await png.arrayBuffer()).join());
        }
        return files[0] === files[1];
      }

      const different: number[] = [];
      for (const seed of seeds) if (!(await isSame(seed))) different.push(seed);
      return different;
    },
    [seeds, beside] as const,
  );
}

const seedsUpTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('Images that differ only inside a redaction give the same bytes @services-only', async ({ page }) => {
  await loadEditor(page);
  expect(await compare(page, seedsUpTo(CASES), false)).toEqual([]);
  expect(await compare(page, seedsUpTo(CONTROLS), true)).toEqual(seedsUpTo(CONTROLS));
});

test('The file has the pixels of the image, a PNG without metadata @services-only', async ({ page }) => {
  await loadEditor(page);
  const { chunks, isExact } = await page.evaluate(async () => {
    const size = { width: 40, height: 30 };
    const image = new ImageData(size.width, size.height);
    image.data.forEach((_, index) => (image.data[index] = index % 4 === 3 ? 255 : (index * 37) % 256));
    const editor = window.editorParts.createEditor({ size, measure: () => 1, newText: '' });
    editor.draw('crop', { x: 4.2, y: 3, width: 20.5, height: 12 });
    const picture = await createImageBitmap(image);
    const png = await window.editorParts.flatten(picture, editor.getSnapshot().history.present, size);
    const bytes = new DataView(await png.arrayBuffer());
    const chunks: string[] = [];
    let at = 8;
    while (at < bytes.byteLength) {
      chunks.push(String.fromCharCode(...[4, 5, 6, 7].map((offset) => bytes.getUint8(at + offset))));
      at += 12 + bytes.getUint32(at);
    }
    const read = document.createElement('canvas').getContext('2d')!;
    read.drawImage(await createImageBitmap(png), 0, 0);
    const { data } = read.getImageData(0, 0, 21, 12);
    const isExact = data.every((value, index) => {
      const pixel = Math.floor(index / 4);
      const [x, y] = [(pixel % 21) + 4, Math.floor(pixel / 21) + 3];
      return value === image.data[(y * size.width + x) * 4 + (index % 4)];
    });
    return { chunks, isExact };
  });
  expect(isExact).toBe(true);
  expect(chunks.filter((type) => !['IHDR', 'sRGB', 'gAMA', 'IDAT', 'IEND'].includes(type))).toEqual([]);
  expect(chunks.at(-1)).toBe('IEND');
});
