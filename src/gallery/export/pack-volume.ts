import { makeZip } from 'client-zip';
import type { Problem } from '../../base/errors';
import { isCancelled, toProblem } from '../../base/errors';
import { gatherBlob } from '../../base/gather-blob';
import { loadModule } from '../../base/load-module';
import { createReadAhead } from '../zip/read-ahead';
import type { ExportedFacts } from './exported-facts';
import type { ExportSource } from './find-sources';
import { MANIFEST_NAME, manifestHeader, manifestRow, sumLine, SUMS_NAME } from './manifest-rows';
import type { PlannedFile } from './plan-volumes';

/** File missing from an export, and the reason. */
export interface NotExported {
  readonly workItemId: number;
  readonly name: string;
  readonly problem: Problem;
}

/** An archive. */
export interface PackedVolume {
  readonly bytes: Blob;
  /** Its files, without the manifest. */
  readonly files: readonly ExportedFacts[];
  readonly notExported: readonly NotExported[];
}

/** Options of `packVolume`. */
export interface PackVolumeOptions {
  /** Reads the bytes of a file. */
  readonly readBytes: (
    source: ExportSource,
    signal: AbortSignal,
    onProgress: (bytesRead: number) => void,
  ) => Promise<Blob>;
  /** Files of earlier archives. The manifest lists them as well: all archives are unpacked into one folder. */
  readonly earlier: readonly ExportedFacts[];
  readonly signal: AbortSignal;
  /** Called with the number of bytes read from all files of this archive. */
  readonly onProgress: (bytesRead: number) => void;
}

/** Earliest date in the zip format. */
const EARLIEST = Date.UTC(1980, 0, 2);

/** Creates a SHA-256 of chunks. */
async function createHash() {
  const { createSHA256 } = await loadModule(() => import(/* webpackChunkName: "hash" */ 'hash-wasm'));
  return createSHA256();
}

/**
 * Packs files into an archive with a manifest and checksums, for `sha256sum -c` and `stapler verify`. Each file is read
 * once. Files that cannot be read are left out of both, and reported. The archive is not compressed, because most
 * attachments already are.
 *
 * @throws StaplerError if no file can be read, CancelledError or `AbortError` after an abort.
 */
export async function packVolume(
  planned: readonly PlannedFile[],
  { readBytes, earlier, signal, onProgress }: PackVolumeOptions,
): Promise<PackedVolume> {
  const files: ExportedFacts[] = [];
  const notExported: NotExported[] = [];
  /** Of the files that are packed; those being read count by `current`. */
  let packedBytes = 0;
  const current = new Map<number, number>();
  const reading = createReadAhead(planned, ({ source }, index) =>
    readBytes(source, signal, (bytes) => {
      current.set(index, bytes);
      tellProgress();
    }),
  );

  function tellProgress(): void {
    onProgress([...current.values()].reduce((sum, bytes) => sum + bytes, packedBytes));
  }

  async function* entries() {
    const hash = await createHash();
    for (const [index, { source, path }] of planned.entries()) {
      try {
        const bytes = await reading.take(index);
        hash.init();
        yield {
          name: path,
          input: watched(bytes.stream(), (chunk) => hash.update(chunk)),
          size: bytes.size,
          lastModified: dateOf(source),
        };
        files.push(factsOf(source, { path, size: bytes.size, sha256: hash.digest() }));
        packedBytes += bytes.size;
      } catch (error) {
        const problem = toProblem(error);
        notExported.push({ workItemId: source.workItemId, name: source.name, problem });
        if (signal.aborted || isCancelled(error) || notExported.length === planned.length) throw error;
      }
      // The bytes are in the archive now.
      reading.release(index);
      current.delete(index);
      tellProgress();
    }
    const all = [...earlier, ...files];
    const manifest = manifestHeader() + all.map(manifestRow).join('');
    yield { name: MANIFEST_NAME, input: manifest, lastModified: new Date() };
    hash.init();
    hash.update(manifest);
    const sums = all.map(({ sha256, path }) => sumLine(sha256, path)).join('');
    const ofManifest = sumLine(hash.digest(), MANIFEST_NAME);
    yield { name: SUMS_NAME, input: sums + ofManifest, lastModified: new Date() };
  }

  const bytes = await gatherBlob(makeZip(entries()), 'application/zip', signal);
  return { bytes, files, notExported };
}

/** Passes a stream on, and each chunk to `onChunk`. */
function watched(
  stream: ReadableStream<Uint8Array>,
  onChunk: (chunk: Uint8Array) => void,
): ReadableStream<Uint8Array> {
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        onChunk(chunk);
        controller.enqueue(chunk);
      },
    }),
  );
}

function factsOf(
  { workItemId, name, comment, attachmentId, at, by, source }: ExportSource,
  stored: Pick<ExportedFacts, 'path' | 'size' | 'sha256'>,
): ExportedFacts {
  return { workItemId, name, comment, attachmentId, at, by, source, ...stored };
}

function dateOf({ at }: ExportSource): Date {
  return at === undefined ? new Date() : new Date(Math.max(at, EARLIEST));
}
