import { createGroupLinker } from '../../../../src/upload/link/link-group';
import type { Learned } from '../../../../src/upload/learned';
import { createMemoryLearned } from '../../../../src/upload/learned';
import { isStaplerError } from '../../../../src/base/errors';
import { createDeferred, flush } from '../../../helpers/deferred';
import { servicesForMany } from '../../../helpers/frame-services';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { numbersOn } from '../../../helpers/model-work-items';
import type { ServiceFacts } from '../../../helpers/model-service';
import { createModelService } from '../../../helpers/model-service';
import { linkable, relationTo } from '../../../helpers/uploads';
import { passAll } from './begin';

const IDS = [7, 8, 9, 10];

function begin({ learned, ...facts }: Partial<ServiceFacts> & { learned?: Learned } = {}) {
  const service = createModelService({ ids: IDS, ...facts });
  const runtime = createFakeRuntime();
  const services = servicesForMany(service, runtime, learned);
  const linker = createGroupLinker(services);

  /** Links the attachments with these numbers to all, and returns the kinds of the failures. */
  async function link(ids: readonly number[], ...numbers: number[]): Promise<Record<string, string[]>> {
    const group = ids.map((workItemId) => ({ workItemId, attachments: numbers.map(linkable) }));
    const outcomes = await passAll({ runtime }, linker.linkGroup(group));
    const failed: Record<string, string[]> = {};
    for (const [id, { failures }] of outcomes) {
      const kinds = [...failures.values()].map((error) =>
        isStaplerError(error) ? error.kind : String(error),
      );
      if (kinds.length > 0) failed[id] = kinds;
    }
    return failed;
  }

  const on = (): string =>
    IDS.map((id) => {
      try {
        return `${id}: ${numbersOn(service.item(id)).join(' ')}`;
      } catch {
        return `${id} is gone`;
      }
    }).join(', ');
  return { service, runtime, mutex: services.mutex, link, on };
}

const ALL = '7: 1 2, 8: 1 2, 9: 1 2, 10: 1 2';

test('GroupLinker links to many work items in one request', async () => {
  const { service, link, on } = begin();
  expect(await link(IDS, 1, 2)).toEqual({});
  expect(on()).toBe(ALL);
  expect(service.asked).toEqual(['batch 4']);
});

test('GroupLinker needs no batch for one work item', async () => {
  const { service, link } = begin();
  expect(await link([7], 1, 2)).toEqual({});
  expect(service.asked).toEqual(['update 7']);
});

test('GroupLinker verifies responses without relations by one read', async () => {
  const { service, link } = begin({ isTerse: true });
  expect(await link(IDS, 1, 2)).toEqual({});
  expect(service.asked).toEqual(['batch 4', 'readMany 4']);
});

describe('GroupLinker after the refusal of one work item', () => {
  test('reports the reason and links the others', async () => {
    const { service, link, on } = begin({ readOnly: [8] });
    service.delete(10);
    expect(await link(IDS, 1, 2)).toEqual({
      8: ['no-permission', 'no-permission'],
      10: ['work-item-missing', 'work-item-missing'],
    });
    expect(on()).toBe('7: 1 2, 8: , 9: 1 2, 10 is gone');
    expect(service.asked).toEqual(['batch 4']);
  });

  test('links up to the limit if the work item is full', async () => {
    const { service, link, on } = begin({ maxAttachments: 3 });
    service.change(9, () => [relationTo(40), relationTo(41)]);
    expect(await link(IDS, 1, 2)).toEqual({ 9: ['attachment-limit'] });
    expect(on()).toBe('7: 1 2, 8: 1 2, 9: 40 41 1, 10: 1 2');
  });

  test('links the other attachments if one is there already', async () => {
    const { service, link, on } = begin();
    service.change(8, () => [relationTo(2)]);
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe('7: 1 2, 8: 2 1, 9: 1 2, 10: 1 2');
    expect(service.asked).toEqual(['batch 4', 'readMany 1', 'update 8']);
  });

  test('links the other work items if a batch is all or nothing', async () => {
    const { service, link, on } = begin({ batches: 'all-or-nothing', readOnly: [8] });
    expect(await link(IDS, 1, 2)).toEqual({ 8: ['no-permission', 'no-permission'] });
    expect(on()).toBe('7: 1 2, 8: , 9: 1 2, 10: 1 2');
    expect(service.asked.slice(1).sort()).toEqual(['update 10', 'update 7', 'update 8', 'update 9']);
    expect(await link([7, 9], 3)).toEqual({});
    expect(service.asked.at(-1)).toBe('batch 2');
  });
});

describe.each(['none', 'forbidden', 'signed-out'] as const)('GroupLinker with batches %s', (batches) => {
  test('patches one by one and never sends a batch again', async () => {
    const { service, link, on } = begin({ batches });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    const before = service.asked.length;
    expect(await link(IDS, 3)).toEqual({});
    expect(service.asked.slice(before).sort()).toEqual(['update 10', 'update 7', 'update 8', 'update 9']);
  });
});

