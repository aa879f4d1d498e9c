import type { KeyedMutex } from '../base/async';
import type { Learned } from './learned';
import { createMemoryLearned } from './learned';
import { createKeyedMutex } from '../base/async';
import { addDiagnostics } from '../base/diagnostics';
import type { Runtime } from '../base/runtime';
import type { Connection, ConnectionOptions } from '../azure/rest/connection';
import { createConnection } from '../azure/rest/connection';
import { createLazyManyWorkItems } from '../azure/rest/lazy-many-work-items';
import { recordRequests } from '../azure/rest/recorded-stack';
import type { PlacedWorkItems } from '../azure/rest/upload-place';
import { rememberPlace } from '../azure/rest/upload-place';
import type { WorkItems } from '../azure/rest/work-items';
import { createWorkItems } from '../azure/rest/work-items';
import type { Person } from '../azure/work-item';
import { MAX_ATTACHMENTS_PER_WORK_ITEM, UNKNOWN_PERSON } from '../azure/work-item';

/** Optional features of the server, learned from its answers. */
export interface ServerCapabilities {
  /** Whether `$batch` takes patches from an extension (REST reference E.1). Shared with later frames by `Learned`. */
  supportsBatch: boolean;
  /** Whether a patch may test the URL of a relation. Undocumented. */
  supportsRelationTest: boolean;
  /** Whether uploads need a project and an area. Shared with later frames by `Learned`. */
  needsUploadPlace: boolean;
}

/**
 * Services of every frame. One mutex per work item, since concurrent patches to it would collide (REST reference D.6).
 */
export interface ItemServices {
  readonly runtime: Runtime;
  readonly connection: Connection;
  readonly workItems: WorkItems;
  /** By id of the work item. Held during each change. */
  readonly mutex: KeyedMutex<number>;
  readonly capabilities: ServerCapabilities;
  /** The signed-in user. */
  readonly getPerson: () => Person;
  readonly learned: Learned;
}

/** Limit for the size of a file. */
export interface FileLimit {
  /** In bytes; `Infinity` if unknown. */
  readonly bytes: () => number;
  /** Records the limit that the server has named, or the size of a larger file that it has taken, in bytes. */
  readonly learn: (bytes: number) => void;
}

/** Services of a page, shared by uploads, gallery and bulk. */
export interface FrameServices extends ItemServices, PlacedWorkItems {
  /** See `Host`. */
  readonly getAttachmentLimit: () => number;
  readonly fileLimit: FileLimit;
}

/** Dependencies of `createItemServices` and `createFrameServices`. */
export interface FrameServicesOptions extends Pick<ConnectionOptions, 'stack'> {
  readonly host: Pick<ConnectionOptions, 'getToken' | 'getBaseUrl' | 'authorize'> &
    Partial<
      Pick<FrameServices, 'getPerson' | 'getAttachmentLimit'> & { readonly getFileLimit: FileLimit['bytes'] }
    >;
  readonly runtime: Runtime;
  /** Default: answers of this frame only. */
  readonly learned?: Learned;
}

/** A stored refusal of `$batch` counts for this long: a proxy may have caused it. */
const MAX_REFUSAL_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/** Creates capabilities that start with the answers of earlier frames. */
export function createCapabilities(learned: Learned, { now }: Pick<Runtime, 'now'>): ServerCapabilities {
  // A refusal in passing may have another reason: it counts for this frame only.
  let supportsRelationTest: boolean | undefined;
  return {
    get supportsBatch() {
      const { batch, batchRefusedAt } = learned.answers();
      return batch !== false || now() - (batchRefusedAt ?? now()) > MAX_REFUSAL_AGE_MS;
    },
    set supportsBatch(batch) {
      if (!batch) learned.learn({ batch, batchRefusedAt: now() });
      else if (learned.answers().batch !== true) learned.learn({ batch });
    },
    get supportsRelationTest() {
      return supportsRelationTest ?? learned.answers().relationTest ?? true;
    },
    set supportsRelationTest(isSupported) {
      supportsRelationTest = isSupported;
    },
    get needsUploadPlace() {
      return learned.answers().uploadWithoutProject === false;
    },
    set needsUploadPlace(isNeeded) {
      learned.learn({ uploadWithoutProject: !isNeeded });
    },
  };
}

/** Composes the services of a frame without a page. It sends no batches. */
export function createItemServices(options: FrameServicesOptions): ItemServices {
  const learned = options.learned ?? createMemoryLearned();
  return compose(options, learned, {
    supportsBatch: true,
    supportsRelationTest: true,
    needsUploadPlace: false,
  });
}

/** Composes the services of a page. */
export function createFrameServices(options: FrameServicesOptions): FrameServices {
  const learned = options.learned ?? createMemoryLearned();
  const services = compose(options, learned, createCapabilities(learned, options.runtime));
  const { getAttachmentLimit = () => MAX_ATTACHMENTS_PER_WORK_ITEM, getFileLimit } = options.host;
  return {
    ...services,
    getAttachmentLimit,
    fileLimit: {
      bytes: () => learned.answers().fileLimitBytes ?? getFileLimit?.() ?? Infinity,
      learn: (fileLimitBytes) => learned.learn({ fileLimitBytes }),
    },
    ...rememberPlace(services.workItems, createLazyManyWorkItems(services.connection)),
  };
}

function compose(
  { host, stack, runtime }: FrameServicesOptions,
  learned: Learned,
  capabilities: ServerCapabilities,
): ItemServices {
  const { getPerson = () => UNKNOWN_PERSON, ...credentials } = host;
  const connection = createConnection({ ...credentials, stack: recordRequests(stack, runtime) });
  addDiagnostics('capabilities', () => ({ ...capabilities }));
  return {
    runtime,
    connection,
    workItems: createWorkItems(connection),
    mutex: createKeyedMutex(),
    capabilities,
    getPerson,
    learned,
  };
}
