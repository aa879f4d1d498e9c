import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { openDiskFile } from '../../upload/intake/disk-file';
import type { ZipFailure } from '../../upload/over-limit/zip-file';
import type { TemporaryFiles } from '../temporary-files';
import type { OpenedFile } from './local-file';

/** Reason why a file has no zip. */
export interface NoZip {
  readonly kind: 'unavailable';
  readonly reason: ZipFailure;
  /** Expected size of the zip, in bytes, if it is too large. */
  readonly bytes?: number;
}

/** A zip in place of a file. */
export interface FileZip {
  readonly kind: 'zipped';
  readonly name: string;
  readonly source: Blob;
}

/** Makes the zip of a file within a limit, in bytes. The same file always has the same one. */
export type ZipLargeFile = (
  file: Pick<OpenedFile, 'name' | 'source'>,
  limitBytes: number,
) => Promise<FileZip | NoZip>;

/**
 * Returns a function that writes the zip of a file to a temporary file, if samples predict that it fits.
 *
 * @param temporary Folder of the zips. They are read until the end of the command.
 * @param signal Aborts the work.
 */
export function createZipLargeFile(temporary: TemporaryFiles, signal?: AbortSignal): ZipLargeFile {
  return async (file, limitBytes) => {
    // Most commands make no zip.
    const [{ predictZip }, { writeZip, zipName }] = await Promise.all([
      import('../../upload/over-limit/predict-zip'),
      import('../../upload/over-limit/zip-file'),
    ]);
    const prediction = await predictZip(file, signal);
    if (prediction.kind === 'unavailable') return prediction;
    const { bytes } = prediction;
    if (bytes > limitBytes) return { kind: 'unavailable', reason: 'too-large', bytes };
    const path = await temporary.nextPath();
    const output = Writable.toWeb(createWriteStream(path)) as WritableStream<Uint8Array>;
    const written = await writeZip([file], output, { limitBytes, signal });
    if (written.kind === 'unavailable') return { ...written, bytes };
    return { kind: 'zipped', name: zipName(file.name), source: await openDiskFile(path) };
  };
}
