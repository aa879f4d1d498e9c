import type { Host } from './host/host';
import { assertReadable } from './intake/pick-files';
import type { Surroundings } from './model/surroundings';
import type { UploadQueueOptions } from './queue/upload-queue';
import type { Connection } from './rest/connection';
import { createConnection } from './rest/connection';
import type { HttpStack } from './rest/http-stack';
import type { Naming } from './transport/naming';
import { createNaming } from './transport/naming';
import type { TransportOptions } from './transport/transport';
import { createTransport } from './transport/transport';

/** What bytes are sent with. */
export interface SendingOptions {
  readonly host: Pick<Host, 'getToken' | 'getBaseUrl'>;
  readonly stack: HttpStack;
  readonly surroundings: Surroundings;
  /** See `createStore`. */
  readonly announce: (tell: () => void) => void;
  /** When a file goes in chunks; see there for the defaults. */
  readonly sizes?: Pick<TransportOptions, 'chunkAboveBytes' | 'simpleUpToBytes'>;
}

/** The part of the path that turns files into references, wherever those are linked. */
export interface Sending {
  readonly connection: Connection;
  readonly naming: Naming;
  /** What a queue sends with. */
  readonly sending: Pick<UploadQueueOptions, 'transport' | 'prepare' | 'announce' | 'surroundings'>;
}

/** For a smaller file, reading its first byte takes as long as sending it. In bytes. */
const CHECKED_FROM = 1024 * 1024;

/** @param onAskedToWait Told when the server asks to be left alone for so long, in milliseconds. */
export function createSending(options: SendingOptions, onAskedToWait: (delayMs: number) => void): Sending {
  const { host, stack, surroundings, announce, sizes } = options;
  const connection = createConnection({
    stack,
    getToken: host.getToken,
    getBaseUrl: host.getBaseUrl,
    onAskedToWait,
  });
  const naming = createNaming();
  return {
    connection,
    naming,
    sending: {
      transport: createTransport({ connection, naming, assertReadable, now: surroundings.now, ...sizes }),
      // A small file proves itself by being sent; the transport looks at it when that fails.
      prepare: (file) => (file.size > CHECKED_FROM ? assertReadable(file) : Promise.resolve()),
      announce,
      surroundings,
    },
  };
}
