/** @jest-environment jsdom */
import { ELEMENT, objectUrls } from '../../../../helpers/browser-parts';
import * as React from 'react';
import { ImageViewer } from '../../../../../src/gallery/viewers/image/image-viewer';
import { openImage } from '../../../../../src/gallery/viewers/image/image-source';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { act } from 'react-dom/test-utils';
import { exifData, jpegWith, SAMPLE_EXIF } from '../../../../helpers/sample-picture';
import { clearAll, click, press, render, tell, until } from '../../../../helpers/render';

function open(name: string, content: BlobPart): Promise<HTMLElement> {
  return render(
    <ImageViewer
      file={{ name, bytes: new Blob([content], { type: 'text/html' }) }}
      saveAs={undefined}
      runTask={runOnPage}
    />,
  );
}

/** Renders an image of a size and fires its load event. */
async function show(
  width: number,
  height: number,
  name = 'photo.png',
  content: BlobPart = 'x',
): Promise<HTMLElement> {
  const place = await open(name, content);
  await until(() => place.querySelector('img') !== null);
  const image = imageIn(place);
  Object.defineProperties(image, { naturalWidth: { value: width }, naturalHeight: { value: height } });
  tell(image, 'load');
  return place;
}

function imageIn(place: HTMLElement): HTMLImageElement {
  return place.querySelector('img')!;
}

function stageIn(place: HTMLElement): HTMLElement {
  return place.querySelector<HTMLElement>('.viewer-stage')!;
}

function status(place: HTMLElement): string {
  return place.querySelector('[role=status]')!.textContent;
}

/** Dispatches a pointer event of a finger on the stage. */
function touch(place: HTMLElement, type: string, pointerId: number, x: number, buttons = 1): void {
  const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), {
    ...{ pointerId, clientX: x, clientY: 100, button: 0, buttons, isPrimary: pointerId === 1 },
  });
  const stage = stageIn(place);
  // Missing in jsdom.
  stage.setPointerCapture = () => undefined;
  act(() => void stage.dispatchEvent(event));
}

function doubleTap(place: HTMLElement): void {
  act(() => void stageIn(place).dispatchEvent(new MouseEvent('dblclick', { bubbles: true })));
}

