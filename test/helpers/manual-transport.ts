import type { AttachmentReference } from '../../src/azure/attachment';
import { CancelledError } from '../../src/base/errors';
import type { FileToSend, SendStep, Transport } from '../../src/upload/upload';
import { referenceTo } from './uploads';

/** One attempt to send a file, moved on by the test. */
export interface Attempt {
  readonly file: FileToSend;
  readonly name: string;
  readonly signal: AbortSignal;
  progress(bytesSent: number, bytesAccepted?: number): void;
  step(step: SendStep): void;
  /** The server has it. Answers with the reference; heard even after an abort, as a late answer would be. */
  finish(): AttachmentReference;
  fail(error: Error): void;
}

/** A transport whose files the test moves. */
export interface ManualTransport extends Transport {
  /** Every attempt that was ever begun, oldest first. */
  readonly begun: readonly Attempt[];
  /** Attempts that are on their way now. */
  underWay(): readonly Attempt[];
  /** The latest attempt to send the file with this name. */
  sending(name: string): Attempt;
}

/**
 * A transport in the hands of the test.
 *
 * @param honoursAbort Whether an abort ends the attempt, as it should. Without, a test can play the late answer.
 */
export function createManualTransport(honoursAbort = true): ManualTransport {
  const begun: Attempt[] = [];
  const over = new Set<Attempt>();

  return {
    begun,
    underWay: () => begun.filter((attempt) => !over.has(attempt)),
    sending(name) {
      const found = begun.filter((attempt) => attempt.name === name).at(-1);
      if (!found) throw new Error(`${name} was never sent.`);
      return found;
    },
    begin: (file) => ({
      run: ({ signal, onProgress, onStep }) =>
        new Promise((resolve, reject) => {
          const reference = referenceTo(begun.length + 1);
          const attempt: Attempt = {
            file,
            name: file.name,
            signal,
            progress: (bytesSent, bytesAccepted = 0) => onProgress({ bytesSent, bytesAccepted }),
            step: onStep,
            finish() {
              over.add(attempt);
              resolve(reference);
              return reference;
            },
            fail(error) {
              over.add(attempt);
              reject(error);
            },
          };
          begun.push(attempt);
          if (honoursAbort) signal.addEventListener('abort', () => attempt.fail(new CancelledError()));
        }),
    }),
  };
}
