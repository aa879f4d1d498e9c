import { setNotifyScheduler } from '../../../../src/base/store';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import { attachmentsOf } from '../../../../src/azure/work-item';
import { beginRun, pair, planFile, planOfPairs } from '../../../helpers/bulk';
import { flush } from '../../../helpers/deferred';
import { createModelService } from '../../../helpers/model-service';
import type { ModelService, ServiceFacts } from '../../../helpers/model-service';
import { relationTo } from '../../../helpers/uploads';

const A = planFile('a');
const B = planFile('b');
/** Two files for three work items. */
const ALL = planOfPairs(...['a', 'b'].flatMap((name) => [7, 8, 9].map((id) => pair(name, id))));

const serviceOf = (facts: Partial<ServiceFacts> = {}): ModelService =>
  createModelService({ ids: [7, 8, 9], ...facts });

const namesOn = (service: ModelService, id: number): string =>
  attachmentsOf(service.item(id))
    .map(({ name }) => name)
    .join(' ');

/** Two files for three work items; `a` and `b` have been sent. */
async function runOfAll(facts: Partial<ServiceFacts> = {}) {
  const service = serviceOf(facts);
  const test = beginRun(service, [A, B], ALL);
  await flush();
  await test.finish('a b');
  return { service, ...test };
}

const ATTACHED = ['a@7', 'b@7', 'a@8', 'b@8', 'a@9', 'b@9'].map((each) => `${each} attached`);

describe('createBulkRun', () => {
  test('sends each file once, links all of them in one request and reads the work items back', async () => {
    const { service, run, outcomes, transport } = await runOfAll();
    expect(transport.begun).toHaveLength(2);
    expect(service.asked).toEqual(['batch 3', 'readMany 3']);
    expect([7, 8, 9].map((id) => namesOn(service, id))).toEqual(['a b', 'a b', 'a b']);
    expect([run.getSnapshot().phase, outcomes()]).toEqual(['over', ATTACHED]);
  });

  test('reads the work items back 200 at a time', async () => {
    const ids = Array.from({ length: 450 }, (_, index) => index + 1);
    const service = serviceOf({ ids });
    const test = beginRun(service, [A], planOfPairs(...ids.map((id) => pair('a', id))));
    await flush();
    await test.finish('a');
    for (let round = 0; round < 20; round++) await flush();
    expect(service.asked.filter((each) => each.startsWith('readMany'))).toEqual([
      'readMany 200',
      'readMany 200',
      'readMany 50',
    ]);
    expect(test.run.getSnapshot()).toMatchObject({ phase: 'over', unchecked: undefined });
  });

  test('sends equal contents once and links them under each name', async () => {
    const service = serviceOf();
    const files = [planFile('a', 'same'), planFile('b', 'same')];
    const test = beginRun(service, files, planOfPairs(pair('a', 7), pair('b', 8)));
    await flush();
    await test.finish('a');
    expect(test.transport.begun).toHaveLength(1);
    expect([namesOn(service, 7), namesOn(service, 8)]).toEqual(['a', 'b']);
    expect(test.outcomes()).toEqual(['a@7 attached', 'b@8 attached']);
  });

  test('sends equal contents twice if both go to one work item', async () => {
    const service = serviceOf();
    const files = ['a', 'b', 'c'].map((name) => planFile(name, 'same'));
    const plan = planOfPairs(pair('a', 7), pair('b', 7), pair('b', 8), pair('c', 9));
    const test = beginRun(service, files, plan);
    await flush();
    await test.finish('a b');
    expect(test.transport.begun).toHaveLength(2);
    expect([7, 8, 9].map((id) => namesOn(service, id))).toEqual(['a b', 'b', 'c']);
    const [first, second] = attachmentsOf(service.item(7)).map(({ url }) => url);
    expect(first).not.toBe(second);
  });

  test('sends no files of skipped or blocked pairs', async () => {
    const service = serviceOf();
    const problem = { kind: 'attachment-limit' } as const;
    const plan = planOfPairs(
      pair('a', 7, { kind: 'skip', reason: 'already-there' }),
      pair('b', 8, { kind: 'blocked', problem }),
    );
    const test = beginRun(service, [A, B], plan);
    await flush();
    expect([test.run.getSnapshot().phase, test.transport.begun, service.asked]).toEqual(['over', [], []]);
  });

  test('links to a work item only after all of its files are stored', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], planOfPairs(pair('a', 7), pair('b', 7), pair('a', 8)));
    await flush();
    await test.finish('a');
    expect(service.asked).toEqual([]);
    await test.runtime.pass(3_050);
    expect([namesOn(service, 7), namesOn(service, 8)]).toEqual(['', 'a']);
    await test.finish('b');
    expect([namesOn(service, 7), service.item(7).revision]).toEqual(['a b', 2]);
  });

  test('links after a minute without waiting for the last file of a work item', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], planOfPairs(pair('a', 7), pair('b', 7)));
    await flush();
    await test.finish('a');
    await test.runtime.pass(59_999);
    expect(namesOn(service, 7)).toBe('');
    await test.runtime.pass(3_051);
    expect(namesOn(service, 7)).toBe('a');
    await test.finish('b');
    expect([namesOn(service, 7), test.outcomes()]).toEqual(['a b', ['a@7 attached', 'b@7 attached']]);
  });

  test('links to 50 work items per request', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => index + 1);
    const service = createModelService({ ids });
    const test = beginRun(service, [A], planOfPairs(...ids.map((id) => pair('a', id))));
    await flush();
    await test.finish('a');
    await flush();
    expect(service.asked).toEqual(['batch 50', 'batch 50', 'batch 20', 'readMany 120']);
  });

  test('removes a replaced attachment only after the new one is linked', async () => {
    const service = serviceOf({ ids: [7] });
    service.change(7, () => [relationTo(90)]);
    const id = relationTo(90).url.slice(-36).toLowerCase();
    const test = beginRun(service, [A], planOfPairs(pair('a', 7, { kind: 'replace', attachmentIds: [id] })));
    await flush();
    expect(namesOn(service, 7)).toBe('90.txt');
    await test.finish('a');
    for (let reads = 0; reads < 3; reads++) await flush();
    expect([namesOn(service, 7), test.outcomes()]).toEqual(['a', ['a@7 attached']]);
  });
});

