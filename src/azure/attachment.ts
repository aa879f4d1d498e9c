/** Stored bytes, named by the server: what an upload yields and a relation points at. */
export interface AttachmentReference {
  /** GUID of the attachment, lower case. */
  readonly id: string;
  /** Absolute URL as the server gave it; it may carry `?fileName=`. */
  readonly url: string;
}

/** A reference together with what the relation shall say of it. */
export interface LinkableAttachment {
  readonly reference: AttachmentReference;
  readonly name: string;
  /** At most 255 characters (REST reference D.1); may be empty. */
  readonly comment: string;
  /** Size in bytes. */
  readonly size: number;
}

/** Longest comment of a relation in UTF-16 units (REST reference D.1). */
export const MAX_COMMENT_LENGTH = 255;

/** At most so many attachments stand on one work item (REST reference D.6, `VS403313`). */
export const MAX_ATTACHMENTS_PER_WORK_ITEM = 100;

const ATTACHMENT =
  /\/_apis\/wit\/attachments\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i;

/**
 * The GUID of the attachment that `url` points at, lower case, or `undefined` for any other URL. The server
 * rewrites relation URLs, at times with the project's GUID in front, so that the URL text is never compared
 * (REST reference, fact 6).
 */
export function attachmentIdOf(url: string): string | undefined {
  const path = url.split(/[?#]/)[0] ?? '';
  return ATTACHMENT.exec(path)?.[1]?.toLowerCase();
}
