import type { Runtime } from '../base/runtime';
import { assertReadable } from './intake/pick-files';
import type { FrameServices } from './frame-services';
import type { UploadQueueOptions } from './queue/upload-queue';
import type { Naming } from './transport/naming';
import { createNaming } from './transport/naming';
import type { TransportOptions } from './transport/transport';
import { createTransport } from './transport/transport';

/** Sizes that decide between a simple and a chunked upload; see there for the defaults. */
export type UploadSizes = Pick<TransportOptions, 'chunkAboveBytes' | 'simpleUpToBytes'>;

/** Turns files into attachment references, wherever these are linked. */
export interface UploadTransport {
  readonly naming: Naming;
  /** Options of a queue. */
  readonly queueOptions: Pick<UploadQueueOptions, 'transport' | 'prepare'> & { readonly runtime: Runtime };
}

/** A smaller file takes as long to read a byte from as to send, in bytes. */
const MIN_CHECKED_BYTES = 1024 * 1024;

/** Composes the transport of one frame. */
export function createUploadTransport(
  { connection, runtime }: Pick<FrameServices, 'connection' | 'runtime'>,
  sizes: UploadSizes = {},
): UploadTransport {
  const naming = createNaming();
  return {
    naming,
    queueOptions: {
      transport: createTransport({ connection, naming, assertReadable, now: runtime.now, ...sizes }),
      // Sending a small file proves that it can be read; the transport checks after a failure.
      prepare: (file) => (file.size > MIN_CHECKED_BYTES ? assertReadable(file) : Promise.resolve()),
      runtime,
    },
  };
}
