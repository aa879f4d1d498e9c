import fc from 'fast-check';
import { isFullRun } from '../../tools/full-run.cjs';
import { createProjectIndex } from '../../src/gallery/project/create-project-index';
import type { ProjectFile, ProjectIndex } from '../../src/gallery/project/project-index';
import { ServerError } from '../../src/base/errors';
import { flush } from '../helpers/deferred';
import { createFakeRuntime } from '../helpers/fake-runtime';
import { barredWorker, createTestData, findFiles } from '../helpers/project-rows';
import type { ProjectServer, ServerItem } from '../helpers/project-server';
import { createProjectServer, guidOf } from '../helpers/project-server';

/*
 * Random edits of a project while its index is made: before each request, between the answer of the server and its
 * arrival, and while the page is closed. After the last refresh the index equals the project.
 */

const SCHEDULES = isFullRun ? 1_000 : 300;

const ITEMS = 460;

/** What happens to a work item. */
type Edit =
  | { readonly kind: 'files'; readonly count: number }
  | { readonly kind: 'title' | 'remove' | 'restore' | 'move' | 'hide' | 'show' | 'own removal' };

const edits: fc.Arbitrary<{ readonly id: number; readonly edit: Edit }> = fc.record({
  id: fc.integer({ min: 1, max: ITEMS }),
  edit: fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('files' as const), count: fc.nat(3) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('title', 'remove', 'restore', 'move', 'hide', 'show', 'own removal'),
      }),
    },
  ),
});

/** Happenings around one request. */
const moments = fc.record({
  before: fc.array(edits, { maxLength: 3 }),
  after: fc.array(edits, { maxLength: 3 }),
  /** Whether the answer is lost. */
  isLost: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  /** Whether the person pauses. */
  isPaused: fc.integer({ min: 0, max: 14 }).map((chance) => chance === 0),
});

let nextFile = 0;

function filesOf(count: number, addedAt: number): ServerItem['files'] {
  return Array.from({ length: count }, () => {
    const number = ++nextFile;
    return { id: guidOf(number), name: `${number}.log`, size: number, addedAt };
  });
}

function apply(server: ProjectServer, index: ProjectIndex, id: number, edit: Edit): void {
  const item = server.items().find((each) => each.id === id);
  if (edit.kind === 'restore') server.restore(id);
  else if (edit.kind === 'remove') server.remove(id);
  else if (edit.kind === 'hide') server.hidden.add('Secret');
  else if (edit.kind === 'show') server.hidden.clear();
  else if (!item) return;
  else if (edit.kind === 'files') server.change(id, { files: filesOf(edit.count, server.now()) });
  else if (edit.kind === 'title') server.change(id, { title: `Title ${server.now()}` });
  else if (edit.kind === 'move') server.change(id, { project: 'Other' });
  else {
    server.change(id, { files: item.files.slice(1) });
    void index.onItemChanged(id);
  }
}

/** The files that the person can read, as lines. */
function truth(server: ProjectServer): readonly string[] {
  const items = server
    .items()
    .filter(({ project, area }) => project === 'Fabrikam' && !server.hidden.has(area))
    .sort((a, b) => a.id - b.id);
  return items.flatMap(({ id, title, files }) =>
    files.map((file) => `${id} ${title} ${file.id} ${file.name}`),
  );
}

function lineOf({ item, reference, name }: ProjectFile): string {
  return `${item.id} ${item.title} ${reference.id} ${name}`;
}

test(`The index equals the project after ${SCHEDULES} schedules of edits while it is made`, async () => {
  let lost = 0;
  let paused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(moments, { maxLength: 12 }), async (schedule) => {
      const server = createProjectServer();
      for (let id = 1; id <= ITEMS; id++)
        server.change(id, {
          files: filesOf(id % 3, server.now()),
          area: id % 7 === 0 ? 'Secret' : 'Fabrikam',
        });
      const runtime = createFakeRuntime();
      const index = createProjectIndex({
        ...{ connection: server.connection, project: { id: 'p', name: 'Fabrikam' }, personId: 'anna' },
        ...{ runtime, startWorker: barredWorker, createData: () => createTestData() },
      });
      let at = 0;
      const moved = new Set(
        schedule
          .flatMap(({ before, after }) => [...before, ...after])
          .flatMap(({ id, edit }) => (edit.kind === 'move' ? [id] : [])),
      );
      const current: (typeof schedule)[number][] = [];
      server.beforeAnswer = async () => {
        await flush();
        const moment = schedule[at++];
        if (!moment) return;
        for (const { id, edit } of moment.before) apply(server, index, id, edit);
        if (!moment.isPaused) {
          current.push(moment);
          return;
        }
        paused++;
        index.pause();
        // A browser rejects an aborted request.
        throw new DOMException('Aborted.', 'AbortError');
      };
      server.afterAnswer = async () => {
        const moment = current.shift();
        for (const { id, edit } of moment?.after ?? []) apply(server, index, id, edit);
        await flush();
        if (!moment?.isLost) return;
        lost++;
        throw new ServerError('server-busy', 'Lost.');
      };

      /** Lets the retries wait. */
      async function complete(task: Promise<void>): Promise<void> {
        const progress = { isDone: false };
        void task.then(() => (progress.isDone = true));
        while (!progress.isDone) await runtime.pass(10_000);
      }

      await complete(index.open());
      for (let tries = 0; index.state.getSnapshot().phase !== 'ready'; tries++) {
        if (tries > 40) throw new Error(`It stays ${index.state.getSnapshot().phase}.`);
        await complete(index.build());
      }
      at = Infinity;
      current.length = 0;
      await flush();
      await complete(index.refresh());
      const isSeenAtOnce = (line: string): boolean => {
        const id = parseInt(line, 10);
        return id % 7 !== 0 && !moved.has(id);
      };
      const lines = (await findFiles(index)).map(lineOf);
      expect(lines.filter(isSeenAtOnce)).toEqual(truth(server).filter(isSeenAtOnce));
      // Rights and projects of work items are compared once a day.
      await runtime.pass(24 * 60 * 60 * 1000);
      await complete(index.refresh());
      expect((await findFiles(index)).map(lineOf)).toEqual(truth(server));
      expect(index.state.getSnapshot().files).toBe(truth(server).length);
    }),
    {
      numRuns: SCHEDULES,
      endOnFailure: true,
      ...(process.env['SEED'] && { seed: Number(process.env['SEED']) }),
    },
  );
  expect(lost).toBeGreaterThan(SCHEDULES / 10);
  expect(paused).toBeGreaterThan(SCHEDULES / 10);
}, 600_000);
