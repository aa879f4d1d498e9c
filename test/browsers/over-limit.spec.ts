import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { attachmentsOf } from '../e2e/files';
import { Form } from './form';
import { notIn, story } from './story';

const LIMIT_BYTES = 700_000;

/** Records changes in an image of noise until the video is over the limit, on slow machines as well. Runs in the page. */
const RECORD = `(async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 700 });
  const context = canvas.getContext('2d');
  const noise = context.createImageData(900, 700);
  for (let at = 0; at < noise.data.length; at++) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
  context.putImageData(noise, 0, 0);
  const recorder = new MediaRecorder(canvas.captureStream(25), {
    mimeType: 'video/webm;codecs=vp8',
    videoBitsPerSecond: 8000000,
  });
  const parts = [];
  let size = 0;
  recorder.ondataavailable = ({ data }) => {
    parts.push(data);
    size += data.size;
  };
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start(100);
  for (let frame = 0; size <= ${LIMIT_BYTES}; frame++) {
    context.fillStyle = 'hsl(' + frame * 7 + ' 80% 50%)';
    context.fillRect((frame * 37) % 800, (frame * 53) % 600, 120, 120);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  recorder.stop();
  await stopped;
  const reader = new FileReader();
  reader.readAsDataURL(new Blob(parts));
  await new Promise((resolve) => (reader.onload = resolve));
  return reader.result.split(',')[1];
})()`;

/** Plays a video to its end and returns its size on the screen. Runs in the page. */
const play = (bytes: Buffer): string => `(async () => {
  const video = Object.assign(document.createElement('video'), { muted: true });
  const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (each) => each.charCodeAt(0));
  video.src = URL.createObjectURL(new Blob([bytes]));
  await video.play();
  await new Promise((resolve, reject) => Object.assign(video, { onended: resolve, onerror: reject }));
  return [video.videoWidth, video.videoHeight];
})()`;

story(
  'A video over the limit gets smaller, and the copy plays',
  { annotation: notIn('webkit', 'The engine of Debian records and encodes no video.') },
  async ({ stage }) => {
    stage.emulator.store.limits.maxAttachmentBytes = LIMIT_BYTES;
    const form = await Form.open(stage);
    const { main } = form.tab;
    const clip = Buffer.from(String(await main.evaluate(RECORD)), 'base64');
    expect(clip.length).toBeGreaterThan(LIMIT_BYTES);
    await form.pick(await stage.write([{ name: 'clip.webm', bytes: clip }]));
    const question = form.stapler.get('group', 'File over the limit');
    await question.get('button', /^Smaller video/).click();
    await form.finished('1 file attached');

    const [copy] = attachmentsOf(stage.emulator, 7);
    expect(copy?.name).toMatch(/^clip \(smaller\)\.(mp4|webm)$/);
    expect(copy?.size).toBeLessThanOrEqual(LIMIT_BYTES);
    const bytes = await readFile(stage.emulator.store.attachment(copy!.attachmentId)!.path);
    const [width, height] = (await main.evaluate(play(bytes))) as number[];
    expect(width! / height!).toBeCloseTo(900 / 700, 1);
  },
);
