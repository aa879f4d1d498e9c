import type { Problem } from '../../base/errors';
import { CancelledError, isCancelled, isStaplerError } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import { applyRules } from '../../upload/rules/apply-rules';
import type { FileRules, MetadataResult, Ruled, SecretsResult } from '../../upload/rules/file-rules';
import { DEFAULT_RULES } from '../../upload/rules/file-rules';
import type { OpenedFile } from '../attach/local-file';
import { ChangedFile } from './changed-file';
import type { HeldFile } from './held-files';
import { createHeldFiles } from './held-files';
import { joinParts } from './joined-file';

/** Smaller files are read at once. */
const MAX_READ_BYTES = 1024 * 1024;

/** Files in progress at a time, so that none waits for the disk alone. */
const MAX_PARALLEL_CHECKS = 8;

/** Bytes of the files in progress, unless one is alone: large files would only take time from each other. */
const MAX_PARALLEL_BYTES = 4 * 1024 * 1024;

/** Result of the rules for a file on this computer. */
export interface FileCheck {
  /** Absolute. */
  readonly path: string;
  readonly metadata?: MetadataResult;
  readonly secrets?: SecretsResult;
  /** Reason for attaching it nowhere. */
  readonly problem?: Problem;
}

/** Result of the rules, with the bytes that the changed file holds in memory. */
interface RuledFile extends Ruled {
  readonly heldBytes: number;
}

/** A file as the rules leave it. */
interface CheckedFile {
  readonly file: OpenedFile;
  readonly check: FileCheck;
}

/** Options of `checkFiles`. */
export interface CheckOptions {
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  /** Called for each file in their order, also for one without any result. */
  readonly onCheck?: ((check: FileCheck) => void) | undefined;
}

/** Rules of an order. Default: those of `DEFAULT_RULES`. */
export type ChosenRules = Partial<FileRules>;

/**
 * Applies the rules to files. A changed file has the size of its new bytes. These are created again
 * whenever they are read, so that any number of files needs little memory.
 *
 * @throws CancelledError after an abort.
 */
export async function checkFiles(
  files: readonly OpenedFile[],
  chosen: ChosenRules = {},
  { runtime, signal, onCheck }: CheckOptions,
): Promise<readonly OpenedFile[]> {
  const rules: FileRules = { ...DEFAULT_RULES, ...chosen };
  const held = createHeldFiles();

  /** Applies the rules to bytes on disk, and keeps the unchanged ranges there. */
  async function applyTo(origin: File, maxScanMs?: number): Promise<RuledFile> {
    const small = origin.size <= MAX_READ_BYTES ? await readAtOnce(origin) : origin;
    const joined = new WeakMap<Blob, number>();
    const ruled = await applyRules(small, rules, {
      ...{ runtime, signal },
      ...(maxScanMs !== undefined && { maxScanMs }),
      join(parts) {
        const { file, heldBytes } = joinParts(parts, origin);
        joined.set(file, heldBytes);
        return Promise.resolve(file);
      },
    });
    return { ...ruled, heldBytes: joined.get(ruled.bytes) ?? ruled.bytes.size };
  }

  async function checkOne(file: OpenedFile): Promise<CheckedFile> {
    const { id: path, source } = file;
    let problem: Problem | undefined;
    let ruled: RuledFile;
    try {
      ruled = await applyTo(source);
    } catch (error) {
      if (isCancelled(error)) throw error;
      problem = { kind: isReadError(error) ? 'file-unreadable' : 'not-cleaned' };
      return { file: { ...file, problem }, check: { path, problem } };
    }
    const { metadata, secrets, heldBytes } = ruled;
    if (secrets?.kind === 'found' && secrets.outcome === 'refused') problem = { kind: 'has-secrets' };
    const check: FileCheck = {
      path,
      ...(metadata && { metadata }),
      ...(secrets && { secrets }),
      ...(problem && { problem }),
    };
    if (problem) return { file: { ...file, problem }, check };
    if (!isChanged(ruled)) return { file, check };
    let first: HeldFile | undefined = { file: ruled.bytes, heldBytes };
    const changed = new ChangedFile(
      source,
      ruled.bytes.size,
      async () => {
        const known = first ?? (await again(source));
        first = undefined;
        return known;
      },
      held,
    );
    // Keeps the bytes if there is room.
    await changed.slice(0, 0).arrayBuffer();
    return { file: { ...file, source: changed, size: changed.size }, check };
  }

  /** Changes a file once more, without a limit of time: it was changed before. It never leaves as it is. */
  async function again(source: File): Promise<HeldFile> {
    const ruled = await applyTo(source, Infinity);
    if (!isChanged(ruled)) throw new DOMException('The file was changed.', 'NotReadableError');
    return { file: ruled.bytes, heldBytes: ruled.heldBytes };
  }

  const checked: OpenedFile[] = [];
  const running: Promise<CheckedFile>[] = [];
  let started = 0;
  let runningBytes = 0;
  while (checked.length < files.length) {
    if (signal.aborted) throw new CancelledError();
    for (let next = files[started]; next && running.length < MAX_PARALLEL_CHECKS; next = files[started]) {
      if (running.length > 0 && runningBytes + next.source.size > MAX_PARALLEL_BYTES) break;
      started++;
      runningBytes += next.source.size;
      const check = checkOne(next);
      // Only the first failure counts.
      check.catch(() => undefined);
      running.push(check);
    }
    const first = await running.shift();
    if (!first) break;
    runningBytes -= files[checked.length]?.source.size ?? 0;
    onCheck?.(first.check);
    checked.push(first.file);
  }
  return checked;
}

/** Returns the file with its bytes in memory. The memory of a `Blob` of Node is released late. @throws DOMException */
async function readAtOnce(origin: File): Promise<Blob> {
  return joinParts([new Uint8Array(await origin.arrayBuffer())], origin).file;
}

function isChanged({ metadata, secrets }: Ruled): boolean {
  return metadata?.kind === 'removed' || (secrets?.kind === 'found' && secrets.outcome === 'masked');
}

function isReadError(error: unknown): boolean {
  return error instanceof DOMException || isStaplerError(error);
}
