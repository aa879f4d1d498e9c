import { createKeyedMutex } from '../../src/base/async';
import type { Runtime } from '../../src/base/runtime';
import { createMemoryLearned } from '../../src/upload/learned';
import type { FrameServices } from '../../src/upload/frame-services';
import { createCapabilities } from '../../src/upload/frame-services';
import type { ManyWorkItems } from '../../src/azure/rest/many-work-items';
import type { Person } from '../../src/azure/work-item';
import type { WorkItems } from '../../src/azure/rest/work-items';

/** The signed-in user of a test. */
export const ME: Person = { id: 'me', descriptor: 'aad.me' };

/** Services with these work items and without a connection. */
export type TestServices = Omit<FrameServices, 'connection' | 'manyWorkItems'>;

/** Creates services for work items of a test. */
export function servicesFor(
  workItems: WorkItems,
  runtime: Runtime,
  learned = createMemoryLearned(),
): TestServices {
  return {
    workItems,
    uploadPlace: () => undefined,
    runtime,
    mutex: createKeyedMutex(),
    capabilities: createCapabilities(learned, runtime),
    getPerson: () => ME,
    getAttachmentLimit: () => 100,
    fileLimit: { bytes: () => Infinity, learn: () => undefined },
    learned,
  };
}

/** Creates services for many work items of a test. */
export function servicesForMany(
  service: WorkItems & ManyWorkItems,
  runtime: Runtime,
  learned = createMemoryLearned(),
): TestServices & Pick<FrameServices, 'manyWorkItems'> {
  return { ...servicesFor(service, runtime, learned), manyWorkItems: service };
}