describe('createBulkRun in a hidden page, whose stores notify no listener', () => {
  beforeEach(() => setNotifyScheduler(() => undefined));
  afterEach(() => setNotifyScheduler((notify) => notify()));

  test('finishes the run', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], ALL);
    await flush();
    await test.finish('a b');
    expect([test.run.getSnapshot().phase, test.outcomes()]).toEqual(['over', ATTACHED]);
  });

  test('resumes after the delay the server asked for', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], ALL);
    await flush();
    test.queue.throttle(5_000);
    await test.finish('a b');
    expect(service.asked).toEqual([]);
    await test.runtime.pass(5_000);
    expect([test.run.getSnapshot().phase, test.outcomes()]).toEqual(['over', ATTACHED]);
  });
});

describe('createBulkRun after failures', () => {
  test('attaches the other files if one upload fails', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], ALL);
    await flush();
    await test.finish('a');
    await test.fail('b', new ServerError('file-too-large', 'Too large.'));
    expect([7, 8, 9].map((id) => namesOn(service, id))).toEqual(['a', 'a', 'a']);
    expect(test.outcomes().filter((each) => each.startsWith('b'))).toEqual(
      [7, 8, 9].map((id) => `b@${id} failed uploading file-too-large`),
    );
    expect(test.run.getSnapshot().phase).toBe('over');
  });

  test('attaches to the other work items if one is read-only', async () => {
    const { service, outcomes } = await runOfAll({ readOnly: [8] });
    expect([7, 8, 9].map((id) => namesOn(service, id))).toEqual(['a b', '', 'a b']);
    expect(outcomes().filter((each) => each.includes('@8'))).toEqual([
      'a@8 failed linking no-permission',
      'b@8 failed linking no-permission',
    ]);
  });

  test('retries transient errors automatically', async () => {
    const { service, run, outcomes, runtime } = await runOfAll({ faults: ['throttled'] });
    expect(run.getSnapshot().phase).toBe('running');
    await runtime.pass(500);
    expect([run.getSnapshot().phase, outcomes()]).toEqual(['over', ATTACHED]);
    expect(service.asked).toEqual(['batch 3', 'readMany 3', 'batch 3', 'readMany 3']);
  });

  test('retries only failures when the user asks for it', async () => {
    const readOnly = [8];
    const test = await runOfAll({ readOnly });
    readOnly.length = 0;
    const before = test.service.asked.length;
    test.run.retryFailed();
    await flush();
    expect(test.outcomes()).toEqual(ATTACHED);
    expect(test.service.asked.slice(before)).toEqual(['readMany 1', 'update 8', 'readMany 3']);
    expect(test.transport.begun).toHaveLength(2);
  });

  test('sends a file again when the user retries its failed upload', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], ALL);
    await flush();
    await test.finish('a');
    await test.fail('b', new ServerError('refused', 'No.'));
    expect(test.run.getSnapshot().phase).toBe('over');
    test.run.retryFailed();
    await flush();
    expect(test.run.getSnapshot().phase).toBe('running');
    await test.finish('b');
    expect(test.outcomes()).toEqual(ATTACHED);
  });
});

