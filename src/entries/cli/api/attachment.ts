import type { AttachedFile } from '../../../gallery/model/attached-file';

/** An attachment of a work item. */
export interface Attachment {
  readonly workItemId: number;
  /** GUID, lower case. */
  readonly id: string;
  /** Address of its bytes; reading it needs the token. */
  readonly url: string;
  readonly name: string;
  /** Without the folder. */
  readonly comment: string;
  /** Folder that the file came from, such as `logs/2026`; empty if unknown. */
  readonly folder: string;
  /** Size, in bytes; left out if unknown. */
  readonly bytes?: number;
  /** Time of attaching, in ISO 8601; left out if unknown. */
  readonly attachedAt?: string;
}

/** Returns an attachment as `--json` and the package tell it. */
export function attachmentOf(file: AttachedFile): Attachment {
  const { workItemId, reference, name, size, comment, folder, addedAt } = file;
  return {
    ...{ workItemId, id: reference.id, url: reference.url, name, comment, folder },
    ...(size !== undefined && { bytes: size }),
    ...(!Number.isNaN(addedAt) && { attachedAt: new Date(addedAt).toISOString() }),
  };
}
