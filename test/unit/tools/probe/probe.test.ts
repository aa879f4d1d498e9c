import type { Assumptions, Emulator, EmulatorMode } from 'azure-devops-emulator';
import type { ProbeOptions } from '../../../../tools/probe/options';
import { runProbe, type Report } from '../../../../tools/probe/probe';
import type { Question } from '../../../../src/check/questions/question';
import { scriptQuestions as questions } from '../../../../src/check/questions';
import { renderReport } from '../../../../tools/probe/report';
import { start, until } from '../../../../packages/emulator/test/unit/client';

/** Questions that take days. */
const unanswerable = ['unlinked-upload'];

let emulator: Emulator;
let ids: number[];

function optionsFor(change: Partial<ProbeOptions> = {}): ProbeOptions {
  const { restBaseUrl: url } = emulator;
  const token = emulator.issueToken();
  return { url, project: 'Fabrikam', otherProject: 'Fabrikam', token, bearer: true, large: false, ...change };
}

function run(
  options: ProbeOptions,
  asked: readonly Question[] = questions,
  signal = new AbortController().signal,
): Promise<Report> {
  return runProbe(options, asked, { signal, tell: () => undefined, log: () => undefined });
}

function idsOf(report: Report, verdict: Report['results'][number]['verdict']): string[] {
  return report.results.filter((result) => result.verdict === verdict).map(({ id }) => id);
}

function named(...wanted: string[]): Question[] {
  return questions.filter(({ id }) => wanted.includes(id));
}

/** Temporary work item of the probe. */
function created(): number | undefined {
  return emulator.store.workItemIds.find((id) => !ids.includes(id));
}

describe.each<EmulatorMode>(['services', 'server'])('the probe of an emulator of %s', (mode) => {
  beforeAll(async () => void (emulator = await start({ mode })));
  beforeEach(async () => {
    await emulator.reset();
    ids = emulator.store.workItemIds;
  });
  afterAll(() => emulator.close());

  test('gets the assumed answers and leaves nothing behind', async () => {
    const report = await run(optionsFor({ large: true }));
    expect(report).toMatchObject({ mode, isInterrupted: false, workItem: { isDeleted: true } });
    expect(idsOf(report, 'differs')).toEqual([]);
    expect(idsOf(report, 'not answered')).toEqual(unanswerable);
    expect(report.results).toHaveLength(questions.length);
    expect(emulator.store.workItemIds).toEqual(ids);
  });

  test('sends little data without --large', async () => {
    const report = await run(optionsFor());
    expect(idsOf(report, 'not answered')).toEqual([
      ...unanswerable,
      'attachment-101',
      'large-simple',
      'large-chunked',
    ]);
    const sent = emulator.requests.records.reduce((sum, { requestBytes }) => sum + requestBytes, 0);
    expect(sent).toBeLessThan(20_000);
    expect(emulator.requests.records.length).toBeLessThan(125);
  });

  test.each<[Partial<Assumptions>, string[]]>([
    [{ repeatedChunk: 'accept' }, ['repeated-chunk', 'repeated-last-chunk']],
    [{ unnamedUpload: 'refuse' }, ['unnamed-upload']],
    [{ nameInRelation: 'ignored' }, ['name-in-relation']],
    [{ retryAfterReadable: true }, ['retry-after-readable']],
    [{ relationUrlTest: 'refuse' }, ['relation-url-test']],
    [{ batchFailure: 'all-or-nothing' }, ['batch-failure']],
  ])('notices %j', async (change, expected) => {
    Object.assign(emulator.store.assumptions, change);
    const report = await run(optionsFor());
    expect(idsOf(report, 'differs')).toEqual(expected);
    expect(report.results.find(({ id }) => id === expected[0])!.answer).toBe(
      String(Object.values(change)[0]),
    );
  });

  test('notices formats of texts in a released version', async () => {
    emulator.store.assumptions.textFormats = 'always';
    const differing = emulator.mode === 'services' ? ['multiline-format'] : [];
    expect(idsOf(await run(optionsFor()), 'differs')).toEqual(differing);
  });

  test('notices a limit of 2 GB', async () => {
    emulator.store.assumptions.largestFile = '2 GB';
    const report = await run(optionsFor({ large: true }));
    expect(idsOf(report, 'differs')).toEqual(['size-limit', 'large-simple', 'large-chunked']);
  });
});

describe('the probe in trouble', () => {
  beforeAll(async () => void (emulator = await start()));
  beforeEach(async () => {
    await emulator.reset();
    ids = emulator.store.workItemIds;
  });
  afterAll(() => emulator.close());

  test.each(['first-chunk', 'simple', 'batch'] as const)(
    'deletes the work item after an interruption of a hanging request (%s)',
    async (at) => {
      emulator.setNetwork({ faults: [{ name: 'stalled', remaining: 1, at }] });
      const interruption = new AbortController();
      const running = run(optionsFor(), questions, interruption.signal);
      await until(() => emulator.network.faults.length === 0);
      expect(created()).toBeDefined();
      interruption.abort();
      const report = await running;
      expect(report).toMatchObject({ isInterrupted: true, workItem: { isDeleted: true } });
      expect(report.results.length).toBeLessThan(questions.length);
      expect(emulator.store.workItemIds).toEqual(ids);
    },
  );

  test('creates no work item after an early interruption', async () => {
    const interruption = new AbortController();
    interruption.abort(new Error('interrupted'));
    await expect(run(optionsFor(), questions, interruption.signal)).rejects.toThrow('interrupted');
    expect(emulator.store.workItemIds).toEqual(ids);
  });

  test('answers the other questions after a failed one', async () => {
    emulator.setNetwork({ faults: [{ name: 'status-503', remaining: 1, at: 'register' }] });
    const report = await run(optionsFor(), named('chunk-statuses', 'changed-total'));
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['not answered', 'agrees']);
    expect(report.results[0]!.seen).toContain('VS402490');
    expect(emulator.store.workItemIds).toEqual(ids);
  });

  test.each(['refused', 'unknown'] as const)('has no answer for a batch that is %s', async (answer) => {
    emulator.store.assumptions.batchFromExtension = answer;
    const report = await run(optionsFor(), named('batch-failure'));
    expect(idsOf(report, 'not answered')).toEqual(['batch-failure']);
  });

  test('has no answer for an error of a gateway', async () => {
    emulator.setNetwork({ faults: [{ name: 'status-502', remaining: 1, at: 'simple' }] });
    const report = await run(optionsFor(), named('unnamed-upload'));
    expect(idsOf(report, 'not answered')).toEqual(['unnamed-upload']);
  });

  test('names a work item that it cannot delete', async () => {
    emulator.interfere('simple', () => emulator.store.readOnlyIds.add(created()!));
    const report = await run(optionsFor(), named('unnamed-upload'));
    const left = created()!;
    expect(report.workItem).toMatchObject({ id: left, isDeleted: false });
    expect(renderReport(report)).toContain(`Work item ${left} IS STILL THERE`);
  });

  test.each([
    ['a token that is no good', { token: 'no-token' }, 'The token is not accepted: 401'],
    ['a project that is not there', { project: 'Nowhere' }, 'TF200016'],
  ])('does not start with %s', async (_, change, message) => {
    await expect(run(optionsFor(change))).rejects.toThrow(message);
    expect(emulator.store.workItemIds).toEqual(ids);
  });
});
