import type { AttachmentReference } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import type { FileEdits, FileId, PlanAttachment, PlanItem, PlanPair } from '../../bulk/plan/plan';
import { fold } from '../../bulk/plan/plan';
import { readComment } from '../../upload/intake/folder-mark';
import type { SplitFacts } from '../../upload/volumes/volume-mark';
import { writeVolumeComment } from '../../upload/volumes/volume-mark';
import { volumeNames } from '../../upload/volumes/volume-names';
import type { VolumeRange } from '../../upload/volumes/volume-plan';
import { volumeBytesFor, volumeRanges } from '../../upload/volumes/volume-plan';
import type { VolumeSet } from '../../upload/volumes/volume-sets';
import { findVolumeSets } from '../../upload/volumes/volume-sets';
import type { Attached } from './find-attached';
import type { VolumeHashes } from './hash-volumes';
import type { OpenedFile, SentFile } from './local-file';

/** Treatments of a file over the limit of the service. */
export const OVER_LIMIT = ['split', 'skip', 'fail'] as const;

/** Treatment of files over the limit of the service. `send` lets the service decide. */
export type OverLimit = 'send' | (typeof OVER_LIMIT)[number];

/** Files over the limit, and what their treatment needs to know. */
export interface LargeFilesInput {
  readonly files: readonly OpenedFile[];
  /** The plan without any treatment. */
  readonly pairs: readonly PlanPair[];
  readonly items: readonly PlanItem[];
  /** Limit for the size of a file, in bytes. `Infinity`: unknown. */
  readonly limitBytes: number;
  readonly overLimit: OverLimit;
  /** Name and comment that the user gave to a file. */
  readonly editsOf: (fileId: FileId) => Pick<FileEdits, 'name' | 'comment'>;
  /** @throws DOMException if the file is unreadable. */
  readonly hash: (file: OpenedFile, volumeBytes: number) => Promise<VolumeHashes>;
}

/** The file that a volume is a part of. */
export interface WholeFile {
  readonly file: OpenedFile;
  readonly volumeCount: number;
}

/** Files of an order, with volumes in place of the large ones. */
export interface TreatedFiles {
  readonly files: readonly SentFile[];
  /** Of the volumes, and of large files that some of their work items refuse. */
  readonly edits: ReadonlyMap<FileId, FileEdits>;
  /** Volumes that the work items have. */
  readonly attached: Attached;
  /** By the id of each volume. */
  readonly wholes: ReadonlyMap<FileId, WholeFile>;
}

/**
 * Replaces each file over the limit by its volumes. A work item that has some of them gets the others. A file that is not
 * split, or for which a work item has no room, has a problem.
 */
export async function treatLargeFiles(input: LargeFilesInput): Promise<TreatedFiles> {
  const { items, limitBytes, overLimit, editsOf } = input;
  const takers = takersOf(input);
  const room = roomOf(input);
  const namesGiven = new Set<string>();
  const files: SentFile[] = [];
  const edits = new Map<FileId, FileEdits>();
  const attached = new Map<number, Map<FileId, AttachmentReference['id']>>();
  const wholes = new Map<FileId, WholeFile>();

  function addVolumes(file: OpenedFile, { volumes, needed }: SplitFile): void {
    for (const [workItemId, count] of needed)
      // The plan has counted the file as one attachment.
      room.set(workItemId, (room.get(workItemId) ?? 0) + 1 - count);
    for (const { file: volume, edits: itsEdits, attachmentIds } of volumes) {
      files.push(volume);
      edits.set(volume.id, itsEdits);
      namesGiven.add(fold(volume.name));
      wholes.set(volume.id, { file, volumeCount: volumes.length });
      for (const [workItemId, attachmentId] of attachmentIds) {
        const ofItem = attached.get(workItemId) ?? new Map<FileId, string>();
        attached.set(workItemId, ofItem.set(volume.id, attachmentId));
      }
    }
  }

  for (const file of input.files) {
    const { taking = [], refusing = [] } = takers.get(file.id) ?? {};
    if (overLimit === 'send' || file.problem || file.size <= limitBytes || taking.length === 0) {
      files.push(file);
      continue;
    }
    const itsItems = items.filter(({ id }) => taking.includes(id));
    const split =
      overLimit === 'split'
        ? await splitFile(file, itsItems, { room, namesGiven }, input)
        : tooLarge(limitBytes);
    if ('kind' in split) {
      files.push({ ...file, problem: split });
      continue;
    }
    addVolumes(file, split);
    if (refusing.length === 0) continue;
    files.push(file);
    edits.set(file.id, { ...editsOf(file.id), workItemIds: refusing });
  }
  return { files, edits, attached, wholes };
}

/** Work items of a file. Those that refuse it tell why in the plan. */
interface Takers {
  readonly taking: number[];
  readonly refusing: number[];
}

function takersOf({ pairs }: LargeFilesInput): ReadonlyMap<FileId, Takers> {
  const byFile = new Map<FileId, Takers>();
  for (const { fileId, workItemId, fate } of pairs) {
    const takers = byFile.get(fileId) ?? { taking: [], refusing: [] };
    byFile.set(fileId, takers);
    // A full work item may have the volumes.
    const isRefused = fate.kind === 'blocked' && fate.problem.kind !== 'attachment-limit';
    takers[isRefused ? 'refusing' : 'taking'].push(workItemId);
  }
  return byFile;
}

