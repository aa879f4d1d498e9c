import type { Runtime } from '../base/runtime';
import { createUploadConnection } from '../azure/rest/upload-place';
import { probeService } from '../azure/rest/work-items';
import type { FrameServices } from './frame-services';
import type { UploadQueueOptions } from './queue/upload-queue';
import { createSourceGuard } from './source-guard';
import type { Naming } from './transport/transfer-tools';
import { createNaming } from './transport/transfer-tools';
import type { TransportOptions } from './transport/transport';
import { createTransport } from './transport/transport';

/** Limits of simple uploads; see `TransportOptions` for the defaults. */
export type UploadSizes = Pick<TransportOptions, 'chunkAboveBytes' | 'simpleUpToBytes'>;

/** Transport of a frame, with its naming. */
export interface UploadTransport {
  readonly naming: Naming;
  /** Options of a queue. */
  readonly queueOptions: Pick<UploadQueueOptions, 'transport' | 'guard'> & { readonly runtime: Runtime };
  /** Pauses a queue while the service cannot be reached; see `UploadQueueOptions`. */
  readonly probe: () => Promise<void>;
}

/** Composes the transport of one frame. */
export function createUploadTransport(
  services: Pick<FrameServices, 'connection' | 'uploadPlace' | 'runtime' | 'learned' | 'capabilities'>,
  sizes: UploadSizes = {},
): UploadTransport {
  const { connection, uploadPlace, runtime, learned, capabilities } = services;
  const naming = createNaming(learned);
  const guard = createSourceGuard(runtime);
  return {
    naming,
    queueOptions: {
      transport: createTransport({
        connection: createUploadConnection(connection, uploadPlace, capabilities),
        naming,
        learned,
        assertUnchanged: guard.assertUnchanged,
        now: runtime.now,
        ...sizes,
      }),
      guard,
      runtime,
    },
    probe: () => probeService(connection),
  };
}
