import type { IHasher } from 'hash-wasm';
import { isCancelled, toProblem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import { retry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import type { VolumeCandidate, VolumeSet } from '../../upload/volumes/volume-sets';
import type { AttachedFile } from '../model/attached-file';
import { brokenVolumes, splitIncomplete } from '../model/split-files';
import { createReadAhead } from '../zip/read-ahead';

/** Bytes per step of a check. */
const STEP_BYTES = 4 * 1024 * 1024;

/** Attempts to read a volume. The others need not be read again. */
const READ_ATTEMPTS = 3;

/** Reads the bytes of one attachment, see `Attachments.readBytes`. */
export type ReadPart<File = AttachedFile> = (
  file: File,
  signal: AbortSignal,
  onProgress?: (bytesRead: number) => void,
  headBytes?: number,
) => Promise<Blob>;

/** Options of `readJoined`. */
export interface ReadJoinedOptions<File = AttachedFile> {
  readonly read: ReadPart<File>;
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  /** Called with the number of bytes received of all volumes. */
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  /** See `readAttachment`. The beginning is that of the first volume, and is not checked. */
  readonly headBytes?: number | undefined;
}

/**
 * Reads the volumes of a split file and joins them. Checks the CRC-32 of each volume and the SHA-256 of the whole file.
 * The browser may keep the bytes on disk; a step of the check is in memory.
 *
 * @throws StaplerError `split-incomplete` with the numbers of missing and damaged volumes, or the reason why a volume
 *   cannot be read; CancelledError or `AbortError` after an abort.
 */
export async function readJoined<File extends VolumeCandidate>(
  set: VolumeSet<File>,
  options: ReadJoinedOptions<File>,
): Promise<Blob> {
  const { read, runtime, signal, onProgress, headBytes } = options;
  const broken = brokenVolumes(set);
  const [first] = set.volumes;
  if (headBytes !== undefined && first && !broken.includes(1))
    return read(first.file, signal, onProgress, headBytes);
  if (broken.length > 0) throw splitIncomplete(set, broken);
  const volumes = set.volumes.filter((volume) => volume !== undefined);
  const bytesRead = volumes.map(() => 0);
  const reading = createReadAhead(volumes, ({ file }, index) => {
    const onPart = (bytes: number): void => {
      bytesRead[index] = bytes;
      onProgress?.(bytesRead.reduce((sum, each) => sum + each, 0));
    };
    return retry(() => read(file, signal, onPart), { runtime, signal, maxAttempts: READ_ATTEMPTS });
  });
  const { createCRC32, createSHA256 } = await loadModule(
    () => import(/* webpackChunkName: "hash" */ 'hash-wasm'),
  );
  const [crc32, sha256] = await Promise.all([createCRC32(), createSHA256()]);
  const damaged: number[] = [];
  const parts: Blob[] = [];
  for (const [index, { mark }] of volumes.entries()) {
    const part = await takePart(reading.take(index));
    crc32.init();
    if (part) await update([crc32, sha256], part, signal);
    if (!part || crc32.digest() !== mark.crc32) damaged.push(index + 1);
    // A file that is not joined needs no memory.
    if (part && damaged.length === 0) parts.push(part);
    reading.release(index);
  }
  if (damaged.length > 0 || sha256.digest() !== set.facts.sha256) throw splitIncomplete(set, damaged);
  return new Blob(parts);
}

/** Returns the bytes of a volume; `undefined` if the server does not have them any more. */
async function takePart(reading: Promise<Blob>): Promise<Blob | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isCancelled(error) || toProblem(error).status !== 404) throw error;
    return undefined;
  }
}

async function update(hashers: readonly IHasher[], bytes: Blob, signal: AbortSignal): Promise<void> {
  for (let at = 0; at < bytes.size; at += STEP_BYTES) {
    signal.throwIfAborted();
    const step = new Uint8Array(await bytes.slice(at, at + STEP_BYTES).arrayBuffer());
    for (const hasher of hashers) hasher.update(step);
  }
}
