import { attachmentIdOf, attachmentsOf } from '../../../../src/azure/work-item';
import { createConnection } from '../../../../src/azure/rest/connection';
import { planOf } from '../../../../src/bulk/plan/planner';
import type { DuplicatePolicy, PlanItem } from '../../../../src/bulk/plan/plan';
import { createBulkService } from '../../../../src/bulk/run/bulk-service';
import type { RunFile } from '../../../../src/bulk/run/enqueue-unique';
import type { PlannedRun } from '../../../../src/bulk/run/planned-run';
import { reportOfRun } from '../../../../src/bulk/run/run-facts';
import { NetworkError, StaplerError } from '../../../../src/base/errors';
import { byId } from '../../../../src/bulk/run/run-state';
import { createMemoryStore } from '../../../../src/upload/recovery/journal/memory-store';
import { planFile } from '../../../helpers/bulk';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { servicesForMany } from '../../../helpers/frame-services';
import { createTestFrames, createTestJournal } from '../../../helpers/journal';
import { httpResponse } from '../../../helpers/manual-http-stack';
import { createModelServer } from '../../../helpers/model-server';
import type { ServiceFacts } from '../../../helpers/model-service';
import { createModelService } from '../../../helpers/model-service';
import { linkTo, referenceTo, relationTo } from '../../../helpers/uploads';

const IDS = [7, 8, 9];

/** A browser with one journal, and an organization with three work items. */
function stage(facts: Partial<ServiceFacts> = {}) {
  const readOnly: number[] = [];
  const item = createModelService({ ids: IDS, readOnly, ...facts });
  const server = createModelServer({ repeats: 'overwritten', maxRequestBytes: 1e9, bytesPerMs: 1e6 }, []);
  const runtime = createFakeRuntime();
  const store = createMemoryStore();
  const frames = createTestFrames();
  const sent: string[] = [];
  let gate: Promise<unknown> = Promise.resolve();

  const connection = createConnection({
    getToken: () => Promise.resolve('token'),
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
    stack: {
      async send(request) {
        const { pathname, searchParams } = new URL(request.url);
        if (!pathname.endsWith('/attachments')) {
          const id = Number(pathname.split('/').pop());
          return httpResponse(
            readOnly.includes(id)
              ? { status: 403, json: { message: 'TF237111: No.' } }
              : { status: 200, json: {} },
          );
        }
        sent.push(searchParams.get('fileName') ?? '');
        await gate;
        return server.send(request);
      },
    },
  });

  /** Opens a panel. */
  async function panelOf(owner: string) {
    const journal = createTestJournal({
      owner,
      runtime,
      openStore: () => Promise.resolve(store),
      createLeases: () => frames.leasesFor(owner),
    });
    const service = createBulkService({
      services: { ...servicesForMany(item, runtime), connection },
      journal,
      idPrefix: `${owner}-`,
    });
    await journal.open('jamal');
    return { journal, service };
  }

  const names = (id: number): string =>
    attachmentsOf(item.item(id))
      .map(({ name }) => name)
      .sort()
      .join(' ');

  return {
    ...{ item, readOnly, runtime, frames, sent, panelOf },
    /** Names on all work items. */
    on: (): string => IDS.map((id) => `${id}: ${names(id)}`).join(', '),
    /** Holds the answers to uploads. */
    hold: (until: Promise<unknown>) => void (gate = until),
    /** Waits for the run to end. */
    async untilOver({ run }: PlannedRun): Promise<void> {
      for (let rounds = 0; rounds < 200 && run.getSnapshot().phase !== 'over'; rounds++)
        await runtime.pass(1_000);
      expect(run.getSnapshot().phase).toBe('over');
    },
  };
}

type Panel = Awaited<ReturnType<ReturnType<typeof stage>['panelOf']>>;

const RULES = { duplicates: { all: 'skip' as const, ofItems: new Map<number, DuplicatePolicy>() } };

