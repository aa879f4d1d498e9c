import type { Relation } from '../../../../../src/azure/work-item';
import { attachmentIdOf } from '../../../../../src/azure/work-item';
import type { CleanUpServices } from '../../../../../src/gallery/project/clean-up/clean-up-services';
import { createCleanUp } from '../../../../../src/gallery/project/clean-up/clean-up';
import { reportOf } from '../../../../../src/gallery/project/clean-up/clean-up-run';
import { planCleanUp } from '../../../../../src/gallery/project/clean-up/plan-clean-up';
import { createRunBin } from '../../../../../src/gallery/project/clean-up/run-bin';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { servicesForMany } from '../../../../helpers/frame-services';
import { createMemoryDocuments } from '../../../../helpers/memory-documents';
import type { ModelService, ServiceFacts } from '../../../../helpers/model-service';
import { createModelService } from '../../../../helpers/model-service';
import { projectFile, projectItem } from '../../../../helpers/project-files';
import { guid, relationTo } from '../../../../helpers/uploads';

/** Changes the relations of a work item like another client, with a new revision. */
export function changeAs(
  service: ModelService,
  id: number,
  next: (relations: readonly Relation[]) => readonly Relation[],
): void {
  const item = service.item(id);
  service.restore({ ...item, relations: next(item.relations), revision: item.revision + 1 });
}

/** Numbers of the attachments of a work item. */
export function numbersOf(service: ModelService, id: number): readonly number[] {
  return service.item(id).relations.map(({ url }) => Number(attachmentIdOf(url)?.slice(-12)));
}

/** Facts of a test. */
export interface BeginFacts extends Partial<ServiceFacts> {
  /** Numbers of attachments by work item. Those from 900 on are not in the index. */
  readonly attached: Readonly<Record<number, readonly number[]>>;
  /** Numbers of attachments without bytes. */
  readonly gone?: readonly number[];
  readonly documents?: ReturnType<typeof createDocuments>;
}

/** Collections of a bin. */
export function createDocuments() {
  return { runs: createMemoryDocuments(), entries: createMemoryDocuments() };
}

/** A clean-up of these work items in memory, with a plan for all indexed files. */
export function begin({ attached, gone = [], documents = createDocuments(), ...facts }: BeginFacts) {
  const ids = Object.keys(attached).map(Number);
  const service = createModelService({ ids, ...facts });
  for (const id of ids) {
    const item = service.item(id);
    service.restore({ ...item, relations: (attached[id] ?? []).map(relationTo) });
  }
  const runtime = createFakeRuntime();
  const services: CleanUpServices = {
    ...servicesForMany(service, runtime),
    assertWritable: () => Promise.resolve(),
    readBytes: ({ id }) =>
      gone.some((number) => guid(number) === id)
        ? Promise.reject(Object.assign(new Error('Gone.'), { kind: 'refused', facts: { status: 404 } }))
        : Promise.resolve(new Blob(['x'])),
    isQuiet: () => true,
  };
  let lastId = 0;
  const changed: number[] = [];

  /** A clean-up of another page. */
  function createPage(more: Partial<CleanUpServices> = {}) {
    const bin = createRunBin({
      ...{ runs: documents.runs.open(), entries: documents.entries.open(), project: 'p' },
    });
    const cleanUp = createCleanUp({
      services: { ...services, ...more },
      bin,
      createId: () => `run${++lastId}`,
      onChanged: (items) => changed.push(...items),
    });
    const report = () => {
      const { run } = cleanUp.state.getSnapshot();
      if (!run) return {};
      const all = Object.entries(reportOf(run)).map(([kind, { files }]) => [kind, files] as const);
      return Object.fromEntries(all.filter(([, files]) => files > 0));
    };
    return { cleanUp, bin, report, phase: () => cleanUp.state.getSnapshot().phase };
  }

  /** Advances the clock until `work` is done. */
  async function complete(work: Promise<unknown>): Promise<void> {
    const progress = { isDone: false };
    void work.then(() => (progress.isDone = true));
    for (let rounds = 0; !progress.isDone; rounds++) {
      if (rounds > 2_000) throw new Error('It does not end.');
      await runtime.pass(30_000);
    }
  }

  const files: readonly ProjectFile[] = ids.flatMap((id) =>
    (attached[id] ?? [])
      .filter((number) => number < 900)
      .map((number) => projectFile(number, { item: projectItem(id) })),
  );
  const plan = planCleanUp(files, [], { addedBefore: Infinity });
  return {
    service,
    runtime,
    services,
    plan,
    files,
    complete,
    changed,
    documents,
    createPage,
    ...createPage(),
  };
}
