import type { AttachmentReference } from '../../src/model/attachment';
import { CancelledError } from '../../src/model/errors';
import type { Transport } from '../../src/model/upload';
import { referenceTo } from './uploads';

/** A file on its way, moved on by the test. */
export interface Sending {
  readonly name: string;
  readonly signal: AbortSignal;
  progress(bytesSent: number): void;
  /** The server has it. Answers with the reference; heard even after an abort, as a late answer would be. */
  finish(): AttachmentReference;
  fail(error: Error): void;
}

/** A transport whose files the test moves. */
export interface HandDrivenTransport extends Transport {
  /** Every file that was ever begun, oldest first. */
  readonly begun: readonly Sending[];
  /** Files that are on their way now. */
  underWay(): readonly Sending[];
  /** The latest sending of the file with this name. */
  sending(name: string): Sending;
}

/**
 * A transport in the hands of the test.
 *
 * @param honoursAbort Whether an abort ends the sending, as it should. Without, a test can play the late answer.
 */
export function createHandDrivenTransport(honoursAbort = true): HandDrivenTransport {
  const begun: Sending[] = [];
  const over = new Set<Sending>();

  return {
    begun,
    underWay: () => begun.filter((sending) => !over.has(sending)),
    sending(name) {
      const found = begun.filter((sending) => sending.name === name).at(-1);
      if (!found) throw new Error(`${name} was never sent.`);
      return found;
    },
    send({ name }, { signal, onProgress }) {
      return new Promise((resolve, reject) => {
        const reference = referenceTo(begun.length + 1);
        const sending: Sending = {
          name,
          signal,
          progress: (bytesSent) => onProgress({ bytesSent, bytesAccepted: 0 }),
          finish() {
            over.add(sending);
            resolve(reference);
            return reference;
          },
          fail(error) {
            over.add(sending);
            reject(error);
          },
        };
        begun.push(sending);
        if (honoursAbort) signal.addEventListener('abort', () => sending.fail(new CancelledError()));
      });
    },
  };
}
