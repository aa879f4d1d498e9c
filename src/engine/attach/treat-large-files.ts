import type { AttachmentReference } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import type { FileEdits, FileId, PlanAttachment, PlanItem, PlanPair } from '../../bulk/plan/plan';
import { fold } from '../../bulk/plan/plan';
import type { VolumeHashes } from '../../upload/volumes/hash-volumes';
import type { SplitFacts } from '../../upload/volumes/volume-mark';
import { writeVolumeComment } from '../../upload/volumes/volume-mark';
import { volumeNames } from '../../upload/volumes/volume-names';
import { volumeBytesFor, volumeRanges } from '../../upload/volumes/volume-plan';
import type { VolumeSet } from '../../upload/volumes/volume-sets';
import type { Attached } from './find-attached';
import type { OpenedFile, SentFile } from './local-file';
import { attachmentIdsOf, earlierVolumeBytes, findSet, volumesOf } from './present-volumes';
import type { NoZip, ZipLargeFile } from './zip-large-file';

/** Treatments of a file over the limit of the service. */
export const OVER_LIMIT = ['zip', 'split', 'skip', 'fail'] as const;

/** Treatment of files over the limit of the service. `send` lets the service decide. */
export type OverLimit = 'send' | (typeof OVER_LIMIT)[number];

/** Files over the limit, and what their treatment needs to know. */
export interface LargeFilesInput {
  readonly files: readonly OpenedFile[];
  /** The plan without any treatment, without what is attached already. */
  readonly pairs: readonly PlanPair[];
  readonly items: readonly PlanItem[];
  /** Limit for the size of a file, in bytes. `Infinity`: unknown. */
  readonly limitBytes: number;
  readonly overLimit: OverLimit;
  /** Name and comment that the user gave to a file. */
  readonly editsOf: (fileId: FileId) => Pick<FileEdits, 'name' | 'comment'>;
  /** @throws DOMException if the file is unreadable. */
  readonly hash: (file: OpenedFile, volumeBytes: number) => Promise<VolumeHashes>;
  readonly zip: ZipLargeFile;
  /** Finds the same file on work items. */
  readonly find: (file: SentFile, items: readonly PlanItem[]) => Promise<Attached>;
}

/** The file that a volume is a part of, or that is in a zip. */
export interface WholeFile {
  readonly file: OpenedFile;
  /** Set for a split file. */
  readonly volumeCount?: number;
  /** Size of the zip. */
  readonly zipBytes?: number;
}

/** Files of an order, with volumes or zips in place of the large ones. */
export interface TreatedFiles {
  readonly files: readonly SentFile[];
  /** Of the volumes, and of split files that stay whole for some of their work items. */
  readonly edits: ReadonlyMap<FileId, FileEdits>;
  /** Volumes and zips that the work items have. */
  readonly attached: Attached;
  /** By the id of each volume and zip. */
  readonly wholes: ReadonlyMap<FileId, WholeFile>;
  /** Reasons of the files that have no zip. */
  readonly notZipped: ReadonlyMap<FileId, NoZip>;
}

/**
 * Replaces each file over the limit by its volumes or its zip. A work item that has some of the volumes gets the others. A
 * file that is neither split nor zipped, or for which a work item has no room, has a problem.
 */
export async function treatLargeFiles(input: LargeFilesInput): Promise<TreatedFiles> {
  const { items, limitBytes, overLimit, editsOf } = input;
  const placesOf = placesByFile(input);
  const itemsOf = ({ id: fileId }: OpenedFile): readonly PlanItem[] => {
    const ids = placesOf.get(fileId)?.toAttach ?? [];
    return items.filter(({ id }) => ids.includes(id));
  };
  /** Within the limit of today, a file may have been split before. */
  const isLarge = (file: OpenedFile): boolean =>
    overLimit !== 'send' &&
    !file.problem &&
    (file.size > limitBytes ||
      (overLimit === 'split' && earlierVolumeBytes(file.size, itemsOf(file)) !== undefined));
  const large = new Set(input.files.filter(isLarge).map(({ id }) => id));
  const room = roomBeside(large, input);
  const namesGiven = new Set<string>();
  const files: SentFile[] = [];
  const edits = new Map<FileId, FileEdits>();
  const attached = new Map<number, Map<FileId, AttachmentReference['id']>>();
  const wholes = new Map<FileId, WholeFile>();
  const notZipped = new Map<FileId, NoZip>();

  function addParts(file: OpenedFile, { volumes, needed, zipBytes }: TreatedFile): void {
    for (const [workItemId, count] of needed) room.set(workItemId, (room.get(workItemId) ?? 0) - count);
    for (const { file: volume, edits: itsEdits, attachmentIds } of volumes) {
      files.push(volume);
      edits.set(volume.id, itsEdits);
      namesGiven.add(fold(volume.name));
      wholes.set(
        volume.id,
        zipBytes === undefined ? { file, volumeCount: volumes.length } : { file, zipBytes },
      );
      for (const [workItemId, attachmentId] of attachmentIds) {
        const ofItem = attached.get(workItemId) ?? new Map<FileId, string>();
        attached.set(workItemId, ofItem.set(volume.id, attachmentId));
      }
    }
  }

  async function treat(file: OpenedFile): Promise<TreatedFile | Problem | undefined> {
    if (overLimit === 'split') return splitFile(file, itemsOf(file), { room, namesGiven }, input);
    if (overLimit !== 'zip') return tooLarge(limitBytes);
    const zipped = await zipFile(file, itemsOf(file), input);
    if (!('kind' in zipped)) return zipped;
    notZipped.set(file.id, zipped);
    return zipped.reason === 'unreadable' ? { kind: 'file-unreadable' } : tooLarge(limitBytes);
  }

  for (const file of input.files) {
    const { toAttach = [], asWhole = [] } = placesOf.get(file.id) ?? {};
    if (!large.has(file.id) || toAttach.length === 0) {
      files.push(file);
      continue;
    }
    const treated = await treat(file);
    if (!treated || 'kind' in treated) {
      files.push(treated ? { ...file, problem: treated } : file);
      continue;
    }
    addParts(file, treated);
    if (asWhole.length === 0) continue;
    files.push(file);
    edits.set(file.id, { ...editsOf(file.id), workItemIds: asWhole });
  }
  return { files, edits, attached, wholes, notZipped };
}

