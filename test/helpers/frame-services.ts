import { createKeyedMutex } from '../../src/base/async';
import type { Runtime } from '../../src/base/runtime';
import { createMemoryLearned } from '../../src/upload/learned';
import type { FrameServices } from '../../src/upload/frame-services';
import type { ManyWorkItems } from '../../src/azure/rest/many-work-items';
import type { WorkItems } from '../../src/azure/rest/work-items';

/** Services with these work items and without a connection. */
export type TestServices = Omit<FrameServices, 'connection' | 'manyWorkItems'>;

/** Creates services for work items of a test. */
export function servicesFor(workItems: WorkItems, runtime: Runtime): TestServices {
  return {
    workItems,
    runtime,
    mutex: createKeyedMutex(),
    capabilities: { supportsBatch: true, supportsRelationTest: true },
    learned: createMemoryLearned(),
  };
}

/** Creates services for many work items of a test. */
export function servicesForMany(
  service: WorkItems & ManyWorkItems,
  runtime: Runtime,
): TestServices & Pick<FrameServices, 'manyWorkItems'> {
  return { ...servicesFor(service, runtime), manyWorkItems: service };
}