/** Free places of each work item after the plan. */
function roomOf({ items, pairs }: LargeFilesInput): Map<number, number> {
  const room = new Map(items.map((item) => [item.id, item.attachmentLimit - item.attachments.length]));
  for (const { workItemId } of pairs) room.set(workItemId, (room.get(workItemId) ?? 0) - 1);
  return room;
}

/** A volume to be attached. */
interface PlannedVolume {
  readonly file: SentFile;
  readonly edits: FileEdits;
  /** Attachments with its bytes, by work item. */
  readonly attachmentIds: ReadonlyMap<number, AttachmentReference['id']>;
}

/** Volumes of a file. */
interface SplitFile {
  readonly volumes: readonly PlannedVolume[];
  /** Number of attachments that each work item gets. */
  readonly needed: ReadonlyMap<number, number>;
}

async function splitFile(
  file: OpenedFile,
  items: readonly PlanItem[],
  {
    room,
    namesGiven,
  }: { readonly room: ReadonlyMap<number, number>; readonly namesGiven: ReadonlySet<string> },
  { limitBytes, editsOf, hash }: LargeFilesInput,
): Promise<SplitFile | Problem> {
  const volumeBytes = volumeBytesFor(limitBytes);
  const ranges = volumeRanges(file.size, volumeBytes);
  const count = ranges.length;
  let hashes: VolumeHashes;
  try {
    hashes = await hash(file, volumeBytes);
  } catch {
    return { kind: 'file-unreadable' };
  }
  const facts: SplitFacts = { count, totalBytes: file.size, sha256: hashes.sha256 };
  const present = new Map(items.map((item) => [item.id, findSet(item, facts, ranges)]));
  const needed = new Map<number, number>();
  for (const { id, attachmentLimit } of items) {
    const missing = count - (present.get(id)?.volumes.filter(Boolean).length ?? 0);
    // The plan has counted the file as one attachment.
    if (missing > (room.get(id) ?? 0) + 1) return { kind: 'attachment-limit', limitCount: attachmentLimit };
    needed.set(id, missing);
  }
  const { name: wholeName = file.name, comment = '' } = editsOf(file.id);
  const names = namesOf(wholeName, count, items, [...present.values()], namesGiven);
  const workItemIds = items.map(({ id }) => id);
  const volumes = ranges.map(({ number, start, end }): PlannedVolume => {
    const name = names[number - 1] ?? file.name;
    const mark = { ...facts, number, crc32: hashes.crcs[number - 1] ?? '' };
    return {
      file: {
        ...{ id: `${file.id} (part ${number} of ${count})`, name, size: end - start, folder: file.folder },
        ...{ source: file.source.slice(start, end), isVolume: true },
      },
      edits: { name, comment: writeVolumeComment({ comment, mark }), workItemIds },
      attachmentIds: new Map(
        [...present].flatMap(([workItemId, set]) => {
          const volume = set?.volumes[number - 1];
          return volume ? [[workItemId, volume.file.attachmentId] as const] : [];
        }),
      ),
    };
  });
  return { volumes, needed };
}

/** The volumes of this file that a work item has already, by their marks and sizes. */
function findSet(
  { attachments }: PlanItem,
  facts: SplitFacts,
  ranges: readonly VolumeRange[],
): VolumeSet<PlanAttachment> | undefined {
  const candidates = attachments.map((attachment) => ({
    ...attachment,
    comment: readComment(attachment.comment).comment,
  }));
  return findVolumeSets(candidates).sets.find(
    (set) =>
      isSameFile(set.facts, facts) &&
      set.volumes.every((volume, index) => {
        const range = ranges[index];
        return (
          !volume ||
          Number.isNaN(volume.file.size) ||
          volume.file.size === (range ? range.end - range.start : 0)
        );
      }),
  );
}

function isSameFile(a: SplitFacts, b: SplitFacts): boolean {
  return a.sha256 === b.sha256 && a.count === b.count && a.totalBytes === b.totalBytes;
}

/** Names that are free on all work items, and not given to other volumes. An incomplete set keeps its own. */
function namesOf(
  name: string,
  count: number,
  items: readonly PlanItem[],
  present: readonly (VolumeSet<PlanAttachment> | undefined)[],
  namesGiven: ReadonlySet<string>,
): readonly string[] {
  const own = new Set(
    present.flatMap((set) => set?.volumes.flatMap((volume) => volume?.file.attachmentId ?? []) ?? []),
  );
  const taken = new Set(
    items.flatMap(({ attachments }) =>
      attachments.filter(({ attachmentId }) => !own.has(attachmentId)).map((each) => fold(each.name)),
    ),
  );
  const known = present.find((set) => set !== undefined)?.name;
  return volumeNames(known ?? name, count, (each) => taken.has(fold(each)) || namesGiven.has(fold(each)));
}

function tooLarge(limitBytes: number): Problem {
  return { kind: 'file-too-large', limitBytes };
}
