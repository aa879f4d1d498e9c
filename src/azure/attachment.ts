/** Stored bytes on the server: result of an upload and target of a relation. */
export interface AttachmentReference {
  /** GUID of the attachment, lower case. */
  readonly id: string;
  /** Absolute URL as sent by the server, possibly with `?fileName=`. */
  readonly url: string;
}

/** A reference with the attributes of its relation. */
export interface LinkableAttachment {
  readonly reference: AttachmentReference;
  readonly name: string;
  /** At most 255 characters (REST reference D.1); may be empty. */
  readonly comment: string;
  /** Size in bytes. */
  readonly size: number;
}

/** In UTF-16 units (REST reference D.1). */
export const MAX_COMMENT_LENGTH = 255;

/** Limit of Azure DevOps Services (REST reference D.6, `VS403313`). */
export const MAX_ATTACHMENTS_PER_WORK_ITEM = 100;

const ATTACHMENT =
  /\/_apis\/wit\/attachments\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i;

/**
 * Returns the attachment's GUID from its URL, in lower case, or `undefined` for any other URL. Compare GUIDs instead of
 * URLs: the server rewrites relation URLs, sometimes with the project's GUID in front (REST reference, fact 6).
 */
export function attachmentIdOf(url: string): string | undefined {
  const path = url.split(/[?#]/)[0] ?? '';
  return ATTACHMENT.exec(path)?.[1]?.toLowerCase();
}
