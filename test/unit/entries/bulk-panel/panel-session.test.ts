import type { AttachmentOfItem } from '../../../../src/azure/work-item';
import type { BulkService } from '../../../../src/bulk/run/bulk-service';
import type { BulkRun } from '../../../../src/bulk/run/bulk-run';
import { planItemOf, unreadItem } from '../../../../src/bulk/run/plan-item';
import type { PlannedRun } from '../../../../src/bulk/run/planned-run';
import type { RunState } from '../../../../src/bulk/run/run-state';
import type { AttachedFiles } from '../../../../src/bulk/run/read-attached';
import { createPanelSession } from '../../../../src/entries/bulk-panel/panel-session';
import { isSwitchedOff } from '../../../../src/entries/bulk-panel/panel-state';
import type { Picked } from '../../../../src/upload/intake/intake';
import type { JournalState } from '../../../../src/upload/recovery/journal/inventory';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import { createStore } from '../../../../src/base/store';
import type { Problem } from '../../../../src/base/errors';
import type { DuplicatePolicy, PlanItem } from '../../../../src/bulk/plan/plan';
import { duplicatesOf } from '../../../../src/entries/bulk-panel/panel-state';
import type { PolicyReading, PolicySource } from '../../../../src/upload/rules/policy/policy-source';
import { readPolicy } from '../../../../src/upload/rules/policy/read-policy';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createTestHost } from '../../../helpers/host';
import { createTestQueue } from '../../../helpers/upload-queue';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { pickedFile, referenceTo, relationTo, workItemWith } from '../../../helpers/uploads';

const picked = (...names: string[]): Picked => ({
  accepted: names.map((name) => pickedFile(name)),
  rejected: [],
});
const item = (id: number): PlanItem => planItemOf(workItemWith([], { id }), 100);

/** A panel opened for these work items. Reads answer at once. */
function stage(
  workItemIds: readonly number[] = [7, 8],
  attached: readonly AttachmentOfItem[] = [],
  policies?: PolicySource,
) {
  const { queue } = createTestQueue();
  const runState = createStore<RunState, Partial<RunState>>((state, facts) => ({ ...state, ...facts }), {
    phase: 'running',
    activePhase: 'running',
    relinks: 0,
    items: new Map(),
    unchecked: undefined,
  });
  const run = { ...runState, queue } as unknown as BulkRun;
  const dismiss = jest.fn();
  const retry = jest.fn<Promise<PlannedRun>, Parameters<PlannedRun['retry']>>(() => Promise.resolve(planned));
  const attachAnyway = jest.fn<Promise<PlannedRun>, Parameters<PlannedRun['attachAnyway']>>(() =>
    Promise.resolve(planned),
  );
  const report = { plan: { pairs: [] }, files: [], items: [], excluded: [], skipped: [] };
  const planned: PlannedRun = { run, ...report, retry, attachAnyway, dismiss };
  const service = {
    intake: {
      fromInput: jest.fn(() => Promise.resolve(picked('a', 'b'))),
      fromPaste: jest.fn(() => picked('pasted')),
      fromDrop: jest.fn(() => Promise.resolve(picked('dropped'))),
    },
    readItems: jest.fn((ids: readonly number[]) => Promise.resolve<readonly PlanItem[]>(ids.map(item))),
    findReadOnly: jest.fn<ReturnType<BulkService['findReadOnly']>, [readonly PlanItem[]]>(() =>
      Promise.resolve(new Map<number, Problem>()),
    ),
    runQuery: jest.fn<Promise<readonly number[]>, [string]>(() => Promise.resolve([8, 9])),
    readAttached: jest.fn<Promise<AttachedFiles>, [readonly AttachmentOfItem[]]>(() =>
      Promise.resolve({
        files: [{ reference: referenceTo(100), name: '100.txt', size: 1_000, folder: '', comment: 'A log' }],
        related: [{ id: 9, kind: 'parent', type: 'Epic', title: 'Offline', state: 'Active' }],
      }),
    ),
    run: jest.fn<PlannedRun, Parameters<BulkService['run']>>(() => planned),
    resume: jest.fn<Promise<PlannedRun | undefined>, [string]>(() => Promise.resolve(planned)),
    discard: jest.fn(() => Promise.resolve()),
    evict: jest.fn(),
  } satisfies BulkService;
  const connected = createDeferred<undefined>();
  const loadSucceeded = jest.fn();
  const host = {
    ...createTestHost(),
    loadSucceeded,
    connect: () => connected.promise,
    workItemIds: () => workItemIds,
    attached: () => attached,
    close: jest.fn(),
  };
  const journalState = createStore<JournalState, never>((state) => state, {
    kind: 'browser',
    interrupted: [],
    interruptedPlans: [],
    setAside: 0,
  });
  let timeOut = (): void => undefined;
  let matches = Infinity;
  const session = createPanelSession({
    host,
    service,
    journal: {
      state: journalState,
      open: jest.fn(() => Promise.resolve()),
      match: (files) => Promise.resolve(new Map(files.slice(0, matches).map((file) => [file, 'waiting']))),
    },
    idPrefix: 'me-',
    ...(policies && { policies }),
    runtime: {
      ...createFakeRuntime(),
      now: () => new Date(2026, 1, 3).getTime(),
      setTimer(_, callback) {
        callback();
        return () => undefined;
      },
    },
    onHostTimeout: (callback) => (timeOut = callback),
  });
  return {
    ...{ session, service, loadSucceeded, runState, planned, retry, attachAnyway, dismiss },
    timeOut: () => timeOut(),
    /** Number of the next files that the run waits for. */
    match: (count: number) => void (matches = count),
    open: async (): Promise<void> => {
      const started = session.start();
      connected.resolve(undefined);
      await started;
      await flush();
    },
  };
}