describe('GroupLinker after a lost response to a batch', () => {
  test('finds the links and links nothing twice', async () => {
    const { service, link, on } = begin({ faults: ['lost after'] });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    expect(service.asked).toEqual(['batch 4', 'readMany 4']);
  });

  test.each(['lost before', 'busy before'] as const)('repeats the batch: %s', async (fault) => {
    const { service, link, on } = begin({ faults: [fault] });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    expect(service.asked).toEqual(['batch 4', 'readMany 4', 'batch 4']);
  });

  test('patches one by one after a second loss, since the answer may be hidden', async () => {
    const { service, link, on } = begin({ faults: ['lost before', 'none', 'lost before'] });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    expect(service.asked.slice(0, 4)).toEqual(['batch 4', 'readMany 4', 'batch 4', 'readMany 4']);
    expect(service.asked.slice(4).sort()).toEqual(['update 10', 'update 7', 'update 8', 'update 9']);
  });

  test('gives up if the work items cannot be read either, and reads first in a later attempt', async () => {
    const { service, link, on } = begin({ faults: ['lost before', 'lost before'] });
    const lost = ['network', 'network'];
    expect(await link(IDS, 1, 2)).toEqual({ 7: lost, 8: lost, 9: lost, 10: lost });
    service.change(9, () => [relationTo(1)]);
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    expect(service.asked).toEqual(['batch 4', 'readMany 4', 'readMany 4', 'batch 4']);
  });
});

describe.each([
  ['hidden', 2],
  ['slow', 2],
  ['html 404', 1],
  ['html 405', 1],
] as const)('GroupLinker with batches that fail as %s', (batches, sent) => {
  const batchesIn = (asked: readonly string[]) => asked.filter((each) => each.startsWith('batch'));

  test('patches one by one and never sends a batch again', async () => {
    const { service, link, on } = begin({ batches });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    expect(await link(IDS, 3)).toEqual({});
    expect(batchesIn(service.asked)).toHaveLength(sent);
  });

  test('sends no further batch although a work item refuses a patch of its own', async () => {
    const { service, link } = begin({ batches, readOnly: [8] });
    expect(await link(IDS, 1)).toEqual({ 8: ['no-permission'] });
    expect(await link(IDS, 3)).toEqual({ 8: ['no-permission'] });
    expect(batchesIn(service.asked)).toHaveLength(sent);
  });
});

test('GroupLinker sends no single patches to a busy service', async () => {
  const { service, link } = begin({ batches: 'busy' });
  const busy = ['server-busy'];
  expect(await link(IDS, 1)).toEqual({ 7: busy, 8: busy, 9: busy, 10: busy });
  expect(service.asked).toEqual(['batch 4', 'readMany 4', 'batch 4', 'readMany 4']);
});

test('GroupLinker does not retry while the service is overloaded', async () => {
  const { service, link } = begin({ faults: ['throttled'] });
  expect(Object.keys(await link(IDS, 1))).toEqual(['7', '8', '9', '10']);
  expect(service.asked).toEqual(['batch 4']);
});

test('GroupLinker patches a work item only once at a time', async () => {
  const { service, mutex, link } = begin();
  const other = createDeferred<undefined>();
  void mutex.lock(8, () => other.promise);
  const linked = link(IDS, 1);
  await flush();
  expect(service.asked).toEqual([]);
  other.resolve(undefined);
  expect(await linked).toEqual({});
});

test('GroupLinker serializes groups with common work items in any order', async () => {
  const { link, on } = begin();
  await Promise.all([link([7, 8, 9, 10], 1), link([10, 9, 8, 7], 2)]);
  expect(on()).toBe(ALL);
});

describe('GroupLinker in an organization with a known answer about batches', () => {
  it('starts with single patches in the frame after a refusal', async () => {
    const learned = createMemoryLearned();
    await begin({ batches: 'html 405', learned }).link(IDS, 1);
    expect(learned.answers()).toEqual({ batch: false, batchRefusedAt: 1_000_000 });
    const { service, link, on } = begin({ learned });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(service.asked).not.toContain('batch 4');
    expect(on()).toBe(ALL);
  });

  it('waits for the answers of earlier frames', async () => {
    const memory = createMemoryLearned();
    const loading = createDeferred<undefined>();
    const whenLoaded = () => loading.promise.then(() => memory.learn({ batch: false }));
    const { service, link } = begin({ learned: { ...memory, whenLoaded } });
    const linked = link(IDS, 1);
    await flush();
    expect(service.asked).toEqual([]);
    loading.resolve(undefined);
    expect(await linked).toEqual({});
    expect(service.asked).not.toContain('batch 4');
  });

  it('sends a batch again a week after the refusal, and remembers its success', async () => {
    const learned = createMemoryLearned({ batch: false, batchRefusedAt: 1_000_000 });
    const { service, runtime, link } = begin({ learned });
    runtime.setClock(7 * 24 * 60 * 60 * 1000);
    await link(IDS, 1);
    expect(service.asked).not.toContain('batch 4');
    runtime.setClock(1);
    await link(IDS, 2);
    expect(service.asked).toContain('batch 4');
    expect(learned.answers().batch).toBe(true);
  });

  it('learns nothing from a batch without a success', async () => {
    const learned = createMemoryLearned();
    await begin({ readOnly: IDS, learned }).link(IDS, 1);
    expect(learned.answers()).toEqual({});
  });
});
