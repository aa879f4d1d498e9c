import type { FileKind } from '../../base/file-kind';
import { FILE_KINDS } from '../../base/file-kind';
import type { AttachedFile } from './attached-file';

/** Size of all files of one kind. */
export interface KindStorage {
  readonly kind: FileKind;
  readonly count: number;
  /** Sum of the known sizes. */
  readonly bytes: number;
}

/** Returns the kinds with a known size, the largest first; none if there is nothing to compare. */
export function storageByKind(files: readonly AttachedFile[]): readonly KindStorage[] {
  const kinds = FILE_KINDS.map((kind) => {
    const own = files.filter((file) => file.kind === kind);
    return { kind, count: own.length, bytes: own.reduce((sum, { size = 0 }) => sum + size, 0) };
  }).filter(({ bytes }) => bytes > 0);
  return kinds.length < 2 ? [] : kinds.sort((a, b) => b.bytes - a.bytes);
}