/** An open panel with two files. */
async function withFiles(workItemIds?: readonly number[]) {
  const test = stage(workItemIds);
  await test.open();
  test.session.attachPicked([]);
  await flush();
  return test;
}

const idsOf = ({ session }: Pick<ReturnType<typeof stage>, 'session'>): number[] =>
  session.getSnapshot().items.map(({ id }) => id);
const pairsOf = ({ session }: Pick<ReturnType<typeof stage>, 'session'>): string[] =>
  session.getSnapshot().plan.pairs.map(({ name, workItemId }) => `${name}@${workItemId}`);

describe('PanelSession.start', () => {
  test('reports a host that is silent for too long, until it answers', async () => {
    const { session, timeOut, open } = stage();
    void session.start();
    timeOut();
    expect(session.getSnapshot()).toMatchObject({ status: 'unresponsive' });
    await open();
    expect(session.getSnapshot()).toMatchObject({ status: 'open' });
  });

  test('reads the work items the panel was opened for', async () => {
    const test = stage();
    await test.open();
    expect(idsOf(test)).toEqual([7, 8]);
    expect(test.loadSucceeded).toHaveBeenCalledTimes(1);
  });

  test('adds the attachments the panel was opened for, with their comments, and suggests related work items', async () => {
    const wanted = [{ workItemId: 7, attachmentId: referenceTo(100).id }];
    const test = stage([], wanted);
    await test.open();
    expect(test.service.readAttached.mock.calls).toEqual([[wanted]]);
    expect(test.session.getSnapshot()).toMatchObject({
      files: [{ name: '100.txt', reference: referenceTo(100) }],
      related: [{ id: 9, kind: 'parent' }],
    });
    await test.session.addItems('9');
    await flush();
    expect(test.session.getSnapshot().plan.pairs).toMatchObject([
      { name: '100.txt', workItemId: 9, comment: 'A log', fate: { kind: 'attach' } },
    ]);
  });

  test('reads the attachments again after a failure, and only then', async () => {
    const test = stage([], [{ workItemId: 7, attachmentId: referenceTo(100).id }]);
    test.service.readAttached.mockRejectedValueOnce(new NetworkError('No answer.'));
    await test.open();
    expect(test.session.getSnapshot()).toMatchObject({ files: [], problem: { kind: 'network' } });
    await test.session.readAgain();
    await test.session.readAgain();
    expect(test.service.readAttached).toHaveBeenCalledTimes(2);
    expect(test.session.getSnapshot()).toMatchObject({ files: [{ name: '100.txt' }], problem: undefined });
  });

  test('marks work items the user may not change', async () => {
    const test = stage();
    test.service.findReadOnly.mockResolvedValue(new Map([[8, { kind: 'no-permission' }]]));
    await test.open();
    expect(test.session.getSnapshot().items.map(({ problem }) => problem?.kind)).toEqual([
      undefined,
      'no-permission',
    ]);
  });

  test('keeps unreadable work items and reads them again', async () => {
    const test = stage();
    test.service.readItems.mockRejectedValueOnce(new NetworkError('No answer.'));
    await test.open();
    expect(test.session.getSnapshot()).toMatchObject({ problem: { kind: 'network' }, reading: [] });
    expect(test.session.getSnapshot().items).toEqual(
      [7, 8].map((id) => unreadItem(id, { kind: 'network', status: 0 })),
    );
    await test.session.readAgain();
    expect(test.session.getSnapshot()).toMatchObject({ problem: undefined, items: [item(7), item(8)] });
  });
});

