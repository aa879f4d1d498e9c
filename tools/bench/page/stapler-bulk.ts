import { createContentKeys } from '../../../src/bulk/run/same-content';
import { planOf } from '../../../src/bulk/plan/planner';
import { enter } from './enter';
import { nextTask } from './next-task';
import { createBulkParts, onlyBatch } from './stapler-bulk-parts';

/** Stapler's engine for many work items, without the panel around it. */
enter(async (work) => {
  const { service, journal, ready, untilOver } = createBulkParts(work);
  const { workItemIds, files } = onlyBatch(work);
  await journal.open('bench');
  await ready();
  const items = await service.readItems(workItemIds);
  return async (progressed, begins) => {
    begins('planning');
    const { accepted } = await service.intake.fromInput(files);
    const named = accepted.map((file, index) => ({ ...file, id: `file ${index}` }));
    const keys = await createContentKeys()(named);
    const keyed = named.map((file) => ({ ...file, contentKey: keys.get(file.id) ?? file.id }));
    const plan = planOf({
      files: keyed,
      items,
      mapping: { kind: 'all' },
      edits: new Map(),
      comment: '',
      duplicates: { all: 'skip', ofItems: new Map() },
    });
    // A person has pressed a button.
    await nextTask();
    begins('running');
    await untilOver(service.run(plan, keyed, items), progressed, begins);
  };
});