/** Position of the image, in CSS pixels from the left edge. */
function leftOf(place: HTMLElement): number {
  return Number(/translate\((-?[\d.]+)px/.exec(imageIn(place).style.transform)?.[1]);
}

afterEach(clearAll);

test('ImageViewer fits the image first and zooms by buttons and keys', async () => {
  const place = await show(1600, 400);
  expect(status(place)).toBe('1600 × 400 · 50%');
  expect(imageIn(place).style).toMatchObject({ width: `${ELEMENT.width}px`, height: '200px' });
  click(place, 'Actual size');
  expect(status(place)).toContain('100%');
  press('+', stageIn(place));
  expect(status(place)).toContain('125%');
  press('-', stageIn(place));
  click(place, 'Zoom out');
  expect(status(place)).toContain('80%');
  press('0', stageIn(place));
  expect(status(place)).toContain('50%');
  press('1', stageIn(place));
  click(place, 'Fit');
  expect(status(place)).toContain('50%');
});

test('ImageViewer pans an overflowing image with arrow keys and leaves them to the page otherwise', async () => {
  const place = await show(1600, 400);
  expect(press('ArrowRight')).toBe(true);
  press('1', stageIn(place));
  const before = imageIn(place).style.transform;
  expect(press('ArrowRight')).toBe(false);
  expect(imageIn(place).style.transform).not.toBe(before);
  press('0', stageIn(place));
  expect(press('ArrowLeft')).toBe(true);
});

test('ImageViewer leaves keys with Ctrl to the browser', async () => {
  const stage = stageIn(await show(10, 10));
  expect(press('+', stage, { ctrlKey: true })).toBe(true);
  expect(press('0', stage, { metaKey: true })).toBe(true);
});

test('ImageViewer zooms by character keys only with the focus on the image or its buttons', async () => {
  const place = await show(1600, 400);
  const elsewhere = document.createElement('button');
  document.body.append(elsewhere);
  for (const key of ['+', '=', '-', '0', '1']) {
    expect(press(key, elsewhere)).toBe(true);
    expect(press(key)).toBe(true);
    expect(status(place)).toContain('50%');
  }
  expect(stageIn(place).tabIndex).toBe(0);
  expect(press('1', stageIn(place))).toBe(false);
  expect(status(place)).toContain('100%');
  expect(press('0', place.querySelector('.viewer-button')!)).toBe(false);
  expect(status(place)).toContain('50%');
});

test('ImageViewer shows an error for an unsupported image', async () => {
  const place = await show(10, 10, 'scan.tiff');
  tell(imageIn(place), 'error');
  expect(place.querySelector('[role=alert]')?.textContent).toContain("Can't preview");
  expect(imageIn(place)).toBeNull();
});

const SVG = 'xmlns="http://www.w3.org/2000/svg"';

test('ImageViewer releases the address of an image', async () => {
  const place = await show(10, 10);
  expect(objectUrls.get(imageIn(place).src)).toBe('');
  clearAll();
  expect(objectUrls.size).toBe(0);
});

test('ImageViewer shows an SVG only as an image with a data URL', async () => {
  const place = await show(0, 0, 'drawing.svg', `<?xml version="1.0" encoding="UTF-8"?><svg ${SVG}/>`);
  expect(imageIn(place).getAttribute('src')).toBe(
    `data:image/svg+xml;charset=utf-8,${encodeURIComponent(`<svg ${SVG}/>`)}`,
  );
  expect(objectUrls.size).toBe(0);
  expect(place.querySelectorAll('iframe, object, embed, svg')).toHaveLength(0);
  expect(status(place)).toContain('512 × 512');
});

test.each([
  ['that is too complex', `<svg ${SVG}><g id="a"><use href="#a"/></g></svg>`, 'is too complex to preview'],
  ['that is no SVG', 'x', "Can't preview"],
])('ImageViewer draws no SVG %s', async (_name, content, message) => {
  const place = await open('drawing.svg', content);
  await until(() => place.querySelector('[role=alert]') !== null);
  expect(place.querySelector('[role=alert]')?.textContent).toContain(message);
  expect(imageIn(place)).toBeNull();
});

test('openImage checks the text that the browser draws, whatever its declared encoding', async () => {
  // In UTF-16, these bytes are other characters.
  const text = `<?xml version="1.0" encoding="windows-1251"?><svg ${SVG}><text>\u00cf</text></svg>`;
  const bytes = new Blob([Buffer.from(text, 'latin1')]);
  const url = await openImage(bytes, 'a.svg', new AbortController().signal);
  expect(decodeURIComponent(url)).toContain('<text>П</text>');
  expect(decodeURIComponent(url)).not.toContain('encoding');
});

test('ImageViewer zooms by two fingers, pans by one, and ignores a third', async () => {
  const place = await show(1600, 400);
  touch(place, 'pointerdown', 1, 300);
  touch(place, 'pointerdown', 2, 500);
  touch(place, 'pointermove', 2, 700);
  expect(status(place)).toContain('100%');
  const left = leftOf(place);
  touch(place, 'pointerdown', 3, 100);
  touch(place, 'pointermove', 3, 0);
  expect(status(place)).toContain('100%');
  expect(leftOf(place)).toBe(left);
  touch(place, 'pointerup', 3, 0);
  touch(place, 'pointerup', 1, 300);
  touch(place, 'pointermove', 2, 660);
  expect(leftOf(place)).toBe(left - 40);
});

test.each(['pointerup', 'pointercancel', 'lostpointercapture'])(
  'ImageViewer forgets a finger after %s',
  async (type) => {
    const place = await show(1600, 400);
    click(place, 'Actual size');
    const left = leftOf(place);
    touch(place, 'pointerdown', 1, 300);
    touch(place, 'pointerdown', 2, 500);
    touch(place, type, 2, 500);
    touch(place, 'pointermove', 1, 260);
    expect(status(place)).toContain('100%');
    expect(leftOf(place)).toBe(left - 40);
    touch(place, type, 1, 260);
    touch(place, 'pointermove', 1, 100);
    expect(leftOf(place)).toBe(left - 40);
  },
);

test('ImageViewer begins a new gesture after it has missed the end of the last one', async () => {
  const place = await show(1600, 400);
  click(place, 'Actual size');
  touch(place, 'pointerdown', 1, 300);
  touch(place, 'pointerdown', 2, 500);
  const left = leftOf(place);
  touch(place, 'pointerdown', 1, 100);
  touch(place, 'pointermove', 1, 60);
  expect(status(place)).toContain('100%');
  expect(leftOf(place)).toBe(left - 40);
});

test('ImageViewer does not pan with a mouse whose button was released elsewhere', async () => {
  const place = await show(1600, 400);
  click(place, 'Actual size');
  const left = leftOf(place);
  touch(place, 'pointerdown', 1, 300);
  touch(place, 'pointermove', 1, 200, 0);
  touch(place, 'pointermove', 1, 100);
  expect(leftOf(place)).toBe(left);
});

test('ImageViewer zooms in by a double tap after a swipe over the fitted image or a pinch back to it', async () => {
  const place = await show(1600, 400);
  touch(place, 'pointerdown', 1, 300);
  touch(place, 'pointermove', 1, 500);
  touch(place, 'pointerup', 1, 500);
  expect(status(place)).toContain('50%');
  doubleTap(place);
  expect(status(place)).toContain('100%');
  touch(place, 'pointerdown', 1, 300);
  touch(place, 'pointerdown', 2, 700);
  touch(place, 'pointermove', 2, 400);
  touch(place, 'pointerup', 1, 300);
  touch(place, 'pointerup', 2, 400);
  expect(status(place)).toContain('50%');
  doubleTap(place);
  expect(status(place)).toContain('100%');
});

test('ImageViewer rotates an image by 90 degrees and fits it again', async () => {
  const place = await show(1600, 400);
  click(place, 'Rotate');
  // 1600 pixels are now in the height of the stage.
  const scale = ELEMENT.height / 1600;
  expect(status(place)).toBe(`1600 × 400 · ${Math.round(scale * 100)}%`);
  expect(imageIn(place).style).toMatchObject({ width: `${ELEMENT.height}px`, height: `${400 * scale}px` });
  expect(imageIn(place).style.transform).toContain('rotate(90deg)');
  for (let more = 0; more < 3; more++) click(place, 'Rotate');
  expect(status(place)).toContain('50%');
  expect(imageIn(place).style.transform).not.toContain('rotate');
});

test('ImageViewer keeps the scale of a zoomed image when it is rotated', async () => {
  const place = await show(1600, 400);
  click(place, 'Actual size');
  click(place, 'Rotate');
  expect(status(place)).toContain('100%');
  // Arrows move the image as it is seen.
  const before = /translate\((-?[\d.]+)px, (-?[\d.]+)px/.exec(imageIn(place).style.transform);
  press('ArrowUp');
  const later = /translate\((-?[\d.]+)px, (-?[\d.]+)px/.exec(imageIn(place).style.transform);
  expect(Number(later?.[2])).toBe(Number(before?.[2]) + 60);
});

test('ImageViewer warns of a position and shows the facts in the details', async () => {
  const content = new Uint8Array(jpegWith(exifData(SAMPLE_EXIF, true)));
  const place = await show(40, 30, 'photo.jpg', content);
  await until(() => place.textContent.includes('This image includes the location where it was taken.'));
  expect(place.textContent).not.toContain('48.85837');
  click(place, 'Details');
  const details = place.querySelector('[aria-label=Details]')!;
  expect(details.textContent).toContain('Location48.85837, 2.29448');
  expect(details.textContent).toContain('Size in pixels40 × 30');
  expect(details.textContent).toContain('The tower ⟨U+202E⟩gnp');
  expect(details.querySelector('a')).toBeNull();
  click(place, 'Details');
  expect(place.querySelector('[aria-label=Details]')).toBeNull();
});

test('ImageViewer warns of nothing in a picture without facts', async () => {
  const place = await show(40, 30);
  click(place, 'Details');
  expect(place.textContent).toContain('This file has no camera data.');
  expect(place.textContent).not.toContain('position');
});