describe('PanelSession work items', () => {
  test('are added once each by number, URL and saved query', async () => {
    const test = stage();
    await test.open();
    await test.session.addItems(
      '8 #12 https://dev.azure.com/fabrikam/p/_workitems/edit/15 https://dev.azure.com/fabrikam/p/_queries/query/0f1e2d3c-4b5a-4697-8899-aabbccddeeff/ nonsense',
    );
    expect(idsOf(test)).toEqual([7, 8, 12, 15, 9]);
    expect(test.service.runQuery.mock.calls).toEqual([['0f1e2d3c-4b5a-4697-8899-aabbccddeeff']]);
    expect(test.session.getSnapshot().unknown).toEqual(['nonsense']);
  });

  test.each<readonly [string, (test: ReturnType<typeof stage>) => unknown]>([
    ['files are added', ({ session }) => session.attachPicked([])],
    ['a work item is removed', ({ session }) => session.removeItems([8])],
    ['another mapping is chosen', ({ session }) => session.setMapping('by-name')],
    ['the files are attached', ({ session }) => session.begin()],
  ])('leave a message about other words until %s', async (_, act) => {
    const test = stage();
    await test.open();
    await test.session.addItems('thirteen');
    expect(test.session.getSnapshot().unknown).toEqual(['thirteen']);
    await act(test);
    await flush();
    expect(test.session.getSnapshot().unknown).toEqual([]);
  });

  test('are not added by the URL of another organization', async () => {
    const test = stage();
    await test.open();
    await test.session.addItems('https://dev.azure.com/contoso/F/_workitems/edit/9 12');
    expect(idsOf(test)).toEqual([7, 8, 12]);
    expect(test.session.getSnapshot().unknown).toEqual(['https://dev.azure.com/contoso/F/_workitems/edit/9']);
  });

  test('report a failed query and are added once it answers', async () => {
    const test = stage();
    await test.open();
    test.service.runQuery.mockRejectedValue(new ServerError('refused', 'No such query.'));
    await test.session.addItems(
      'https://dev.azure.com/fabrikam/p/_queries/query/0f1e2d3c-4b5a-4697-8899-aabbccddeeff',
    );
    expect([idsOf(test), test.session.getSnapshot().problem?.kind]).toEqual([[7, 8], 'refused']);
    test.service.runQuery.mockResolvedValue([8, 9]);
    await test.session.readAgain();
    expect([idsOf(test), test.session.getSnapshot().problem]).toEqual([[7, 8, 9], undefined]);
  });

  test('report a failed query even if another one answers', async () => {
    const test = stage();
    await test.open();
    test.service.runQuery.mockRejectedValueOnce(new ServerError('refused', 'No such query.'));
    const address = 'https://dev.azure.com/fabrikam/p/_queries/query/';
    await test.session.addItems(
      `${address}0f1e2d3c-4b5a-4697-8899-aabbccddeeff ${address}1f1e2d3c-4b5a-4697-8899-aabbccddeeff`,
    );
    expect([idsOf(test), test.session.getSnapshot().problem?.kind]).toEqual([[7, 8, 9], 'refused']);
  });

  test('stay out when they are removed while they are being read', async () => {
    const test = await withFiles();
    const again = createDeferred<readonly PlanItem[]>();
    test.service.readItems.mockReturnValueOnce(again.promise);
    const reading = test.session.readAgain();
    test.session.removeItems([8]);
    again.resolve([item(7), item(8)]);
    await reading;
    expect([idsOf(test), test.session.getSnapshot().reading]).toEqual([[7], []]);

    const failing = createDeferred<readonly PlanItem[]>();
    test.service.readItems.mockReturnValueOnce(failing.promise);
    const added = test.session.addItems('12 15');
    test.session.removeItems([12]);
    failing.reject(new NetworkError('No answer.'));
    await added;
    expect(idsOf(test)).toEqual([7, 15]);
  });

  test('are removed together with their part of the plan', async () => {
    const test = await withFiles();
    test.session.removeItems([7]);
    expect([idsOf(test), pairsOf(test)]).toEqual([[8], ['a@8', 'b@8']]);
  });
});

