import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { attachmentsOf, pickable } from './files';
import { expect, test } from './fixtures';

const LIMIT_BYTES = 700_000;

/** Draws an image of noise in the page, and records two seconds of changes in it as VP9. */
async function drawMedia(page: Page): Promise<{ image: Buffer; video: Buffer }> {
  const drawn = await page.evaluate(async () => {
    const [width, height, frames] = [900, 700, 60];
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d')!;
    const noise = context.createImageData(width, height);
    for (let at = 0; at < noise.data.length; at++) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
    context.putImageData(noise, 0, 0);
    const image = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    const recorder = new MediaRecorder(canvas.captureStream(25), {
      mimeType: 'video/webm;codecs=vp9',
      videoBitsPerSecond: 8_000_000,
    });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => void parts.push(data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    for (let frame = 0; frame < frames; frame++) {
      context.fillStyle = `hsl(${frame * 7} 80% 50%)`;
      context.fillRect((frame * 37) % 800, (frame * 53) % 600, 120, 120);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
    recorder.stop();
    await stopped;
    const bytesOf = async (blob: Blob): Promise<number[]> => [...new Uint8Array(await blob.arrayBuffer())];
    return { image: await bytesOf(image!), video: await bytesOf(new Blob(parts)) };
  });
  return { image: Buffer.from(drawn.image), video: Buffer.from(drawn.video) };
}

/** Bytes of an attachment on the server. */
function storedBytes(emulator: Emulator, attachmentId: string): Promise<Buffer> {
  return readFile(emulator.store.attachment(attachmentId)!.path);
}

test('An image and a video over the limit get smaller, and the copies can be shown @services-only', async ({
  board,
  emulator,
  page,
}) => {
  const { image, video } = await drawMedia(page);
  expect(Math.min(image.length, video.length)).toBeGreaterThan(LIMIT_BYTES);
  emulator.store.limits.maxAttachmentBytes = LIMIT_BYTES;
  await board.pick([
    pickable({ name: 'shot.png', bytes: image }),
    pickable({ name: 'clip.webm', bytes: video }),
  ]);
  for (const name of ['shot.png', 'clip.webm']) {
    const question = board.overLimit(name);
    await question.getByRole('button', { name: /^Smaller/ }).click();
    await expect(question).toHaveCount(0, { timeout: 60_000 });
  }
  await expect(board.finished('2 files attached')).toBeVisible();
  const attached = attachmentsOf(emulator, 7);
  expect(attached.map(({ name }) => name).sort()).toEqual([
    expect.stringMatching(/^clip \(smaller\)\.(mp4|webm)$/),
    expect.stringMatching(/^shot \(smaller\)\.(webp|jpg)$/),
  ]);
  for (const { name, size, attachmentId } of attached) {
    expect(size).toBeLessThanOrEqual(LIMIT_BYTES);
    const bytes = await storedBytes(emulator, attachmentId);
    const shown = await page.evaluate(
      async ([data, isVideo]) => {
        const url = URL.createObjectURL(new Blob([new Uint8Array(data)]));
        if (!isVideo) {
          const element = new Image();
          element.src = url;
          await element.decode();
          return [element.naturalWidth, element.naturalHeight];
        }
        const element = document.createElement('video');
        element.muted = true;
        element.src = url;
        const ended = new Promise((resolve, reject) => {
          element.onended = resolve;
          element.onerror = reject;
        });
        await element.play();
        await ended;
        return [element.videoWidth, element.videoHeight];
      },
      [[...bytes], name.startsWith('clip')] as const,
    );
    expect(shown[0]! / shown[1]!).toBeCloseTo(900 / 700, 1);
  }
});