/** Starts a run of all files for all work items, as they can be read now. */
async function begin(
  { service }: Panel,
  files: readonly RunFile[],
  ids: readonly number[] = IDS,
): Promise<PlannedRun> {
  const read = await service.readItems(ids);
  const readOnly = await service.findReadOnly(read);
  const items: PlanItem[] = read.map((each) => ({ ...each, problem: each.problem ?? readOnly.get(each.id) }));
  const plan = planOf({
    ...RULES,
    ...{ files, items, mapping: { kind: 'all' }, edits: new Map(), comment: '' },
  });
  return service.run(plan, files, items);
}

/** `a@7 attached`, `a@8 failed no-permission`: each row of the report. */
function reportOf(planned: PlannedRun): string[] {
  const { run } = planned;
  return reportOfRun(planned, run.getSnapshot(), byId(run.queue.getSnapshot())).map(
    ({ name, workItemId, outcome }) =>
      `${name}@${workItemId} ${outcome.kind}${'problem' in outcome ? ` ${outcome.problem.kind}` : ''}`,
  );
}

const A = planFile('a');
const B = planFile('b');

describe('PlannedRun.attachAnyway', () => {
  it('attaches a file that was there before once more, only where it was chosen', async () => {
    const test = stage();
    const panel = await test.panelOf('me');
    await test.untilOver(await begin(panel, [A]));
    const again = await begin(panel, [A, B]);
    await test.untilOver(again);
    expect(again.skipped.map(({ name, workItemId }) => `${name}@${workItemId}`)).toEqual([
      'a@7',
      'a@8',
      'a@9',
    ]);
    const forced = await again.attachAnyway(
      again.skipped.filter(({ workItemId }) => workItemId === 8),
      RULES,
    );
    await test.untilOver(forced);
    expect(test.on()).toBe('7: a b, 8: a a b, 9: a b');
    expect(reportOf(forced)).toContain('a@8 attached');
    expect(forced.skipped).toHaveLength(2);
  });
});

