import { join } from 'node:path';
import {
  attachedFile,
  attachmentIdIn,
  startEmulator,
  type Emulator,
  type Store,
} from 'azure-devops-emulator';
import fc from 'fast-check';
import { isFullRun } from '../../tools/full-run.cjs';
import type { Connection } from '../../src/azure/rest/connection';
import { createNodeRuntime } from '../../src/base/node-runtime';
import type { Runtime } from '../../src/base/runtime';
import { createNetwork } from '../../src/engine/network';
import { createProjectIndex } from '../../src/gallery/project/create-project-index';
import type { ProjectIndex } from '../../src/gallery/project/project-index';
import { createFrameServices } from '../../src/upload/frame-services';
import { barredWorker, createTestData, findFiles } from '../helpers/project-rows';

/*
 * The schedule of `project-index.test.ts` with the emulator in place of a model: edits around the requests of an index.
 * After the last refresh the index equals the store.
 */

const SCHEDULES = isFullRun ? 60 : 8;

/** Every third work item has files: three batches. */
const PROJECT = { items: 1_300, files: 1_300 };

const FIRST_ID = 1_001;

/** The area whose rights change. */
const HIDEABLE = 'Fabrikam\\Archive';

const DAY_MS = 24 * 60 * 60 * 1000;

const edits = fc.record({
  id: fc.integer({ min: FIRST_ID, max: FIRST_ID + PROJECT.items - 1 }),
  kind: fc.constantFrom('attach', 'detach', 'rename', 'title', 'remove', 'restore', 'hide', 'show'),
});

type Edit = typeof edits extends fc.Arbitrary<infer T> ? T : never;

const moments = fc.record({
  before: fc.array(edits, { maxLength: 5 }),
  after: fc.array(edits, { maxLength: 5 }),
});

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ extensionFolder: join(__dirname, '../..'), ...PROJECT });
});
afterAll(() => emulator.close());

function apply(store: Store, { id, kind }: Edit): void {
  if (kind === 'restore') {
    const [deleted] = store.recycleBin.all;
    if (deleted) store.putBack(deleted.revisions[0]!.id);
    return;
  }
  if (kind === 'hide') store.hiddenAreas.add(HIDEABLE);
  if (kind === 'show') store.hiddenAreas.clear();
  if (!store.has(id)) return;
  const item = store.workItem(id);
  const [first, ...others] = item.relations;
  if (kind === 'attach') store.attach(id, [{ name: `new on ${id}.txt`, content: Buffer.from('New.') }]);
  else if (kind === 'remove') store.remove(id);
  else if (kind === 'title') store.save({ ...item, fields: { ...item.fields, 'System.Title': `New ${id}` } });
  else if (kind === 'detach') store.save({ ...item, relations: others });
  else if (kind === 'rename' && first)
    store.save({
      ...item,
      relations: [{ ...first, attributes: { ...first.attributes, name: 'renamed.txt' } }, ...others],
    });
}

/** File as a line, with its area. */
interface Line {
  readonly area: string;
  readonly text: string;
}

/** The files that the person can read. */
function truth(store: Store): readonly Line[] {
  return store.workItemIds
    .filter((id) => store.isReadable(id))
    .flatMap((id) => {
      const { fields, relations } = store.workItem(id);
      return relations
        .filter(({ rel }) => rel === attachedFile)
        .map(({ url, attributes }) => ({
          area: fields['System.AreaPath'] as string,
          text: [id, fields['System.Title'] as string, attachmentIdIn(url), attributes['name']].join(' '),
        }));
    });
}

async function linesOf(index: ProjectIndex): Promise<readonly Line[]> {
  const files = await findFiles(index);
  return files.map(({ item, reference, name }) => ({
    area: item.area,
    text: [item.id, item.title, reference.id, name].join(' '),
  }));
}

function textsOf(lines: readonly Line[]): readonly string[] {
  return lines.map(({ text }) => text).sort();
}

test(`The index equals the emulator after ${SCHEDULES} schedules of edits while it is made`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(moments, { minLength: 3, maxLength: 12 }), async (schedule) => {
      await emulator.reset();
      const { store } = emulator;
      let daysAhead = 0;
      const runtime: Runtime = { ...createNodeRuntime(), now: () => Date.now() + daysAhead * DAY_MS };
      const network = createNetwork({ organization: emulator.restBaseUrl, allowHttp: true, runtime });
      const { connection } = createFrameServices({
        host: {
          getToken: () => Promise.resolve(`Bearer ${emulator.issueToken()}`),
          authorize: (header) => header,
          getBaseUrl: () => Promise.resolve(emulator.restBaseUrl),
          getAttachmentLimit: () => 100,
        },
        stack: network.stack,
        runtime,
      });
      let at = 0;
      const edited: Pick<Connection, 'send' | 'getBaseUrl' | 'onThrottled'> = {
        ...connection,
        async send(call) {
          const moment = schedule[at++];
          for (const edit of moment?.before ?? []) apply(store, edit);
          const response = await connection.send(call);
          for (const edit of moment?.after ?? []) apply(store, edit);
          return response;
        },
      };
      try {
        const index = createProjectIndex({
          ...{ connection: edited, project: { id: 'p', name: 'Fabrikam' }, personId: 'anna', runtime },
          ...{ startWorker: barredWorker, createData: () => createTestData() },
        });
        await index.open();
        await index.build();
        at = Infinity;
        await index.refresh();
        const hasFixedRights = ({ area }: Line): boolean => area !== HIDEABLE;
        expect(textsOf((await linesOf(index)).filter(hasFixedRights))).toEqual(
          textsOf(truth(store).filter(hasFixedRights)),
        );
        // Rights are compared once a day.
        daysAhead = 1;
        await index.refresh();
        expect(index.state.getSnapshot().phase).toBe('ready');
        expect(textsOf(await linesOf(index))).toEqual(textsOf(truth(store)));
      } finally {
        store.hiddenAreas.clear();
        await network.close();
      }
    }),
    {
      numRuns: SCHEDULES,
      endOnFailure: true,
      ...(process.env['SEED'] && { seed: Number(process.env['SEED']) }),
    },
  );
}, 300_000);
