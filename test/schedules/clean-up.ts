import { assume } from 'azure-devops-emulator';
import { createDice } from 'azure-devops-emulator/dice';
import type { CleanUp } from '../../src/gallery/project/clean-up/clean-up';
import { createCleanUp } from '../../src/gallery/project/clean-up/clean-up';
import type { EntryOutcome } from '../../src/gallery/project/clean-up/clean-up-run';
import { createCleanUpServices } from '../../src/gallery/project/clean-up/clean-up-services';
import { planCleanUp } from '../../src/gallery/project/clean-up/plan-clean-up';
import { createRunBin } from '../../src/gallery/project/clean-up/run-bin';
import type { Documents } from '../../src/azure/host/documents';
import { createFrameServices } from '../../src/upload/frame-services';
import { flush } from '../helpers/deferred';
import { createFakeRuntime } from '../helpers/fake-runtime';
import { createMemoryDocuments } from '../helpers/memory-documents';
import { projectFile, projectItem } from '../helpers/project-files';
import { createOthers, keyOf } from './others';
import type { Delivery, Service } from './service';

/** Size of a schedule. */
export interface CleanUpSize {
  readonly items: number;
  /** Planned removals per work item. */
  readonly files: number;
}

/** Result of a schedule. */
export interface CleanUpOutcome {
  /** Differences on the server, one sentence each. */
  readonly problems: readonly string[];
  readonly counts: Readonly<
    Record<'planned' | 'removed' | 'restored' | 'lost' | 'faults' | 'deeds' | 'kills', number>
  >;
}

/** Failed deliveries, by weight. */
const FAULTS: Readonly<Record<Exclude<Delivery, 'answered'>, number>> = {
  'lost before the server got it': 3,
  'lost when the server had acted': 4,
  'timed out before the server got it': 1,
  'timed out when the server had acted': 3,
  'busy, and not acted on': 2,
  'busy, although acted on': 3,
  throttled: 2,
  'answered by a page': 1,
};

const MAX_ROUNDS = 200_000;

/** A page with a clean-up, until it is killed. */
interface Page {
  readonly cleanUp: CleanUp;
  isAlive: boolean;
}

