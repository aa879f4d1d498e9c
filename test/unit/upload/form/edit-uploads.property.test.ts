import fc from 'fast-check';
import { createFileChecks } from '../../../../src/upload/checks/file-checks';
import type { FormCheckEdges } from '../../../../src/upload/form/session-checks';
import { createAttachCommands } from '../../../../src/upload/form/attach-commands';
import type { AttachCommandsOptions } from '../../../../src/upload/form/attach-commands';
import type { KeptBatch } from '../../../../src/upload/recovery/journal/kept-batch';
import { createMemoryStore } from '../../../../src/upload/recovery/journal/memory-store';
import type { PickedFile, UploadId } from '../../../../src/upload/upload';
import { isInEditor, isOver } from '../../../../src/upload/upload-state';
import { flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createTestHost } from '../../../helpers/host';
import { createTestJournal } from '../../../helpers/journal';
import { exifData, pngWith } from '../../../helpers/sample-picture';
import { createTestQueue, exactly } from '../../../helpers/upload-queue';

const FOLDER = 'screens';

/** A journal, a queue with one slot and the commands of a form with work item 7. */
async function begin(editsPasted: boolean) {
  const runtime = createFakeRuntime();
  const store = createMemoryStore();
  const journal = createTestJournal({ runtime, openStore: () => Promise.resolve(store) });
  await journal.open('jamal');
  const test = createTestQueue({ journal, runtime, limits: exactly(1) });
  const { queue } = test;
  const host = createTestHost();
  host.readSetting.mockImplementation((key) =>
    Promise.resolve(key === 'edit-pasted' && editsPasted ? 'yes' : undefined),
  );
  const edges: FormCheckEdges = {
    queue,
    items: { typeOf: () => Promise.resolve('Bug'), projectOf: () => '', countOf: () => 0 },
    limits: {
      fileLimit: { bytes: () => Infinity, learn: () => undefined },
      roomOf: () => Infinity,
      isAwaited: () => false,
      namesOn: () => [],
    },
    answerDuplicates: () => undefined,
  };
  const fileChecks = createFileChecks({ ...edges, settings: host, runtime });
  let underway: Promise<unknown> = Promise.resolve();
  const checks: typeof fileChecks = {
    ...fileChecks,
    check(...args) {
      const mine = fileChecks.check(...args);
      underway = Promise.all([underway, mine]);
      return mine;
    },
  };
  const inserted: UploadId[] = [];
  const nothing = (): void => undefined;
  const options = {
    getForm: () => ({ status: 'empty', late: false }),
    uploads: {
      queue,
      attach({ accepted }, target) {
        const ids = queue.add(accepted, target);
        return { added: new Map(accepted.map((file, at) => [ids[at]!, file])), refused: new Map() };
      },
      duplicates: { check: nothing, offerToReplace: nothing },
      sameFiles: { search: () => Promise.resolve(new Map()), ask: nothing },
    },
    interruptedUploads: { isAwaited: () => false },
    journal,
    known: { countOf: () => 0, attachmentsOf: () => [], projectOf: () => '' },
    gate: { check: () => Promise.resolve() },
    checks,
    onPasted: (added) => inserted.push(...added.keys()),
    host,
    runtime,
  } as Pick<AttachCommandsOptions, 'onPasted'> & {
    uploads: Pick<AttachCommandsOptions['uploads'], 'attach'>;
  } as unknown as AttachCommandsOptions;
  const commands = createAttachCommands(options);
  /** Waits for the checks, and for what follows them. */
  const settled = async (): Promise<void> => {
    await underway;
    await flush();
  };
  return {
    ...{ test, queue, journal, runtime, inserted },
    editor: commands.attachEdited,
    attach: async (files: readonly PickedFile[], isPasted: boolean): Promise<void> => {
      commands.attachTo({ accepted: files, rejected: [] }, 7, isPasted);
      await settled();
    },
    settle: settled,
    /** Ids of uploads with bytes or a row in the journal. */
    async stored() {
      await journal.flush();
      await flush();
      const batches = [...(await store.readBatches()).values()] as KeptBatch[];
      const files = await Promise.all(batches.map(async ({ id }) => [...(await store.readFiles(id)).keys()]));
      return { files: files.flat(), rows: batches.flatMap(({ uploads }) => uploads.map(({ id }) => id)) };
    },
  };
}

