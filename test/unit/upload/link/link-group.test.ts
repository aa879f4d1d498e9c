import { createGroupLinker } from '../../../../src/upload/link/link-group';
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

function begin(facts: Partial<ServiceFacts> = {}) {
  const service = createModelService({ ids: IDS, ...facts });
  const runtime = createFakeRuntime();
  const services = servicesForMany(service, runtime);
  const linker = createGroupLinker(services);

  /** Links the attachments of these numbers to all, and tells the kinds of what failed. */
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
  return { service, mutex: services.mutex, link, on };
}

const ALL = '7: 1 2, 8: 1 2, 9: 1 2, 10: 1 2';

test('many work items are linked to by one request', async () => {
  const { service, link, on } = begin();
  expect(await link(IDS, 1, 2)).toEqual({});
  expect(on()).toBe(ALL);
  expect(service.asked).toEqual(['batch 4']);
});

test('one alone needs no batch', async () => {
  const { service, link } = begin();
  expect(await link([7], 1, 2)).toEqual({});
  expect(service.asked).toEqual(['update 7']);
});

test('answers without relations are confirmed by one read', async () => {
  const { service, link } = begin({ isTerse: true });
  expect(await link(IDS, 1, 2)).toEqual({});
  expect(service.asked).toEqual(['batch 4', 'readMany 4']);
});

describe('one that is refused', () => {
  test('is told with its reason, and the others are linked', async () => {
    const { service, link, on } = begin({ readOnly: [8] });
    service.delete(10);
    expect(await link(IDS, 1, 2)).toEqual({
      8: ['no-permission', 'no-permission'],
      10: ['work-item-missing', 'work-item-missing'],
    });
    expect(on()).toBe('7: 1 2, 8: , 9: 1 2, 10 is gone');
    expect(service.asked).toEqual(['batch 4']);
  });

  test('because it is full takes what it has room for', async () => {
    const { service, link, on } = begin({ mostAttachments: 3 });
    service.change(9, () => [relationTo(40), relationTo(41)]);
    expect(await link(IDS, 1, 2)).toEqual({ 9: ['attachment-limit'] });
    expect(on()).toBe('7: 1 2, 8: 1 2, 9: 40 41 1, 10: 1 2');
  });

  test('because one is there already gets the others', async () => {
    const { service, link, on } = begin();
    service.change(8, () => [relationTo(2)]);
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe('7: 1 2, 8: 2 1, 9: 1 2, 10: 1 2');
    expect(service.asked).toEqual(['batch 4', 'readMany 1', 'update 8']);
  });

  test('does not keep the others from being linked where a batch is all or nothing', async () => {
    const { service, link, on } = begin({ batches: 'all-or-nothing', readOnly: [8] });
    expect(await link(IDS, 1, 2)).toEqual({ 8: ['no-permission', 'no-permission'] });
    expect(on()).toBe('7: 1 2, 8: , 9: 1 2, 10: 1 2');
    expect(service.asked.slice(1).sort()).toEqual(['update 10', 'update 7', 'update 8', 'update 9']);
    expect(await link([7, 9], 3)).toEqual({});
    expect(service.asked.at(-1)).toBe('batch 2');
  });
});

describe.each(['none', 'forbidden', 'signed-out'] as const)('a service whose batches are %s', (batches) => {
  test('is patched one by one, and not asked for a batch again', async () => {
    const { service, link, on } = begin({ batches });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    const before = service.asked.length;
    expect(await link(IDS, 3)).toEqual({});
    expect(service.asked.slice(before).sort()).toEqual(['update 10', 'update 7', 'update 8', 'update 9']);
  });
});

describe('an answer to a batch that is lost', () => {
  test('after it was acted on is seen, and nothing is linked twice', async () => {
    const { service, link, on } = begin({ faults: ['lost after'] });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    expect(service.asked).toEqual(['batch 4', 'readMany 4']);
  });

  test.each(['lost before', 'busy before'] as const)('(%s) is asked for once more', async (fault) => {
    const { service, link, on } = begin({ faults: [fault] });
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    expect(service.asked).toEqual(['batch 4', 'readMany 4', 'batch 4']);
  });

  test('again and again is given up for now, and a later try looks first', async () => {
    const { service, link, on } = begin({ faults: ['lost before', 'none', 'lost before'] });
    const lost = ['network', 'network'];
    expect(await link(IDS, 1, 2)).toEqual({ 7: lost, 8: lost, 9: lost, 10: lost });
    service.change(9, () => [relationTo(1)]);
    expect(await link(IDS, 1, 2)).toEqual({});
    expect(on()).toBe(ALL);
    expect(service.asked).toEqual([
      ...['batch 4', 'readMany 4', 'batch 4', 'readMany 4'],
      ...['readMany 4', 'batch 4'],
    ]);
  });
});

test('a service that has too much to do is left alone', async () => {
  const { service, link } = begin({ faults: ['throttled'] });
  expect(Object.keys(await link(IDS, 1))).toEqual(['7', '8', '9', '10']);
  expect(service.asked).toEqual(['batch 4']);
});

test('a work item is left to one patch at a time', async () => {
  const { service, mutex, link } = begin();
  const other = createDeferred<undefined>();
  void mutex.lock(8, () => other.promise);
  const linked = link(IDS, 1);
  await flush();
  expect(service.asked).toEqual([]);
  other.resolve(undefined);
  expect(await linked).toEqual({});
});

test('groups that share work items wait for each other, in whatever order they name them', async () => {
  const { link, on } = begin();
  await Promise.all([link([7, 8, 9, 10], 1), link([10, 9, 8, 7], 2)]);
  expect(on()).toBe(ALL);
});
