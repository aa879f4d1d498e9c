import type { AttachmentReference, LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentsOf } from '../../azure/work-item';
import { fold } from '../../bulk/plan/plan';
import { createSendFile } from '../../gallery/send-file';
import { numberedName } from '../../upload/intake/attachment-name';
import type { OpenedFile } from '../attach/local-file';
import { contentOfSource } from '../attach/record-contents';
import type { Engine } from '../engine';
import { findSame } from '../find-same';

/** An image with its bytes on the server. */
export interface StoredImage {
  /** Of the file on this computer. */
  readonly fileId: OpenedFile['id'];
  /** Ready to be linked, unless it is attached. */
  readonly linkable: LinkableAttachment;
}

/** An image, and its place on a work item. */
export interface PlannedImage {
  readonly file: OpenedFile;
  /** Name of the attachment. */
  readonly name: string;
  readonly comment: string;
  /** Set if it is attached already, by name and content. */
  readonly attached: AttachmentReference | undefined;
}

/**
 * Finds the images that a work item has, and names for the others. A name of another content gets a number.
 *
 * @param comments Comments of their own, by file.
 * @throws StaplerError if an attachment cannot be read.
 */
export async function planImages(
  engine: Engine,
  workItem: WorkItem,
  files: readonly OpenedFile[],
  comments: ReadonlyMap<OpenedFile['id'], string> = new Map(),
): Promise<readonly PlannedImage[]> {
  const names = new Set(attachmentsOf(workItem).map(({ name }) => fold(name)));
  const images: PlannedImage[] = [];
  for (const file of files) {
    const attached = await findSame(engine, workItem, file);
    const name = attached ? file.name : freeName(file.name, names);
    names.add(fold(name));
    images.push({ file, name, comment: comments.get(file.id) ?? '', attached });
  }
  return images;
}

/**
 * Uploads images for a work item, one after the other. One that is attached already is not sent.
 *
 * @throws StaplerError if an upload fails, CancelledError after an abort.
 */
export async function uploadImages(
  engine: Engine,
  planned: readonly PlannedImage[],
  signal: AbortSignal,
): Promise<readonly StoredImage[]> {
  const send = createSendFile(engine.services);
  const images: StoredImage[] = [];
  for (const { file, name, comment, attached } of planned) {
    const { id: fileId, size, source } = file;
    const reference = attached ?? (await send({ name, source }, { signal, onProgress: () => undefined }));
    // The same command again finds it without a download.
    if (!attached) await engine.contents.add(reference.id, await contentOfSource(source));
    images.push({ fileId, linkable: { reference, name, size, comment } });
  }
  return images;
}

function freeName(name: string, names: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; names.has(fold(free)); number++) free = numberedName(name, number);
  return free;
}