describe('PanelSession plan', () => {
  test('follows from the files and their edits', async () => {
    const test = await withFiles();
    expect(pairsOf(test)).toEqual(['a@7', 'a@8', 'b@7', 'b@8']);
    const [a, b] = test.session.getSnapshot().files;
    test.session.editFile(a!.id, { name: 'evidence.png', comment: 'Mine' });
    test.session.editFile(b!.id, { workItemIds: [8] });
    test.session.setComment('For all');
    expect(pairsOf(test)).toEqual(['evidence.png@7', 'evidence.png@8', 'b@8']);
    expect(test.session.getSnapshot().plan.pairs.map(({ comment }) => comment)).toEqual([
      'Mine',
      'Mine',
      'For all',
    ]);
    test.session.editFile(a!.id, { comment: '' });
    test.session.forgetAssignment(b!.id);
    expect(test.session.getSnapshot().plan.pairs.map(({ comment }) => comment)).toEqual(
      Array.from({ length: 4 }, () => 'For all'),
    );
    test.session.removeFiles([a!.id]);
    expect(pairsOf(test)).toEqual(['b@7', 'b@8']);
  });

  test('adds the work items named in a list', async () => {
    const test = await withFiles();
    test.session.setMapping('manifest');
    await test.session.setManifest(new File(['work item,file\n12,a\n'], 'list.csv'));
    expect([idsOf(test), pairsOf(test)]).toEqual([[7, 8, 12], ['a@12']]);
  });

  test('follows the latest list, even if an earlier one is read later', async () => {
    const test = await withFiles();
    test.session.setMapping('manifest');
    const slow = new File(['work item,file\n12,a\n'], 'slow.csv');
    const bytes = createDeferred<ArrayBuffer>();
    Object.defineProperty(slow, 'arrayBuffer', { value: () => bytes.promise });
    const first = test.session.setManifest(slow);
    await test.session.setManifest(new File(['work item,file\n8,b\n'], 'quick.csv'));
    bytes.resolve(new TextEncoder().encode('work item,file\n12,a\n').buffer);
    await first;
    expect(test.session.getSnapshot().manifest?.name).toBe('quick.csv');
    expect([idsOf(test), pairsOf(test)]).toEqual([[7, 8], ['b@8']]);
  });

  test('has no pairs for an unreadable pattern', async () => {
    const test = await withFiles();
    test.session.setMapping('by-name');
    test.session.setPattern('{oops');
    expect(pairsOf(test)).toEqual([]);
  });
});

describe('PanelSession with files added during a run', () => {
  const namesIn = ({ session }: Pick<ReturnType<typeof stage>, 'session'>): string[] =>
    session.getSnapshot().files.map(({ name }) => name);

  it('names those that the run does not wait for, and keeps them in the plan', async () => {
    const test = await withFiles();
    await test.session.begin();
    test.match(1);
    test.service.intake.fromInput.mockResolvedValueOnce(picked('awaited', 'c', 'd'));
    test.session.attachPicked([]);
    await flush();
    test.match(0);
    test.session.attachPasted([]);
    await flush();
    expect(new Set(test.session.getSnapshot().late)).toEqual(new Set(['c', 'd', 'pasted']));
    expect(new Set(namesIn(test))).toEqual(new Set(['a', 'b', 'c', 'd', 'pasted']));
    test.session.dismissLate();
    expect(test.session.getSnapshot().late).toEqual([]);
  });

  it('names rejected files', async () => {
    const test = await withFiles();
    await test.session.begin();
    const rejected = [{ name: 'logs', size: 0, folder: '', problem: { kind: 'folder-empty' as const } }];
    test.service.intake.fromDrop.mockResolvedValueOnce({ accepted: [], rejected });
    test.session.attachDropped({} as DataTransfer);
    await flush();
    expect(test.session.getSnapshot()).toMatchObject({ rejected, late: [] });
  });

  it('returns to the plan with them', async () => {
    const test = await withFiles();
    await test.session.begin();
    test.match(0);
    test.session.attachPasted([]);
    await flush();
    test.runState.dispatch({ phase: 'over' });
    await test.session.backToPlan();
    expect(test.session.getSnapshot()).toMatchObject({ run: undefined, late: [] });
    expect(pairsOf(test)).toContain('pasted@7');
  });
});

