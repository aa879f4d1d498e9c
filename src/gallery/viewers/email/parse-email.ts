import type { Address } from 'postal-mime';
import PostalMime from 'postal-mime';
import { ViewerProblem } from '../viewer-problem';
import { textOfHtml } from './html-text';

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
  readonly attachments: readonly EmailAttachment[];
}

/**
 * Parses a mail (RFC 5322).
 *
 * @throws ViewerProblem If it has no headers.
 */
export async function parseEmail(bytes: Blob): Promise<ParsedEmail> {
  const mail = await parse(bytes);
  const { from, to = [], cc = [], bcc = [], date = '', subject = '', text = '', html } = mail;
  // Some programs send an empty text beside the HTML.
  const isFromHtml = html !== undefined && text.trim() === '';
  return {
    from: from ? describeAddress(from) : '',
    to: describeAddresses(to),
    cc: describeAddresses(cc),
    bcc: describeAddresses(bcc),
    date,
    subject,
    allHeaders: mail.headers.map(({ originalKey, value }) => [originalKey, value]),
    text: isFromHtml ? textOfHtml(html) : text,
    isFromHtml,
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      // No browser opens this type; the type in the mail is not trusted.
      bytes: new Blob([toBlobPart(content)], { type: 'application/octet-stream' }),
    })),
  };
}

async function parse(bytes: Blob): ReturnType<typeof PostalMime.parse> {
  let mail;
  try {
    mail = await PostalMime.parse(await bytes.arrayBuffer());
  } catch (error) {
    throw error instanceof DOMException ? error : new ViewerProblem('no-email', { cause: error });
  }
  if (!mail.from && !mail.date && mail.subject === undefined) throw new ViewerProblem('no-email');
  return mail;
}

function describeAddresses(addresses: readonly Address[]): string {
  return addresses.map(describeAddress).join(', ');
}

/** `Jürgen <juergen@example.com>`. */
function describeAddress({ name, address, group }: Address): string {
  if (group) return `${name}: ${describeAddresses(group)};`;
  return name === '' ? address : `${name} <${address}>`;
}

function toBlobPart(content: ArrayBuffer | Uint8Array | string): BlobPart {
  return content instanceof Uint8Array ? Uint8Array.from(content) : content;
}
