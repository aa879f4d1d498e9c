import type { AttachmentReference } from '../../src/azure/work-item';
import { CancelledError } from '../../src/base/errors';
import type { FileToSend, SendStep, Transport, UploadReference } from '../../src/upload/upload';
import { splitInto } from './split';
import { referenceTo } from './uploads';

/** One attempt to send a file, controlled by the test. */
export interface Attempt {
  readonly file: FileToSend;
  readonly name: string;
  readonly signal: AbortSignal;
  progress(bytesSent: number, bytesAccepted?: number): void;
  step(step: SendStep): void;
  /** Succeeds and returns the reference, even after an abort, like a late response. */
  finish(): AttachmentReference;
  fail(error: Error): void;
}

/** A transport controlled by the test. */
export interface ManualTransport extends Transport {
  /** All attempts, oldest first. */
  readonly begun: readonly Attempt[];
  /** Attempts in progress. */
  underWay(): readonly Attempt[];
  /** The latest attempt to send the file with this name. */
  sending(name: string): Attempt;
}

/**
 * Creates a transport controlled by the test.
 *
 * @param honorsAbort Whether an abort ends the attempt, as it should. Without it, a test can simulate a late response.
 */
export function createManualTransport(honorsAbort = true): ManualTransport {
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
          const reference = referenceFor(file, begun.length + 1);
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
          if (honorsAbort) signal.addEventListener('abort', () => attempt.fail(new CancelledError()));
        }),
    }),
  };
}

/** Reference of a file, or that of its volumes. */
function referenceFor({ name, size, volumeBytes }: FileToSend, number: number): UploadReference {
  if (!volumeBytes) return referenceTo(number);
  const volumes = splitInto(name, Buffer.alloc(size, number), volumeBytes).map((part, index) => ({
    ...{ reference: referenceTo(100 * number + index), name: part.name, comment: part.comment },
    size: part.content.length,
  }));
  return { ...referenceTo(100 * number), volumes };
}
