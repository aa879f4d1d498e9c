import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentsOf } from '../../azure/work-item';
import { fold } from '../../bulk/plan/plan';
import { createSendFile } from '../../gallery/send-file';
import { numberedName } from '../../upload/intake/attachment-name';
import type { OpenedFile } from '../attach/local-file';
import { sha256Of } from '../attach/hash-file';
import type { Engine } from '../engine';
import { findSame } from '../find-same';

/** An image with its bytes on the server. */
export interface StoredImage {
  /** Of the file on this computer. */
  readonly fileId: OpenedFile['id'];
  /** Ready to be linked, unless it is attached. */
  readonly linkable: LinkableAttachment;
}

/**
 * Uploads images for a work item, one after the other. One that is attached already, by name and content, is not sent. A
 * name of another content gets a number.
 *
 * @throws StaplerError if an upload fails, CancelledError after an abort.
 */
export async function uploadImages(
  engine: Engine,
  workItem: WorkItem,
  files: readonly OpenedFile[],
  signal: AbortSignal,
): Promise<readonly StoredImage[]> {
  const send = createSendFile(engine.services);
  const names = new Set(attachmentsOf(workItem).map(({ name }) => fold(name)));
  const images: StoredImage[] = [];
  for (const file of files) {
    const { id: fileId, size, source } = file;
    const attached = await findSame(engine, workItem, file);
    const name = attached ? file.name : freeName(file.name, names);
    names.add(fold(name));
    const reference = attached ?? (await send({ name, source }, { signal, onProgress: () => undefined }));
    // The same command again finds it without a download.
    if (!attached) await engine.contents.add(reference.id, { size, sha256: await sha256Of(source) });
    images.push({ fileId, linkable: { reference, name, size, comment: '' } });
  }
  return images;
}

function freeName(name: string, names: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; names.has(fold(free)); number++) free = numberedName(name, number);
  return free;
}