/** Removes and restores files while others change the work items, and compares the result with the server. */
export async function runCleanUpSchedule(
  service: Service,
  seed: number,
  { items, files }: CleanUpSize,
): Promise<CleanUpOutcome> {
  service.reset();
  const dice = createDice(seed);
  const { store } = service;
  assume(store.assumptions, {
    batchFromExtension: dice.pick(['taken', 'taken', 'taken', 'refused', 'unknown', 'hidden'] as const),
    batchFailure: dice.pick(['independent', 'independent', 'all-or-nothing'] as const),
  });
  const faultsPercent = dice.pick([0, 5, 15, 30]);
  const counts = { planned: items * files, removed: 0, restored: 0, lost: 0, faults: 0, deeds: 0, kills: 0 };
  const problems: string[] = [];

  const ids = Array.from({ length: items }, () => {
    const id = store.nextWorkItemId();
    store.create({ id, type: 'Bug', fields: { 'System.Title': `Item ${id}` } });
    const some = Array.from({ length: files + 2 }, (_, index) => ({
      ...{ name: `${index}.txt`, content: Buffer.from(`${id} ${index}`) },
    }));
    store.attach(id, some);
    return id;
  });
  // The last two files of each work item are not planned.
  const indexed = ids.flatMap((id) =>
    attachmentsOn(id)
      .slice(0, files)
      .map((url, index) => {
        const guid = url.slice(-36);
        const reference = { id: guid, url: `${service.baseUrl}_apis/wit/attachments/${guid}` };
        return projectFile(index, { item: projectItem(id), reference, addedAt: 1 });
      }),
  );
  const planned = new Set(indexed.map(({ item, reference }) => `${item.id} ${reference.id}`));
  const others = createOthers(service, ids, dice, () => undefined);
  /** Planned files removed by others. */
  const removedByOthers = new Set<string>();

  function attachmentsOn(id: number): readonly string[] {
    return store
      .workItem(id)
      .relations.filter(({ rel }) => rel === 'AttachedFile')
      .map(({ url }) => url);
  }

  function disturb(): void {
    counts.deeds++;
    const id = dice.pick(ids);
    const deed = dice.pick(['edit', 'link', 'unlink', 'attach', 'remove'] as const);
    if (deed !== 'remove') {
      others[deed](id);
      return;
    }
    const item = store.workItem(id);
    const gone = item.relations.find(({ url }) => planned.has(`${id} ${url.slice(-36)}`));
    if (!gone) return;
    removedByOthers.add(`${id} ${gone.url.slice(-36)}`);
    store.save({ ...item, relations: item.relations.filter((relation) => relation !== gone) });
  }

  const runtime = createFakeRuntime();
  const documents = { runs: createMemoryDocuments(), entries: createMemoryDocuments() };
  let lastRun = 0;

  /** Opens a page. After its end, nothing of it goes on. */
  function openPage(): Page {
    const page = { isAlive: true };
    const alive = <T>(value: T): T | Promise<T> => (page.isAlive ? value : new Promise<T>(() => undefined));
    const during = <T>(answer: Promise<T>): Promise<T> =>
      answer.then(alive, async (error: unknown) => Promise.reject((await alive(error)) as Error));
    const guarded = ({ list, read, write, remove }: Documents): Documents => ({
      list: () => during(list()),
      read: (id) => during(read(id)),
      write: (id, value) => during(write(id, value)),
      remove: (id) => during(remove(id)),
    });
    const services = createFrameServices({
      host: {
        getToken: () => Promise.resolve(service.issueToken()),
        getBaseUrl: () => Promise.resolve(service.baseUrl),
      },
      stack: { send: (request) => during(service.stack.send(request)) },
      runtime: {
        ...runtime,
        random: dice.roll,
        setTimer: (delayMs, call) => runtime.setTimer(delayMs, () => page.isAlive && call()),
      },
    });
    const bin = createRunBin({
      ...{ runs: guarded(documents.runs.open()), entries: guarded(documents.entries.open()), project: 'p' },
    });
    const cleanUp = createCleanUp({
      ...{ services: createCleanUpServices(services), bin, createId: () => `run${++lastRun}` },
    });
    return Object.assign(page, { cleanUp });
  }

  /** Delivers requests until `work` is done or the page is killed. */
  async function complete(page: Page, work: Promise<void>, isHealthy: boolean): Promise<void> {
    const progress = { isDone: false };
    void work.then(() => (progress.isDone = true));
    for (let rounds = 0; !progress.isDone; rounds++) {
      if (rounds > MAX_ROUNDS) throw new Error(`Seed ${seed} does not come to rest.`);
      await flush();
      await new Promise((resolve) => setImmediate(resolve));
      const waiting = service.underWay();
      if (waiting.length === 0) {
        await runtime.pass(1_000);
        continue;
      }
      if (!isHealthy && dice.percent(30)) disturb();
      if (!isHealthy && faultsPercent > 0 && dice.percent(1)) {
        counts.kills++;
        page.isAlive = false;
        return;
      }
      const isFaulty = !isHealthy && dice.percent(faultsPercent);
      if (isFaulty) counts.faults++;
      await dice.pick(waiting).deliver(isFaulty ? dice.weighted(FAULTS) : 'answered');
    }
  }

  /** Works on the run over pages until `phase` is reached. */
  async function finish(
    start: (cleanUp: CleanUp) => Promise<void>,
    phase: 'removed' | 'restored',
  ): Promise<CleanUp> {
    let page = openPage();
    for (let tries = 0; ; tries++) {
      const isHealthy = tries > 12;
      if (tries > 40)
        throw new Error(`Seed ${seed} does not end: ${page.cleanUp.state.getSnapshot().phase}.`);
      await complete(page, start(page.cleanUp), isHealthy);
      const { phase: now, run } = page.cleanUp.state.getSnapshot();
      const isDone =
        now === phase && (phase === 'removed' || isHealthy || !run?.outcomes.some(isRefusedForNow));
      if (page.isAlive && isDone) return page.cleanUp;
      if (page.isAlive && dice.percent(50)) continue;
      page.isAlive = false;
      page = openPage();
    }
  }

  async function remove(cleanUp: CleanUp): Promise<void> {
    const { phase } = cleanUp.state.getSnapshot();
    if (phase === 'paused') return cleanUp.resume();
    if (documents.runs.texts.size > 0) {
      await cleanUp.open(`run${lastRun}`);
      return cleanUp.resume();
    }
    await cleanUp.check(planCleanUp(indexed, [], { addedBefore: 2 }));
    await cleanUp.start();
  }

  async function restore(cleanUp: CleanUp): Promise<void> {
    if (!cleanUp.state.getSnapshot().run) await cleanUp.open(`run${lastRun}`);
    await cleanUp.restore();
  }

  /** Checks that all relations of others are there, and none twice. */
  function compare(when: string): void {
    for (const id of ids) {
      const keys = store.workItem(id).relations.map(keyOf);
      const expected = [...(others.relations.get(id) ?? [])].filter(
        (key) => !planned.has(`${id} ${key.slice(-36)}`),
      );
      for (const key of expected)
        if (!keys.includes(key)) problems.push(`${when}: ${key} is missing on ${id}.`);
      if (new Set(keys).size !== keys.length) problems.push(`${when}: ${id} has a relation twice.`);
    }
  }

  function isOn({ workItemId, id }: { readonly workItemId: number; readonly id: string }): boolean {
    return attachmentsOn(workItemId).some((url) => url.slice(-36) === id);
  }

  const removed = await finish(remove, 'removed');
  compare('after the removal');
  const { run } = removed.state.getSnapshot();
  if (run?.entries.length !== counts.planned) problems.push('Not all planned files are in the run.');
  const toRestore = new Set<string>();
  run?.entries.forEach(({ workItemId, linkable }, index) => {
    const { id } = linkable.reference;
    const { kind } = run.outcomes[index]!;
    if (kind === 'removed') toRestore.add(`${workItemId} ${id}`);
    if (kind === 'open' || kind === 'tried') problems.push(`${id} on ${workItemId} has no outcome.`);
    const isThere = isOn({ workItemId, id });
    if (isThere !== (kind === 'refused' || kind === 'changed'))
      problems.push(`${id} on ${workItemId} is ${kind}, and there: ${isThere}.`);
    if (kind === 'gone' && !removedByOthers.has(`${workItemId} ${id}`))
      problems.push(`${id} on ${workItemId} is gone, and no other client removed it.`);
  });
  counts.removed = toRestore.size;

  // The service loses the bytes of some files.
  const lost = new Set([...toRestore].filter(() => dice.percent(3)));
  counts.lost = lost.size;
  const lostIds = new Set([...lost].map((key) => key.split(' ')[1]));
  const find = store.attachments.find.bind(store.attachments);
  store.attachments.find = (id) => (lostIds.has(id) ? undefined : find(id));

  const restored = await finish(restore, 'restored');
  compare('after the restoration');
  const { run: after } = restored.state.getSnapshot();
  after?.entries.forEach(({ workItemId, linkable }, index) => {
    const { id } = linkable.reference;
    const key = `${workItemId} ${id}`;
    const { kind } = after.outcomes[index]!;
    if (!toRestore.has(key)) return;
    const isExpected = !lost.has(key);
    if (isOn({ workItemId, id }) !== isExpected && !(isExpected && removedByOthers.has(key)))
      problems.push(`${key} is ${kind}, and there: ${!isExpected}.`);
    if (kind !== (isExpected ? 'restored' : 'not-restored')) problems.push(`${key} is ${kind}.`);
  });
  counts.restored = after?.outcomes.filter(({ kind }) => kind === 'restored').length ?? 0;
  return { problems, counts };
}

/** Whether a later attempt may restore the file. */
function isRefusedForNow(outcome: EntryOutcome): boolean {
  return outcome.kind === 'not-restored' && outcome.problem.status !== 404;
}