type World = Awaited<ReturnType<typeof begin>>;

let count = 0;

/** An image with a name of its own. */
function image(): PickedFile {
  const name = `image ${++count}.png`;
  const source = new File([new Uint8Array(pngWith(exifData({}, true)))], name, { type: 'image/png' });
  return { name, size: source.size, folder: FOLDER, source };
}

const edited = (name: string): File => new File([`edited ${name}`], name, { type: 'image/png' });

const STEPS = {
  pick: ({ attach }: World, at: number) => attach(Array.from({ length: 1 + (at % 3) }, image), false),
  paste: ({ attach }: World, at: number) => attach(Array.from({ length: 1 + (at % 2) }, image), true),
  edit: ({ queue }: World, at: number) => queue.holdForEdit(idAt(queue.getSnapshot(), at)),
  done(world: World) {
    const upload = world.queue.getSnapshot().find(isInEditor);
    if (upload) world.editor(upload.id, edited(upload.file.name));
  },
  skip({ queue }: World) {
    const upload = queue.getSnapshot().find(isInEditor);
    if (upload) queue.resume([upload.id]);
  },
  leaveOut({ queue }: World) {
    const upload = queue.getSnapshot().find(isInEditor);
    if (!upload) return;
    queue.cancel([upload.id]);
    queue.remove([upload.id]);
  },
  pause: ({ queue }: World, at: number) => queue.pause([idAt(queue.getSnapshot(), at)]),
  send: ({ test }: World) => void test.transport.underWay()[0]?.finish(),
  wait: ({ runtime }: World, at: number) => runtime.pass(500 * at),
};

function idAt(all: readonly { readonly id: UploadId }[], at: number): UploadId {
  return all[at % Math.max(1, all.length)]?.id ?? '';
}

test('Each picked image is attached once, as it was, edited or not at all, and nothing of one in the editor is stored or sent', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(fc.tuple(fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])), fc.nat(9)), {
        minLength: 5,
        maxLength: 25,
      }),
      async (editsPasted, steps) => {
        const first = count;
        const world = await begin(editsPasted);
        const { test, queue } = world;
        const dones: string[] = [];
        const leftOut: string[] = [];
        for (const [kind, at] of steps) {
          const inEditor = queue.getSnapshot().find(isInEditor);
          if (inEditor && kind === 'done') dones.push(inEditor.file.name);
          if (inEditor && kind === 'leaveOut') leftOut.push(inEditor.file.name);
          await STEPS[kind](world, at);
          await world.settle();
          const held = queue.getSnapshot().filter(isInEditor);
          const { files } = await world.stored();
          expect(files.filter((id) => held.some((upload) => upload.id === id))).toEqual([]);
        }
        while (queue.getSnapshot().some(({ state }) => !isOver(state))) {
          queue.resume(queue.getSnapshot().map(({ id }) => id));
          await flush();
          for (const attempt of test.transport.underWay()) attempt.finish();
          await flush();
          for (const link of test.links) link.answer(1);
          await flush();
          await world.runtime.pass(1_000);
        }
        const all = Array.from({ length: count - first }, (_, at) => `image ${first + at + 1}.png`);
        const linked = queue.getSnapshot().map(({ file }) => file.name);
        expect([...linked, ...leftOut].sort()).toEqual(all.sort());
        expect(queue.getSnapshot().every(({ file }) => file.folder === FOLDER)).toBe(true);
        // An image edited twice ends with its second edit.
        const contents = await Promise.all(
          test.transport.begun
            .filter(({ name }) => dones.includes(name))
            .map(async ({ file }) => [file.name, await file.source.text()] as const),
        );
        for (const [name, text] of contents) expect(text).toBe(`edited ${name}`);
        const { files, rows } = await world.stored();
        expect(files).toEqual([]);
        expect(rows.filter((id) => !queue.find(id))).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