describe('PlannedRun.retry', () => {
  it('attaches to a work item that was read-only, without sending the files again', async () => {
    const test = stage();
    test.readOnly.push(8);
    const panel = await test.panelOf('me');
    const first = await begin(panel, [A, B]);
    await test.untilOver(first);
    expect(reportOf(first)).toContain('a@8 failed no-permission');
    expect([test.sent.length, first.excluded.length]).toEqual([2, 2]);
    test.readOnly.length = 0;
    const second = await first.retry(RULES);
    await test.untilOver(second);
    expect(test.sent).toHaveLength(2);
    expect(test.on()).toBe('7: a b, 8: a b, 9: a b');
    expect(reportOf(second)).toEqual(['a', 'b'].flatMap((name) => IDS.map((id) => `${name}@${id} attached`)));
    expect(second.excluded).toEqual([]);
  });

  it('attaches once to a work item that was missing, however often it is called', async () => {
    const test = stage();
    const panel = await test.panelOf('me');
    const relations = test.item.item(9);
    test.item.delete(9);
    let planned = await begin(panel, [A]);
    await test.untilOver(planned);
    expect(reportOf(planned)).toContain('a@9 failed work-item-missing');
    planned = await planned.retry(RULES);
    await test.untilOver(planned);
    expect(reportOf(planned)).toContain('a@9 failed work-item-missing');
    test.item.restore(relations);
    for (let count = 0; count < 3; count++) {
      planned = await planned.retry(RULES);
      await test.untilOver(planned);
    }
    expect(test.on()).toBe('7: a, 8: a, 9: a');
    expect(test.sent).toHaveLength(1);
  });

  it('attaches what fits to a full work item', async () => {
    const test = stage();
    const relations = Array.from({ length: 99 }, (_, index) => relationTo(100 + index));
    test.item.change(8, () => relations);
    const panel = await test.panelOf('me');
    const first = await begin(panel, [A, B, planFile('c')], [8]);
    await test.untilOver(first);
    expect(reportOf(first)).toEqual([
      'a@8 attached',
      'b@8 failed attachment-limit',
      'c@8 failed attachment-limit',
    ]);
    expect(test.sent).toEqual(['a']);
    test.item.change(8, (all) => all.filter(({ name }) => name !== '100.txt'));
    const second = await first.retry(RULES);
    await test.untilOver(second);
    expect(reportOf(second)).toEqual(['a@8 attached', 'b@8 attached', 'c@8 failed attachment-limit']);
    expect(test.sent).toEqual(['a', 'b']);
  });

  it('sends the files if every work item was excluded', async () => {
    const test = stage();
    test.readOnly.push(...IDS);
    const panel = await test.panelOf('me');
    const first = await begin(panel, [A]);
    await test.untilOver(first);
    expect(test.sent).toEqual([]);
    test.readOnly.length = 0;
    await test.untilOver(await first.retry(RULES));
    expect(test.on()).toBe('7: a, 8: a, 9: a');
    expect(test.sent).toEqual(['a']);
  });

  it('tells the new reason if the work items cannot be read, and retries then too', async () => {
    const test = stage();
    const panel = await test.panelOf('me');
    test.readOnly.push(8);
    const first = await begin(panel, [A]);
    await test.untilOver(first);
    const problem = new StaplerError('unexpected-answer', 'A page.', { status: 400 });
    const readMany = jest.spyOn(test.item, 'readMany').mockRejectedValueOnce(problem);
    const second = await first.retry(RULES);
    expect(reportOf(second)).toContain('a@8 failed unexpected-answer');
    readMany.mockRestore();
    test.readOnly.length = 0;
    await test.untilOver(await second.retry(RULES));
    expect(test.on()).toBe('7: a, 8: a, 9: a');
  });

  it('retries failures of the run together with excluded work items', async () => {
    const test = stage();
    test.readOnly.push(8);
    const panel = await test.panelOf('me');
    const first = await begin(panel, [A]);
    test.readOnly.push(9);
    await test.untilOver(first);
    expect(reportOf(first)).toEqual(['a@7 attached', 'a@8 failed no-permission', 'a@9 failed no-permission']);
    test.readOnly.length = 0;
    await test.untilOver(await first.retry(RULES));
    expect([test.on(), test.sent.length]).toEqual(['7: a, 8: a, 9: a', 1]);
  });

  it('skips a file that another client has attached meanwhile', async () => {
    const test = stage();
    test.readOnly.push(8);
    const panel = await test.panelOf('me');
    const first = await begin(panel, [planFile('100.txt')]);
    await test.untilOver(first);
    test.readOnly.length = 0;
    const size = first.files[0]!.size;
    const relation = relationTo(100);
    test.item.change(8, () => [{ ...relation, attributes: { ...relation.attributes, resourceSize: size } }]);
    const second = await first.retry(RULES);
    expect(reportOf(second)).toContain('100.txt@8 already-there');
    expect(attachmentsOf(test.item.item(8))).toHaveLength(1);
  });

  it('sends again what was canceled', async () => {
    const test = stage();
    test.readOnly.push(8);
    const held = createDeferred<undefined>();
    test.hold(held.promise);
    const panel = await test.panelOf('me');
    const first = await begin(panel, [A]);
    await flush();
    first.run.cancel();
    held.resolve(undefined);
    await test.untilOver(first);
    test.readOnly.length = 0;
    await test.untilOver(await first.retry(RULES));
    expect(test.on()).toBe('7: , 8: a, 9: ');
  });

  it('does not offer a comment that is too long', async () => {
    const test = stage();
    const panel = await test.panelOf('me');
    const items = await panel.service.readItems([7]);
    const edits = new Map([['a', { comment: 'x'.repeat(300) }]]);
    const plan = planOf({ ...RULES, files: [A], items, mapping: { kind: 'all' }, edits, comment: '' });
    expect(panel.service.run(plan, [A], items).excluded).toEqual([]);
  });

  it('is finished by the next panel if this one is closed meanwhile', async () => {
    const test = stage();
    test.readOnly.push(8);
    const panel = await test.panelOf('first');
    const run = await begin(panel, [A]);
    await test.untilOver(run);
    test.readOnly.length = 0;
    const batches = jest.spyOn(test.item, 'update').mockRejectedValue(new NetworkError('No answer.'));
    await run.retry(RULES);
    await test.runtime.pass(4_000);
    test.frames.kill('first');
    batches.mockRestore();
    const next = await test.panelOf('next');
    const [left] = next.journal.state.getSnapshot().interruptedPlans;
    const resumed = await next.service.resume(left!.id);
    await test.untilOver(resumed!);
    expect([test.on(), test.sent.length]).toEqual(['7: a, 8: a, 9: a', 1]);
  });
});

