import type { DrawThumbnail } from '../../../../src/gallery/thumbnails/drawing';
import { createDrawing } from '../../../../src/gallery/thumbnails/drawing';
import type { WorkerPoolOptions } from '../../../../src/gallery/workers/worker-pool';
import { createWorkerPool } from '../../../../src/gallery/workers/worker-pool';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { flush } from '../../../helpers/deferred';

/** A PNG header with a size. */
function png(width: number, height: number): Blob {
  const header = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000', 'hex');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return new Blob([new Uint8Array(header)]);
}

const notOnPage: DrawThumbnail = () => Promise.reject(new Error('Not on the page.'));

function drawingBy(startWorker: WorkerPoolOptions['startWorker'], drawOnPage = notOnPage): DrawThumbnail {
  const runtime = createFakeRuntime();
  return createDrawing({ workers: createWorkerPool({ startWorker, runtime }), runtime, drawOnPage });
}

/** A drawing whose workers are ready at once and answer when the test says so. */
function stage() {
  const answers: (() => Promise<void>)[] = [];
  const draw = drawingBy(() => {
    const worker = new EventTarget();
    const say = (data: object): boolean => worker.dispatchEvent(new MessageEvent('message', { data }));
    void Promise.resolve().then(() => say({ stapler: 'ready' }));
    return Object.assign(worker, {
      terminate: () => undefined,
      postMessage: () =>
        void answers.push(async () => {
          say({ stapler: 'done', result: new Blob() });
          await flush();
        }),
    });
  });
  return { answers, draw: (bytes: Blob) => void draw(bytes, 'a.png', new AbortController().signal) };
}

describe('createDrawing', () => {
  test('decodes two small pictures at a time', async () => {
    const { answers, draw } = stage();
    draw(png(4_000, 3_000));
    draw(png(4_000, 3_000));
    await flush();
    expect(answers).toHaveLength(2);
  });

  test('decodes large pictures one at a time', async () => {
    const { answers, draw } = stage();
    draw(png(8_000, 6_000));
    draw(png(8_000, 6_000));
    await flush();
    expect(answers).toHaveLength(1);
    await answers[0]?.();
    expect(answers).toHaveLength(2);
  });

  /** A drawing whose workers draw only the files with these names. */
  function withWorkers(drawable: RegExp) {
    const orders: string[] = [];
    const drawOnPage = jest.fn((bytes: Blob) => Promise.resolve(bytes));
    const draw = drawingBy(() => {
      const worker = new EventTarget();
      const say = (data: object): void =>
        void Promise.resolve().then(() => worker.dispatchEvent(new MessageEvent('message', { data })));
      say({ stapler: 'ready' });
      return Object.assign(worker, {
        terminate: () => undefined,
        postMessage({ input: { name } }: { readonly input: { readonly name: string } }) {
          orders.push(name);
          say(
            drawable.test(name)
              ? { stapler: 'done', result: new Blob() }
              : { stapler: 'failed', kind: 'internal' },
          );
        },
      });
    }, drawOnPage);
    return {
      orders,
      drawOnPage,
      draw: (name: string) => draw(png(9, 9), name, new AbortController().signal),
    };
  }

  test('draws on the page where workers cannot even draw a picture of one pixel', async () => {
    const { orders, drawOnPage, draw } = withWorkers(/^$/);
    await draw('a.png');
    await draw('b.txt');
    expect(orders).toEqual(['a.png', 'probe.png']);
    expect(drawOnPage).toHaveBeenCalledTimes(2);
  });

  test('draws a file that fails in a worker nowhere else, if workers can draw', async () => {
    const { orders, drawOnPage, draw } = withWorkers(/^(?:probe|good)/);
    await expect(draw('bomb.txt')).rejects.toMatchObject({ kind: 'internal' });
    await draw('good.png');
    await expect(draw('bomb.txt')).rejects.toMatchObject({ kind: 'internal' });
    expect(orders).toEqual(['bomb.txt', 'probe.png', 'good.png', 'bomb.txt']);
    expect(drawOnPage).not.toHaveBeenCalled();
  });

  test('draws PDF files in workers only', async () => {
    const startWorker = (): never => {
      throw new Error('barred');
    };
    const draw = drawingBy(startWorker);
    const drawing = draw(new Blob(['%PDF']), 'a.pdf', new AbortController().signal);
    await expect(drawing).rejects.toThrow('in workers only');
  });
});
