import fc from 'fast-check';
import { NetworkError } from '../../../src/model/errors';
import type { UploadId } from '../../../src/model/upload';
import { flush } from '../../helpers/deferred';
import type { TestQueue } from '../../helpers/upload-queue';
import { createTestQueue } from '../../helpers/upload-queue';
import { DRAFT, ITEM_7, pickedFile } from '../../helpers/uploads';

/** What people, the network and the server do to a queue; `at` chooses which upload it meets. */
type Step = (test: TestQueue, at: number) => void;

function pick<T>(all: readonly T[], at: number): T | undefined {
  return all[at % all.length];
}

function act(verb: 'cancel' | 'pause' | 'resume' | 'retry'): Step {
  return ({ queue }, at) => {
    const upload = pick(queue.getSnapshot(), at);
    if (upload) queue[verb](upload.id);
  };
}

let added = 0;

function add(count: number, target: typeof ITEM_7): Step {
  return ({ queue }) =>
    queue.add(
      Array.from({ length: count }, () => pickedFile(`${++added}`, 10)),
      target,
    );
}

const STEPS: Record<string, Step> = {
  'add one': add(1, ITEM_7),
  'add four': add(4, ITEM_7),
  'add two to the draft': add(2, DRAFT),
  finish: ({ transport }, at) => void pick(transport.underWay(), at)?.finish(),
  'lose a file': ({ transport }, at) => pick(transport.underWay(), at)?.fail(new NetworkError('No answer.')),
  progress: ({ transport }, at) => pick(transport.underWay(), at)?.progress(at % 13),
  'link a batch': ({ links }, at) => pick(links, at)?.resolve({ revision: at }),
  'lose a link': ({ links }, at) => pick(links, at)?.reject(new NetworkError('No answer.')),
  cancel: act('cancel'),
  pause: act('pause'),
  resume: act('resume'),
  retry: act('retry'),
  'save the draft': ({ queue }) => queue.draftSaved('draft 1', 8),
};

/** Watches a queue for what must never happen. `wrongs` tells it, since the queue would catch what a listener throws. */
function watch({ queue, transport }: TestQueue): { linkings: Map<UploadId, number>; wrongs: string[] } {
  const linkings = new Map<UploadId, number>();
  const wrongs: string[] = [];
  let before = queue.getSnapshot();
  queue.subscribe(() => {
    const now = queue.getSnapshot();
    before.forEach(({ id, state: was }, index) => {
      const upload = now[index];
      if (upload?.id !== id) {
        wrongs.push(`${id} is lost`);
        return;
      }
      const { state } = upload;
      if (state.status === 'linked' && was.status !== 'linked') linkings.set(id, (linkings.get(id) ?? 0) + 1);
      if (state.status !== 'uploading') return;
      if (was.status === 'uploading' && state.bytesSent < was.bytesSent) wrongs.push(`${id} runs backwards`);
      if (state.bytesSent > upload.file.size) wrongs.push(`${id} runs past its end`);
    });
    if (transport.underWay().length > 5) wrongs.push(`${transport.underWay().length} are sent`);
    before = now;
  });
  return { linkings, wrongs };
}

/** Lets everything that is still on its way arrive. */
async function comeToRest(test: TestQueue): Promise<void> {
  const { queue, transport, links } = test;
  queue.draftSaved('draft 1', 8);
  for (const { id } of queue.getSnapshot()) queue.resume(id);
  for (let round = 0; round < 2 + added; round++) {
    await flush();
    if (transport.underWay().length === 0 && round > 1) break;
    for (const sending of transport.underWay()) sending.finish();
    for (const link of links) link.resolve({ revision: 1 });
  }
  for (const link of links) link.resolve({ revision: 1 });
  await flush();
}

const steps = fc.array(
  fc.record({
    step: fc.constantFrom(...Object.keys(STEPS)),
    at: fc.nat(40),
    // How far things get before the next step: not at all, a little, or to the end.
    turns: fc.constantFrom(0, 1, 3, 60),
  }),
  { maxLength: 40 },
);

test('whatever happens in whatever order, no upload is lost, linked twice or sent as the sixth', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      added = 0;
      const test = createTestQueue();
      const { linkings, wrongs } = watch(test);
      for (const { step, at, turns } of all) {
        STEPS[step]!(test, at);
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      }
      await comeToRest(test);
      expect(wrongs).toEqual([]);

      const uploads = test.queue.getSnapshot();
      expect(uploads).toHaveLength(added);
      for (const { id, state } of uploads) {
        expect(['linked', 'failed', 'cancelled']).toContain(state.status);
        expect(linkings.get(id) ?? 0).toBe(state.status === 'linked' ? 1 : 0);
      }
      // One upload is one reference, and no reference is handed to two links unless the first of them failed.
      const linked = uploads.flatMap(({ state }) => (state.status === 'linked' ? [state.reference.id] : []));
      expect(new Set(linked).size).toBe(linked.length);
    }),
    { numRuns: 300 },
  );
});