describe('PanelSession run', () => {
  test('starts once, with the current plan', async () => {
    const test = await withFiles();
    await Promise.all([test.session.begin(), test.session.begin()]);
    expect(test.service.run).toHaveBeenCalledTimes(1);
    const [plan, files, items] = test.service.run.mock.calls[0]!;
    expect([plan.pairs.length, files.length, items.length]).toEqual([4, 2, 2]);
  });

  test('starts once, also after all files were compared', async () => {
    const test = await withFiles();
    const { session, service } = test;
    const fates = (): string[] => session.getSnapshot().plan.pairs.map(({ fate }) => fate.kind);
    await new Promise<void>((resolve) => session.subscribe(() => fates().includes('skip') && resolve()));
    await flush();
    await Promise.all([session.begin(), session.begin()]);
    expect(service.run).toHaveBeenCalledTimes(1);
  });

  test('is planned with duplicate contents as soon as the files are there', async () => {
    const { session } = await withFiles([7]);
    const fates = (): string[] => session.getSnapshot().plan.pairs.map(({ fate }) => fate.kind);
    await new Promise<void>((resolve) => session.subscribe(() => fates().includes('skip') && resolve()));
    expect(fates()).toEqual(['attach', 'skip']);
    session.setDuplicates('keep-both', 7);
    expect(fates()).toEqual(['attach', 'attach']);
  });

  test('attaches a file with the content of another one anyway, once', async () => {
    const test = await withFiles([7]);
    const { session, runState, attachAnyway } = test;
    const fates = (): string[] => session.getSnapshot().plan.pairs.map(({ fate }) => fate.kind);
    await new Promise<void>((resolve) => session.subscribe(() => fates().includes('skip') && resolve()));
    session.attachAnyway(session.getSnapshot().plan.pairs.slice(1));
    expect(fates()).toEqual(['attach', 'attach']);

    await session.begin();
    const [pair] = session.getSnapshot().plan.pairs;
    session.attachAnyway([pair!]);
    expect(attachAnyway).not.toHaveBeenCalled();
    runState.dispatch({ phase: 'over' });
    session.attachAnyway([pair!]);
    await flush();
    expect(attachAnyway.mock.calls).toEqual([
      [[pair], { duplicates: { all: 'skip', ofItems: new Map() }, attached: new Map() }],
    ]);
    // The next run of the plan would attach it once more.
    await session.backToPlan();
    expect(fates()).toEqual(['attach', 'skip']);
  });

  test('sends one of two files with the same content', async () => {
    const test = await withFiles();
    await test.session.begin();
    const [, files] = test.service.run.mock.calls[0]!;
    expect(files[0]?.contentKey).toBeDefined();
    expect(files[0]?.contentKey).toBe(files[1]?.contentKey);
  });

  test('returns to the plan only after its end, and attaches nothing twice', async () => {
    const test = await withFiles([7]);
    test.session.removeFiles([test.session.getSnapshot().files[1]!.id]);
    await test.session.begin();
    await test.session.backToPlan();
    expect(test.session.getSnapshot().run).toBeDefined();
    const { id: fileId } = test.session.getSnapshot().files[0]!;
    const reference = referenceTo(1);
    const pair = { fileId, uploadId: 'u', name: 'a', comment: '', replaces: [], reference };
    const pairs = [{ ...pair, outcome: { kind: 'attached' as const } }];
    test.runState.dispatch({
      phase: 'over',
      items: new Map([[7, { workItemId: 7, pairs, status: 'waiting', attempt: 1 }]]),
    });
    test.service.readItems.mockResolvedValue([
      planItemOf(workItemWith([], { relations: [relationTo(1)] }), 100),
    ]);
    test.session.setDuplicates('keep-both');
    await test.session.backToPlan();
    expect([test.dismiss.mock.calls.length, test.session.getSnapshot().run]).toEqual([1, undefined]);
    expect(test.session.getSnapshot().plan.pairs.map(({ fate }) => fate.kind)).toEqual(['skip']);
  });

  test('is retried once at a time after its end, by the rules of the plan, and stays until the work items are read', async () => {
    const test = await withFiles();
    const { session, planned, retry, runState } = test;
    session.setDuplicates('keep-both');
    await session.begin();
    await session.retry();
    expect(retry).not.toHaveBeenCalled();
    runState.dispatch({ phase: 'over' });
    const read = createDeferred<PlannedRun>();
    retry.mockReturnValueOnce(read.promise);
    const retried = [session.retry(), session.retry()];
    await session.backToPlan();
    expect(session.getSnapshot()).toMatchObject({ run: planned, isRetrying: true });
    const next = { ...planned };
    read.resolve(next);
    await Promise.all(retried);
    expect(retry.mock.calls).toEqual([
      [{ duplicates: { all: 'keep-both', ofItems: new Map() }, attached: new Map() }],
    ]);
    expect(session.getSnapshot().run).toBe(next);
    expect(session.getSnapshot().isRetrying).toBe(false);
  });

  test('is resumed from a closed panel, or reported as lost', async () => {
    const test = stage();
    await test.open();
    test.service.resume.mockResolvedValueOnce(undefined);
    await test.session.resume('batch');
    expect(test.session.getSnapshot()).toMatchObject({ run: undefined, isLost: true });
    await test.session.resume('batch');
    expect(test.session.getSnapshot()).toMatchObject({ isLost: false });
    expect(test.session.getSnapshot().run).toBeDefined();
  });
});

