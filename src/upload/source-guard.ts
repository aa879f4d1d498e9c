import { sleep } from '../base/async';
import { FileChangedError } from '../base/errors';
import type { Runtime } from '../base/runtime';
import { assertReadable } from './intake/intake';
import type { Fingerprint } from './recovery/journal/fingerprint';
import { fingerprintOf, haveSameFingerprint } from './recovery/journal/fingerprint';
import type { PickedFile } from './upload';

/** Detects files that are overwritten on disk between pick and link. Firefox would send a mix of both versions. */
export interface SourceGuard {
  /** Records the facts of a picked file. Reads no bytes. */
  readonly track: (file: PickedFile) => void;
  /**
   * Called before an attempt. Reads a byte of a large file and starts to hash it.
   *
   * @throws FileUnreadableError, FileChangedError
   */
  readonly prepare: (file: PickedFile) => Promise<void>;
  /**
   * Called after a failed attempt. Reads a byte, again after a second if that fails, and compares the file with its first
   * fingerprint; the next call knows at least this version.
   *
   * @throws FileUnreadableError, FileChangedError
   */
  readonly assertUnchanged: (file: NamedSource) => Promise<void>;
  /**
   * Called after the last byte. Compares the file with its recorded facts, and with its first fingerprint, if there is
   * one.
   *
   * @throws FileChangedError
   */
  readonly verify: (file: PickedFile) => Promise<void>;
}

/** Members of a file for a check. */
export type NamedSource = Pick<PickedFile, 'name' | 'source'>;

/** In bytes. Sending a smaller file is as fast as checking it. */
const MIN_CHECKED_BYTES = 1024 * 1024;

/** Files up to this size are hashed as a whole, in bytes. */
const MAX_WHOLE_BYTES = 8 * 1024 * 1024;

/** The same limit for stored fingerprints, in bytes. */
const MAX_STORED_WHOLE_BYTES = 3 * 1024 * 1024;

/**
 * Time before a failed read is repeated, in milliseconds. WebKit cancels the requests and reads of a page that is being
 * left, before `pagehide`: such a page is gone before the second read, and its upload is interrupted instead of failed.
 */
const READ_AGAIN_MS = 1_000;

/** First fingerprint of each file of this frame; `undefined` if it could not be computed. */
const firstFingerprints = new WeakMap<Blob, Promise<Fingerprint | undefined>>();

/**
 * Computes the fingerprint of a file for the journal, and records it as the first version of the file. The journal
 * calls it for files that wait, and so a small file that is sent at once is never hashed.
 *
 * @throws DOMException if the file is unreadable.
 */
export async function recordFingerprint(source: Blob): Promise<Fingerprint> {
  const first = await firstFingerprintOf(source);
  // Stored fingerprints of other sizes have another form.
  const isSameForm = source.size <= MAX_STORED_WHOLE_BYTES || source.size > MAX_WHOLE_BYTES;
  return first && isSameForm ? first : fingerprintOf(source, MAX_STORED_WHOLE_BYTES);
}

function firstFingerprintOf(source: Blob): Promise<Fingerprint | undefined> {
  const known = firstFingerprints.get(source);
  if (known) return known;
  const first = fingerprintOf(source, MAX_WHOLE_BYTES).catch(() => undefined);
  firstFingerprints.set(source, first);
  return first;
}

/** Creates the guard of a queue. */
export function createSourceGuard(runtime: Runtime): SourceGuard {
  const modifiedAt = new WeakMap<Blob, number>();

  async function readByte({ name, source }: NamedSource): Promise<void> {
    try {
      await assertReadable({ name, source });
    } catch (error) {
      // Chromium refuses to read a changed file. Before the first read, it may also be a folder in disguise.
      const wasReadable = (await firstFingerprints.get(source)) !== undefined;
      const { cause } = error as Error;
      throw wasReadable && isRefusedRead(cause) ? new FileChangedError(name, { cause }) : error;
    }
  }

  async function compare({ name, source }: NamedSource): Promise<void> {
    const first = await firstFingerprints.get(source);
    if (!first) return;
    let now: Fingerprint;
    try {
      now = await fingerprintOf(source, MAX_WHOLE_BYTES);
    } catch (cause) {
      // A file deleted after its last byte was read has been sent as it was.
      if (!isRefusedRead(cause)) return;
      throw new FileChangedError(name, { cause });
    }
    if (!haveSameFingerprint(first, now)) throw new FileChangedError(name);
  }

  return {
    track({ source }) {
      if (isFile(source)) modifiedAt.set(source, source.lastModified);
    },

    async prepare(file) {
      if (file.size <= MIN_CHECKED_BYTES) return;
      await readByte(file);
      // Not awaited: the first request need not wait for the hash.
      void firstFingerprintOf(file.source);
    },

    async assertUnchanged(file) {
      await readByte(file).catch(async () => {
        await sleep(runtime, READ_AGAIN_MS);
        await readByte(file);
      });
      await compare(file);
      void firstFingerprintOf(file.source);
    },

    async verify(file) {
      const { name, size, source } = file;
      const before = modifiedAt.get(source);
      const isModified = before !== undefined && isFile(source) && source.lastModified !== before;
      if (isModified || (isFile(source) && source.size !== size)) throw new FileChangedError(name);
      await compare(file);
    },
  };
}

function isFile(source: Blob): source is File {
  return 'lastModified' in source;
}

/** Whether a browser refused to read a file, as opposed to a file that is gone. */
function isRefusedRead(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'name' in cause && cause.name === 'NotReadableError';
}