describe('createBulkRun verification', () => {
  test('makes a link again if it was removed during the run', async () => {
    const service = serviceOf();
    const meddling: ModelService = {
      ...service,
      async updateMany(updates) {
        const answers = await service.updateMany(updates);
        service.change(8, () => []);
        return answers;
      },
    };
    const test = beginRun(meddling, [A], planOfPairs(pair('a', 7), pair('a', 8)));
    await flush();
    await test.finish('a');
    await flush();
    expect([namesOn(service, 8), test.outcomes()]).toEqual(['a', ['a@7 attached', 'a@8 attached']]);
  });

  test('keeps the outcomes and the error if the work items are unreadable', async () => {
    const lost = Array.from({ length: 10 }, () => 'lost before' as const);
    const { run, outcomes, runtime } = await runOfAll({ faults: ['none', ...lost] });
    await runtime.pass(300_000);
    const { phase, unchecked } = run.getSnapshot();
    expect([phase, unchecked?.kind, outcomes()]).toEqual(['over', 'network', ATTACHED]);
  });
});

describe('BulkRun', () => {
  test('sends and links nothing between pause and resume', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], ALL);
    await flush();
    test.run.pause();
    await flush();
    expect([test.transport.underWay(), service.asked]).toEqual([[], []]);
    test.run.resume();
    await flush();
    await test.finish('a b');
    expect(test.outcomes()).toEqual(ATTACHED);
  });

  test('keeps attached files on cancel and leaves the others', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], planOfPairs(pair('a', 7), pair('b', 8)));
    await flush();
    await test.finish('a');
    await test.runtime.pass(3_050);
    test.run.cancel();
    await flush();
    expect(test.outcomes()).toEqual(['a@7 attached', 'b@8 cancelled']);
    expect([test.run.getSnapshot().phase, namesOn(service, 8)]).toEqual(['over', '']);
  });

  test('retries earlier failures after a cancel, and nothing else', async () => {
    const readOnly = [7];
    const service = serviceOf({ readOnly });
    const test = beginRun(service, [A, B], planOfPairs(pair('a', 7), pair('a', 8), pair('b', 8)));
    await flush();
    await test.finish('a');
    await test.runtime.pass(3_050);
    test.run.cancel();
    await flush();
    expect(test.outcomes()).toEqual(['a@7 failed linking no-permission', 'a@8 cancelled', 'b@8 cancelled']);
    readOnly.length = 0;
    test.run.retryFailed();
    await flush();
    expect(test.outcomes()).toEqual(['a@7 attached', 'a@8 cancelled', 'b@8 cancelled']);
    expect([test.run.getSnapshot().phase, namesOn(service, 8)]).toEqual(['over', '']);
  });

  test('waits for links in progress on cancel', async () => {
    const service = serviceOf();
    const test = beginRun(service, [A, B], ALL);
    await flush();
    const finished = test.finish('a b');
    while (service.asked.length === 0) await Promise.resolve();
    test.run.cancel();
    await finished;
    await flush();
    expect([test.run.getSnapshot().phase, test.outcomes()]).toEqual(['over', ATTACHED]);
  });

  test('cancels an upload that waits for its retry', async () => {
    const service = serviceOf({ ids: [7] });
    const test = beginRun(service, [A], planOfPairs(pair('a', 7)));
    await flush();
    await test.fail('a', new NetworkError('No answer.'));
    test.run.cancel();
    await flush();
    expect([test.run.getSnapshot().phase, test.outcomes()]).toEqual(['over', ['a@7 cancelled']]);
  });

  test('pauses after a sign-out and links everything after the sign-in', async () => {
    const service = serviceOf({ faults: Array.from({ length: 1_000 }, () => 'signed out' as const) });
    const probe = (): Promise<unknown> => service.readMany([7]);
    const test = beginRun(service, [A, B], ALL, { probe });
    await flush();
    await test.finish('a b');
    await test.runtime.pass(600_000);
    expect([test.queue.pauseReason.getSnapshot().reason, new Set(test.outcomes()).size]).toEqual([
      'signed-out',
      6,
    ]);
    expect(test.outcomes().every((outcome) => outcome.endsWith('open'))).toBe(true);
    service.settle();
    await test.runtime.pass(31_000);
    expect([test.run.getSnapshot().phase, test.outcomes()]).toEqual(['over', ATTACHED]);
  });
});