describe('BulkService.run of attachments of another work item', () => {
  /** Work item 7 has two attachments, and 8 has one of them; 9 is its parent. */
  function withAttachments(facts: Partial<ServiceFacts> = {}) {
    const test = stage(facts);
    const parent = { ...linkTo(9), rel: 'System.LinkTypes.Hierarchy-Reverse' };
    test.item.change(7, () => [relationTo(100), relationTo(101), parent, linkTo(8), linkTo(7)]);
    test.item.change(8, () => [relationTo(101)]);
    const wanted = [101, 100, 100, 102].map((number) => ({
      workItemId: 7,
      attachmentId: referenceTo(number).id,
    }));
    const read = async (panel: Panel) => {
      const attached = await panel.service.readAttached(wanted);
      return { ...attached, files: attached.files.map((file) => ({ ...file, id: file.name })) };
    };
    return { ...test, read };
  }

  it.each<[string, Partial<ServiceFacts>]>([
    ['in one batch', {}],
    ['one by one', { batches: 'none' }],
  ])('links them %s without sending a byte', async (_, facts) => {
    const test = withAttachments(facts);
    const panel = await test.panelOf('me');
    const { files, related } = await test.read(panel);
    expect(files.map(({ name, size }) => `${name} ${size}`)).toEqual(['101.txt 1010', '100.txt 1000']);
    expect(related.map(({ id, kind }) => `${kind} ${id}`)).toEqual(['parent 9', 'related 8']);
    const run = await begin(panel, files, [7, 8, 9]);
    await test.untilOver(run);
    expect(test.on()).toBe('7: 100.txt 101.txt, 8: 100.txt 101.txt, 9: 100.txt 101.txt');
    expect(reportOf(run)).toEqual([
      ...['101.txt@7 already-there', '101.txt@8 already-there', '101.txt@9 attached'],
      ...['100.txt@7 already-there', '100.txt@8 attached', '100.txt@9 attached'],
    ]);
    const ids = attachmentsOf(test.item.item(9)).map(({ url }) => attachmentIdOf(url));
    expect(ids).toEqual([referenceTo(101).id, referenceTo(100).id]);
    expect(test.sent).toEqual([]);
  });

  it('sends only the local files beside them', async () => {
    const test = withAttachments();
    const panel = await test.panelOf('me');
    const { files } = await test.read(panel);
    await test.untilOver(await begin(panel, [...files, A], [9]));
    expect([test.on(), test.sent]).toEqual(['7: 100.txt 101.txt, 8: 101.txt, 9: 100.txt 101.txt a', ['a']]);
  });

  it('is finished by the next panel, exactly once, if this one is closed meanwhile', async () => {
    const test = withAttachments();
    const panel = await test.panelOf('first');
    const { files } = await test.read(panel);
    const updates = jest
      .spyOn(test.item, 'updateMany')
      .mockImplementation(() => new Promise(() => undefined));
    await begin(panel, files, [8, 9]);
    await test.runtime.pass(4_000);
    expect(updates).toHaveBeenCalled();
    test.frames.kill('first');
    updates.mockRestore();
    // The first panel had linked one of them.
    test.item.change(9, () => [relationTo(100)]);
    const next = await test.panelOf('next');
    const [left] = next.journal.state.getSnapshot().interruptedPlans;
    const resumed = await next.service.resume(left!.id);
    await test.untilOver(resumed!);
    expect(test.on()).toBe('7: 100.txt 101.txt, 8: 100.txt 101.txt, 9: 100.txt 101.txt');
    expect(test.sent).toEqual([]);
  });
});

test('BulkService.run repairs the names of a service that ignores the ones in relations', async () => {
  const test = stage({ ignoresNames: true });
  await test.untilOver(await begin(await test.panelOf('me'), [A, B]));
  expect(test.sent).toContain('');
  expect(test.on()).toBe('7: a b, 8: a b, 9: a b');
});

