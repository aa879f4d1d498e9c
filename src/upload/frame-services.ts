import type { KeyedMutex } from '../base/async';
import { createKeyedMutex } from '../base/async';
import { addDiagnostics } from '../base/diagnostics';
import type { Runtime } from '../base/runtime';
import type { Connection, ConnectionOptions } from '../azure/rest/connection';
import { createConnection } from '../azure/rest/connection';
import type { ManyWorkItems } from '../azure/rest/many-work-items';
import { createManyWorkItems } from '../azure/rest/many-work-items';
import { recordRequests } from '../azure/rest/recorded-stack';
import type { WorkItems } from '../azure/rest/work-items';
import { createWorkItems } from '../azure/rest/work-items';

/** Optional features of the server, learned from its answers. */
export interface ServerCapabilities {
  /** Whether `$batch` takes patches from an extension (REST reference E.1). */
  supportsBatch: boolean;
  /** Whether a patch may test the URL of a relation. Undocumented. */
  supportsRelationTest: boolean;
}

/**
 * Services of a frame, shared by uploads, gallery and bulk. One mutex per work item, since concurrent patches to it
 * would collide (REST reference D.6).
 */
export interface FrameServices {
  readonly runtime: Runtime;
  readonly connection: Connection;
  readonly workItems: WorkItems;
  readonly manyWorkItems: ManyWorkItems;
  /** By id of the work item. Held during each change. */
  readonly mutex: KeyedMutex<number>;
  readonly capabilities: ServerCapabilities;
}

/** Dependencies of `createFrameServices`. */
export interface FrameServicesOptions extends Pick<ConnectionOptions, 'stack'> {
  readonly host: Pick<ConnectionOptions, 'getToken' | 'getBaseUrl'>;
  readonly runtime: Runtime;
}

/** Composes the services of one frame. */
export function createFrameServices({ host, stack, runtime }: FrameServicesOptions): FrameServices {
  const { getToken, getBaseUrl } = host;
  const connection = createConnection({ stack: recordRequests(stack, runtime), getToken, getBaseUrl });
  const capabilities: ServerCapabilities = { supportsBatch: true, supportsRelationTest: true };
  addDiagnostics('capabilities', () => ({ ...capabilities }));
  return {
    runtime,
    connection,
    workItems: createWorkItems(connection),
    manyWorkItems: createManyWorkItems(connection),
    mutex: createKeyedMutex(),
    capabilities,
  };
}
