import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Emulator } from 'azure-devops-emulator';
import type { Problem } from '../../src/base/errors';
import { toProblem } from '../../src/base/errors';
import type { AttachedFile } from '../../src/gallery/model/attached-file';
import { attachedFilesOf } from '../../src/gallery/model/attached-file';
import { writeVolumeComment } from '../../src/upload/volumes/volume-mark';
import { volumeNames } from '../../src/upload/volumes/volume-names';
import { volumeRanges } from '../../src/upload/volumes/volume-plan';
import { rejectionOf } from './deferred';
import { referenceTo, workItemWith } from './uploads';

/** A volume with its bytes. */
export interface SplitPart {
  readonly name: string;
  readonly content: Buffer;
  readonly comment: string;
}

/** Splits a file into volumes of this size, in bytes. */
export function splitInto(
  name: string,
  bytes: Buffer,
  volumeBytes: number,
  comment = '',
): readonly SplitPart[] {
  const ranges = volumeRanges(bytes.length, volumeBytes);
  const names = volumeNames(name, ranges.length, () => false);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return ranges.map(({ number, start, end }) => {
    const content = bytes.subarray(start, end);
    const mark = {
      ...{ number, count: ranges.length, totalBytes: bytes.length, sha256 },
      crc32: crc32(content).toString(16).padStart(8, '0'),
    };
    return { name: names[number - 1] ?? '', content, comment: writeVolumeComment({ comment, mark }) };
  });
}

/** Attaches volumes to a work item of the emulator, with their comments. */
export function attachParts({ store }: Emulator, workItemId: number, parts: readonly SplitPart[]): void {
  store.attach(workItemId, parts);
  const item = store.workItem(workItemId);
  const commentOf = new Map<unknown, string>(parts.map(({ name, comment }) => [name, comment]));
  const relations = item.relations.map((relation) => {
    const comment = commentOf.get(relation.attributes['name']);
    return comment === undefined
      ? relation
      : { ...relation, attributes: { ...relation.attributes, comment } };
  });
  store.save({ ...item, relations });
}

/** Takes the attachments with these names from a work item of the emulator. */
export function detachParts({ store }: Emulator, workItemId: number, ...names: readonly unknown[]): void {
  const item = store.workItem(workItemId);
  const relations = item.relations.filter(({ attributes }) => !names.includes(attributes['name']));
  store.save({ ...item, relations });
}

/** Returns volumes as attachments of work item 7, and a reader of their bytes. */
export function attachedParts(parts: readonly SplitPart[]): {
  readonly files: readonly AttachedFile[];
  readonly read: (file: Pick<AttachedFile, 'reference'>) => Promise<Blob>;
} {
  const relations = parts.map(({ name, content, comment }, index) => ({
    ...{ rel: 'AttachedFile', url: referenceTo(index + 1).url, name },
    attributes: { name, comment, resourceSize: content.length },
  }));
  const files = attachedFilesOf(workItemWith([], { relations }));
  return {
    files,
    read({ reference }) {
      const part = parts[files.findIndex((file) => file.reference.id === reference.id)];
      return part
        ? Promise.resolve(new Blob([new Uint8Array(part.content)]))
        : Promise.reject(new Error('There is no such attachment.'));
    },
  };
}

/** Returns the problem of a rejected promise. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return toProblem(await rejectionOf(work));
}
