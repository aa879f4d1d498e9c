import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-writer.js';
import { gatherBlob } from '../../base/gather-blob';
import { attachmentName, nameWithEnding, numberedName } from '../intake/attachment-name';
import { createDeflater } from './deflater';
import type { ZipUnavailable } from './predict-zip';

/** A file for a zip. */
export interface FileToZip {
  readonly name: string;
  /** Path of its folder in the zip. Default: none. */
  readonly folder?: string;
  /** Stored with the file in the zip. Default: none. */
  readonly comment?: string | undefined;
  readonly source: Blob;
}

/** Options of `zipFiles` and `writeZip`. */
export interface ZipOptions {
  /** Maximum size of the zip, in bytes. Default: none. */
  readonly limitBytes?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes read from all files. */
  readonly onProgress?: (bytesRead: number) => void;
}

/** Reason why a zip was not made: `too-large` is over the limit. */
export type ZipFailure = ZipUnavailable | 'too-large';

/** Result of `writeZip`. */
export type WrittenZip =
  | { readonly kind: 'written'; readonly bytes: number }
  | { readonly kind: 'unavailable'; readonly reason: ZipFailure };

/** Result of `zipFiles`. */
export type MadeZip =
  | { readonly kind: 'made'; readonly zip: Blob }
  | { readonly kind: 'unavailable'; readonly reason: ZipFailure };

/** Dates of the zip format, in milliseconds since the epoch; its years begin in local time. */
const [EARLIEST, LATEST] = [Date.UTC(1980, 0, 2), Date.UTC(2107, 11, 30)];

/** Returns the name of the zip of a file: `a.log.zip`. */
export function zipName(name: string): string {
  return nameWithEnding(attachmentName(name), '.zip');
}

/**
 * Makes a compressed zip of files. It is not held in the memory of the page as a whole, if the browser moves blobs to
 * disk.
 *
 * @throws DOMException `AbortError` after an abort.
 */
export async function zipFiles(files: readonly FileToZip[], options: ZipOptions = {}): Promise<MadeZip> {
  const { signal = new AbortController().signal } = options;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const gathering = gatherBlob(readable, 'application/zip', signal);
  // An error of the writer comes first.
  gathering.catch(() => undefined);
  const written = await writeZip(files, writable, options);
  return written.kind === 'written' ? { kind: 'made', zip: await gathering } : written;
}

/**
 * Writes a compressed zip of files to a stream and closes it. The stream is aborted once the zip is over the limit, if a
 * file cannot be read, and after an abort. The same files with the same dates give the same bytes.
 *
 * @throws DOMException `AbortError` after an abort; an error of the stream.
 */
export async function writeZip(
  files: readonly FileToZip[],
  writable: WritableStream<Uint8Array>,
  { limitBytes = Infinity, signal, onProgress = () => undefined }: ZipOptions = {},
): Promise<WrittenZip> {
  const output = writable.getWriter();
  // A failed write reports it.
  output.closed.catch(() => undefined);
  let bytes = 0;
  let failure: ZipFailure | undefined = createDeflater() ? undefined : 'no-compression';
  const counted = new WritableStream<Uint8Array>({
    async write(chunk) {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        failure = 'too-large';
        throw new RangeError('The zip is too large.');
      }
      await output.write(chunk);
    },
  });
  let bytesRead = 0;
  /** Bytes of a file. A read that fails ends the zip. */
  const read = (source: Blob): ReadableStream<Uint8Array> => {
    const reader = source.stream().getReader();
    const steps: UnderlyingDefaultSource<Uint8Array> = {
      async pull(controller) {
        try {
          signal?.throwIfAborted();
          if (failure) throw new TypeError('The zip has failed.');
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            return;
          }
          bytesRead += value.length;
          onProgress(bytesRead);
          controller.enqueue(value);
        } catch (error) {
          failure ??= 'unreadable';
          controller.error(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    };
    // Reads nothing ahead.
    return new ReadableStream(steps, { highWaterMark: 0 });
  };
  try {
    if (failure) throw new TypeError('There is no compression.');
    const writer = new ZipWriter(counted, { useWebWorkers: false, useCompressionStream: true });
    for (const { name, comment = '', source } of withFreeNames(files)) {
      signal?.throwIfAborted();
      const reader = { readable: read(source), size: source.size };
      await writer.add(name, reader, { comment, lastModDate: dateOf(source), ...(signal && { signal }) });
    }
    await writer.close();
    await output.close();
    return { kind: 'written', bytes };
  } catch (error) {
    await output.abort(error).catch(() => undefined);
    signal?.throwIfAborted();
    if (failure) return { kind: 'unavailable', reason: failure };
    throw error;
  }
}

/** Numbers equal names; without regard to case, since most file systems have none. */
function withFreeNames(files: readonly FileToZip[]): readonly FileToZip[] {
  const taken = new Set<string>();
  return files.map(({ name: given, folder = '', ...file }) => {
    const parents = folder.split('/').filter((part) => part !== '');
    const name = attachmentName(given);
    const pathOf = (own: string): string => [...parents.map(attachmentName), own].join('/');
    let path = pathOf(name);
    for (let copy = 2; taken.has(path.toLowerCase()); copy++) path = pathOf(numberedName(name, copy));
    taken.add(path.toLowerCase());
    return { ...file, name: path };
  });
}

function dateOf(source: Blob): Date {
  const time = 'lastModified' in source ? Number(source.lastModified) : EARLIEST;
  return new Date(Math.min(LATEST, Math.max(EARLIEST, time || 0)));
}