describe('policies', () => {
  /** Reading of a policy with these rules. */
  function readingOf(rules: object, project?: string): PolicyReading {
    const result = readPolicy(JSON.stringify({ version: 1, ...rules }));
    if (!result.ok) throw new Error('This is no policy.');
    return { policy: result.policy, ...(project !== undefined && { project }) };
  }

  /** Planned actions of a panel that gets these files, by work item. */
  async function planWith(read: PolicySource['read'], ...names: string[]) {
    const test = stage([7, 8], [], { read });
    test.service.intake.fromInput.mockResolvedValue(picked(...names));
    await test.open();
    test.session.attachPicked([]);
    await flush();
    const fates = [...test.session.getSnapshot().plan.byItem.values()].map((planned) =>
      planned.map(({ fate }) => fate),
    );
    return { ...test, fates };
  }

  const { type, project } = item(7);

  it.each([
    ['maxBytes', { maxBytes: 1 }],
    ['maxFiles', { maxFiles: 0 }],
    ['allow', { allow: ['png'] }],
    ['block', { block: ['txt'] }],
    ['requireComment', { requireComment: true }],
    ['name', { name: '{id} *' }],
    ['a rule of a type', { workItemTypes: { [type]: { block: ['txt'] } } }],
  ])('plans a file that breaks %s as refused, with the sentence and the message', async (_, rules) => {
    const read = () => Promise.resolve(readingOf({ ...rules, message: 'Ask Jamal.' }, project));
    const { fates } = await planWith(read, 'a.txt');
    const problem = { kind: 'breaks-policy', brokenRules: [expect.any(String), 'Ask Jamal.'] };
    expect(fates).toEqual([[{ kind: 'blocked', problem }], [{ kind: 'blocked', problem }]]);
  });

  it('starts no run if the policy has switched off the panel', async () => {
    const policy = createDeferred<PolicyReading>();
    const { open, session, service } = stage([7], [], { read: () => policy.promise });
    await open();
    session.attachPicked([]);
    await flush();
    const begun = session.begin();
    policy.resolve(readingOf({ parts: { bulkPanel: false } }));
    await begun;
    expect(service.run).not.toHaveBeenCalled();
    expect(session.getSnapshot()).toMatchObject({ status: 'open', run: undefined });
    expect(isSwitchedOff(session.getSnapshot())).toBe(true);
  });

  it('asks for a comment until there is one', async () => {
    const { session } = await planWith(() => Promise.resolve(readingOf({ requireComment: true })), 'a.txt');
    session.setComment('why');
    await flush();
    const [[planned] = []] = [...session.getSnapshot().plan.byItem.values()];
    expect(planned?.fate).toEqual({ kind: 'attach' });
  });

  it.each([
    ['skip', 'skip'],
    ['replace', 'replace'],
    ['keep', 'attach'],
    ['ask', 'attach'],
  ])('have the rule %s as the default for existing names', async (duplicates, fate) => {
    const attached = planItemOf(workItemWith([1]), 100);
    const read = () => Promise.resolve(readingOf({ duplicates }, project));
    const test = stage([7], [], { read });
    test.service.readItems.mockResolvedValue([attached]);
    test.service.intake.fromInput.mockResolvedValue(picked('1.txt'));
    await test.open();
    test.session.attachPicked([]);
    await flush();
    expect(test.session.getSnapshot().plan.pairs.map((pair) => pair.fate.kind)).toEqual([fate]);
    test.session.setDuplicates('keep-both');
    await flush();
    expect(test.session.getSnapshot().plan.pairs.map((pair) => pair.fate.kind)).toEqual(['attach']);
  });

  it('have the rule of a type for its work items, until the user chooses', () => {
    const items = [item(7), { ...item(8), type: 'Task' }, { ...item(9), project: 'Another' }];
    const policy = readingOf(
      { duplicates: 'replace', workItemTypes: { Task: { duplicates: 'skip' } } },
      project,
    );
    const chosen = { all: undefined, ofItems: new Map<number, DuplicatePolicy>() };
    expect(duplicatesOf({ items, policy, duplicates: chosen })).toEqual({
      all: 'replace',
      ofItems: new Map([
        [8, 'skip-name'],
        [9, 'skip'],
      ]),
    });
    const ofItems = new Map([[8, 'keep-both' as const]]);
    expect(duplicatesOf({ items, policy, duplicates: { all: undefined, ofItems } }).ofItems.get(8)).toBe(
      'keep-both',
    );
    expect(duplicatesOf({ items, policy, duplicates: { all: 'skip', ofItems } })).toEqual({
      all: 'skip',
      ofItems,
    });
  });

  it('judges a file by its content, also if the policy comes later', async () => {
    const policy = createDeferred<PolicyReading>();
    const test = stage([7], [], { read: () => policy.promise });
    const file = { ...pickedFile('a.png'), source: new Blob(['MZ\u0090\0']) };
    test.service.intake.fromInput.mockResolvedValue({ accepted: [file], rejected: [] });
    await test.open();
    test.session.attachPicked([]);
    await flush();
    policy.resolve(readingOf({ block: ['exe'] }));
    await flush();
    await new Promise(setImmediate);
    await flush();
    const [[planned] = []] = [...test.session.getSnapshot().plan.byItem.values()];
    expect(planned?.fate).toMatchObject({ kind: 'blocked', problem: { kind: 'breaks-policy' } });
  });

  it('starts no run before the policy is read', async () => {
    const policy = createDeferred<PolicyReading>();
    const { session, service } = await planWith(() => policy.promise, 'a.txt');
    void session.begin();
    await flush();
    expect(service.run).not.toHaveBeenCalled();
    policy.resolve({ policy: undefined });
    await flush();
    expect(service.run).toHaveBeenCalledTimes(1);
  });

  it.each<[string, PolicyReading]>([
    ['of another project', readingOf({ block: ['txt'] }, 'Another')],
    ['that is not understood', { policy: undefined, problem: 'invalid' }],
    ['that cannot be read', { policy: undefined, problem: 'unavailable' }],
  ])('are not applied by a policy %s', async (_, reading) => {
    const { fates } = await planWith(() => Promise.resolve(reading), 'a.txt');
    expect(fates).toEqual([[{ kind: 'attach' }], [{ kind: 'attach' }]]);
  });
});