/** Work items of a file. */
interface Places {
  readonly toAttach: number[];
  /** Those that have the whole file, or refuse it: the plan tells which. */
  readonly asWhole: number[];
}

function placesByFile({ pairs }: LargeFilesInput): ReadonlyMap<FileId, Places> {
  const byFile = new Map<FileId, Places>();
  for (const { fileId, workItemId, fate } of pairs) {
    const places = byFile.get(fileId) ?? { toAttach: [], asWhole: [] };
    byFile.set(fileId, places);
    // A full work item may have the volumes.
    const isFull = fate.kind === 'blocked' && fate.problem.kind === 'attachment-limit';
    places[fate.kind === 'attach' || isFull ? 'toAttach' : 'asWhole'].push(workItemId);
  }
  return byFile;
}

/** Free places on each work item, after all files but the large ones. */
function roomBeside(large: ReadonlySet<FileId>, { items, pairs }: LargeFilesInput): Map<number, number> {
  const room = new Map(items.map((item) => [item.id, item.attachmentLimit - item.attachments.length]));
  for (const { fileId, workItemId, fate } of pairs)
    if (fate.kind === 'attach' && !large.has(fileId)) room.set(workItemId, (room.get(workItemId) ?? 0) - 1);
  return room;
}

/** A volume or a zip to be attached. */
interface PlannedVolume {
  readonly file: SentFile;
  readonly edits: FileEdits;
  /** Attachments with its bytes, by work item. */
  readonly attachmentIds: ReadonlyMap<number, AttachmentReference['id']>;
}

/** Volumes of a file, or its zip. */
interface TreatedFile {
  readonly volumes: readonly PlannedVolume[];
  /** Number of attachments that each work item gets. */
  readonly needed: ReadonlyMap<number, number>;
  /** Size of the zip. Default: the file is split. */
  readonly zipBytes?: number;
}

/** Room and names that the other files leave. */
interface Left {
  /** Free places, by work item. */
  readonly room: ReadonlyMap<number, number>;
  /** Names of the volumes of other files, folded. */
  readonly namesGiven: ReadonlySet<string>;
}

/** Splits a file; `undefined` if it is within the limit, and no work item has volumes of it. */
async function splitFile(
  file: OpenedFile,
  items: readonly PlanItem[],
  { room, namesGiven }: Left,
  { limitBytes, editsOf, hash }: LargeFilesInput,
): Promise<TreatedFile | Problem | undefined> {
  const earlier = earlierVolumeBytes(file.size, items);
  const volumeBytes = earlier !== undefined && earlier < limitBytes ? earlier : volumeBytesFor(limitBytes);
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
  const isSplit = [...present.values()].some((set) => set !== undefined);
  if (file.size <= limitBytes && !isSplit) return undefined;
  const needed = new Map<number, number>();
  for (const { id, attachmentLimit } of items) {
    const missing = count - volumesOf(present.get(id)).length;
    if (missing > Math.max(0, room.get(id) ?? 0))
      return { kind: 'attachment-limit', limitCount: attachmentLimit };
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
      attachmentIds: attachmentIdsOf(number, present),
    };
  });
  return { volumes, needed };
}

/** Puts a file into a zip, if that fits. */
async function zipFile(
  file: OpenedFile,
  items: readonly PlanItem[],
  { limitBytes, editsOf, zip, find }: LargeFilesInput,
): Promise<TreatedFile | NoZip> {
  const { name: wholeName = file.name, comment = '' } = editsOf(file.id);
  const zipped = await zip({ ...file, name: wholeName }, limitBytes);
  if (zipped.kind === 'unavailable') return zipped;
  const { name, source } = zipped;
  const sent: SentFile = {
    ...{ id: `${file.id} (zip)`, name, size: source.size, folder: file.folder },
    ...{ source, isVolume: true },
  };
  const found = await find(sent, items);
  const attachmentIds = new Map(
    [...found].flatMap(([workItemId, ofItem]) => {
      const attachmentId = ofItem.get(sent.id);
      return attachmentId === undefined ? [] : [[workItemId, attachmentId] as const];
    }),
  );
  const edits = { name, comment, workItemIds: items.map(({ id }) => id) };
  const needed = new Map(items.map(({ id }) => [id, attachmentIds.has(id) ? 0 : 1]));
  return { volumes: [{ file: sent, edits, attachmentIds }], needed, zipBytes: source.size };
}

/** Names that are free on all work items, and not given to other volumes. An incomplete set keeps its own. */
function namesOf(
  name: string,
  count: number,
  items: readonly PlanItem[],
  present: readonly (VolumeSet<PlanAttachment> | undefined)[],
  namesGiven: ReadonlySet<string>,
): readonly string[] {
  const own = new Set(present.flatMap(volumesOf).map(({ attachmentId }) => attachmentId));
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
