/** Attachment of a mail. */
export interface EmailAttachment {
  /** Unchecked name; empty if missing. */
  readonly name: string;
  readonly bytes: Blob;
}

/** Name and value of a header. */
export type EmailHeader = readonly [name: string, value: string];

/** A parsed mail. Values are decoded; those that are missing are empty. */
export interface ParsedEmail {
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  /** As in the mail. */
  readonly date: string;
  readonly subject: string;
  /** All headers, unchanged. */
  readonly allHeaders: readonly EmailHeader[];
  readonly text: string;
  /** Whether the text was extracted from HTML, without its formatting. */
  readonly isFromHtml: boolean;
  /** Whether its text and attachments can be read only with a key. */
  readonly isEncrypted: boolean;
  readonly attachments: readonly EmailAttachment[];
  /** Unchecked names of attachments that the file has no bytes of, such as links and objects of other programs. */
  readonly missingAttachments: readonly string[];
}
