import fc from 'fast-check';
import { attachmentIdOf, attachmentsOf } from '../../../../src/azure/work-item';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import type { PlannedAction } from '../../../../src/bulk/plan/plan';
import { beginRun, pair, planFile, planOfPairs } from '../../../helpers/bulk';
import { createModelService, REQUEST_FAULTS } from '../../../helpers/model-service';
import { flush } from '../../../helpers/deferred';

const IDS = [7, 8, 9, 10];
const FILES = ['a', 'b', 'c', 'd'];
const SKIP: PlannedAction = { kind: 'skip', reason: 'already-there' };

/** Results of upload attempts. */
const SENDINGS = ['done', 'done', 'done', 'lost', 'refused'] as const;

/** Actions of the user between the steps. */
const DEEDS = ['nothing', 'nothing', 'nothing', 'pause', 'resume', 'retry', 'cancel'] as const;

const worlds = fc.record({
  wanted: fc.subarray(
    FILES.flatMap((file) => IDS.map((id) => ({ file, id }))),
    { minLength: 1 },
  ),
  skipped: fc.boolean(),
  same: fc.boolean(),
  batches: fc.constantFrom('independent', 'all-or-nothing', 'none', 'forbidden'),
  faults: fc.array(fc.constantFrom(...REQUEST_FAULTS), { maxLength: 8 }),
  readOnly: fc.subarray(IDS, { maxLength: 1 }),
  gone: fc.subarray(IDS, { maxLength: 1 }),
  isTerse: fc.boolean(),
  sendings: fc.array(fc.constantFrom(...SENDINGS), { maxLength: 12 }),
  deeds: fc.array(fc.constantFrom(...DEEDS), { maxLength: 8 }),
});

/** Limit of steps until a run must be over: ten retries, each after at most half a minute. */
const MAX_STEPS = 200;

test('createBulkRun ends each pair in one outcome that matches the work item, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { wanted, skipped, same, sendings, deeds, gone, ...facts } = world;
      const service = createModelService({ ids: IDS, ...facts });
      for (const id of gone) service.delete(id);
      // The last two files may have equal contents; a work item with both of them gets separate bytes.
      const files = FILES.map((name) => planFile(name, same && name > 'b' ? 'same' : undefined));
      const pairs = wanted.map(({ file, id }, index) =>
        pair(file, id, skipped && index === 0 ? SKIP : undefined),
      );
      const test = beginRun(service, files, planOfPairs(...pairs));
      const { run, transport, runtime } = test;

      const tried = [...sendings];
      let isCancelled = false;
      for (let step = 0; step < MAX_STEPS && run.getSnapshot().phase !== 'over'; step++) {
        await flush();
        const deed = deeds.shift() ?? 'resume';
        if (deed === 'pause') run.pause();
        if (deed === 'resume') run.resume();
        if (deed === 'retry') run.retryFailed();
        if (deed === 'cancel') run.cancel();
        isCancelled ||= deed === 'cancel';
        await flush();
        for (const attempt of transport.underWay()) {
          const sending = sendings.shift() ?? 'done';
          if (sending === 'done') attempt.finish();
          else if (sending === 'lost') attempt.fail(new NetworkError('No answer.'));
          else attempt.fail(new ServerError('refused', 'No.', { status: 400 }));
        }
        await flush();
        await runtime.pass(30_000);
      }

      expect(run.getSnapshot().phase).toBe('over');
      const outcomes = test.outcomes();
      const toBeDone = pairs.filter(({ fate }) => fate.kind === 'attach');
      expect(outcomes.map((each) => each.split(' ')[0]).sort()).toEqual(
        toBeDone.map(({ fileId, workItemId }) => `${fileId}@${workItemId}`).sort(),
      );
      expect(outcomes.filter((each) => each.endsWith(' open'))).toEqual([]);
      if (!isCancelled) expect(outcomes.filter((each) => each.endsWith(' cancelled'))).toEqual([]);
      for (const id of IDS.filter((each) => !gone.includes(each))) {
        const relations = attachmentsOf(service.item(id));
        const guids = relations.map(({ url }) => attachmentIdOf(url));
        expect(new Set(guids).size).toBe(guids.length);
        const attached = outcomes
          .filter((each) => each.endsWith(`@${id} attached`))
          .map((each) => each.split('@')[0]);
        // Without the final read, a failed link may be on the work item.
        if (run.getSnapshot().unchecked) continue;
        expect([id, relations.map(({ name }) => name).sort()]).toEqual([id, attached.sort()]);
      }
      const isFine = !isCancelled && !tried.includes('refused') && !facts.faults.includes('signed out');
      const hopeless = [...facts.readOnly, ...gone].map((id) => `@${id} `);
      const left = outcomes.filter((each) => !each.endsWith(' attached'));
      if (isFine) expect(left.filter((each) => !hopeless.some((id) => each.includes(id)))).toEqual([]);
      expect(outcomes.filter((each) => gone.some((id) => each.endsWith(`@${id} attached`)))).toEqual([]);
    }),
    { numRuns: 300 },
  );
}, 60_000);