test('BulkService.readItems repeats a read that fails for a moment, and rejects after some seconds', async () => {
  const { panelOf, item, runtime } = stage();
  const { service } = await panelOf('me');
  const readMany = jest.spyOn(item, 'readMany').mockRejectedValueOnce(new NetworkError('No answer.'));
  const first = service.readItems(IDS);
  await runtime.pass(1_000);
  expect((await first).map(({ id }) => id)).toEqual(IDS);

  readMany.mockRejectedValue(new NetworkError('No answer.'));
  const second = service.readItems(IDS).catch((error: unknown) => error);
  await runtime.pass(10_000);
  expect(await second).toBeInstanceOf(NetworkError);
});

describe('BulkService.resume', () => {
  /** A panel whose run was interrupted before the server had the file. */
  async function interrupted(policy: DuplicatePolicy = 'skip') {
    const test = stage();
    test.hold(new Promise(() => undefined));
    const panel = await test.panelOf('first');
    const items = await panel.service.readItems([7, 8]);
    const duplicates = { all: policy, ofItems: new Map() };
    const files = [planFile('100.txt'), B];
    const plan = planOf({
      duplicates,
      files,
      items,
      mapping: { kind: 'all' },
      edits: new Map(),
      comment: '',
    });
    panel.service.run(plan, files, items);
    await test.runtime.pass(10_000);
    test.frames.kill('first');
    test.hold(Promise.resolve());
    test.sent.length = 0;
    const next = await test.panelOf('next');
    const [batch] = next.journal.state.getSnapshot().interruptedPlans;
    const resume = async (): Promise<PlannedRun> => {
      const planned = await next.service.resume(batch!.id);
      return planned!;
    };
    /** A file like the first one, on work item 8 since this time. */
    const addLookAlike = (resourceCreatedDate: string): void => {
      const relation = relationTo(100);
      const attributes = { ...relation.attributes, resourceSize: files[0]!.size, resourceCreatedDate };
      test.item.change(8, () => [{ ...relation, attributes }]);
    };
    return { ...test, resume, addLookAlike };
  }

  it('sends unsent files', async () => {
    const test = await interrupted();
    await test.untilOver(await test.resume());
    expect(test.on()).toBe('7: 100.txt b, 8: 100.txt b, 9: ');
  });

  it('skips a file with a look-alike that was attached since the run began', async () => {
    const test = await interrupted();
    test.addLookAlike(new Date(1_000_000).toISOString());
    const planned = await test.resume();
    await test.untilOver(planned);
    expect(test.on()).toBe('7: 100.txt b, 8: 100.txt b, 9: ');
    expect(reportOf(planned)).toContain('100.txt@8 already-there');
  });

  it('attaches a file beside an older one like it', async () => {
    const test = await interrupted('keep-both');
    test.addLookAlike(new Date(1_000_000 - 3_600_000).toISOString());
    await test.untilOver(await test.resume());
    expect(test.on()).toBe('7: 100.txt b, 8: 100.txt 100.txt b, 9: ');
  });

  it('sends no file without a work item left', async () => {
    const test = await interrupted();
    test.addLookAlike('');
    test.item.change(7, () => test.item.item(8).relations);
    await test.untilOver(await test.resume());
    expect(test.sent).toEqual(['b']);
    expect(test.on()).toBe('7: 100.txt b, 8: 100.txt b, 9: ');
  });

  it('attaches nothing unseen while the work items cannot be read, and everything after a retry', async () => {
    const test = await interrupted();
    const readMany = jest.spyOn(test.item, 'readMany').mockRejectedValueOnce(new NetworkError('No answer.'));
    const planned = await test.resume();
    await test.untilOver(planned);
    expect(reportOf(planned)).toEqual(
      ['100.txt', 'b'].flatMap((name) => [7, 8].map((id) => `${name}@${id} failed network`)),
    );
    readMany.mockRestore();
    await test.untilOver(await planned.retry(RULES));
    expect(test.on()).toBe('7: 100.txt b, 8: 100.txt b, 9: ');
  });
});
