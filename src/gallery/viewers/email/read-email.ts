import type { Address } from 'postal-mime';
import PostalMime from 'postal-mime';
import { perLanguage, t } from '../../../base/i18n/translate';
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

/** A parsed mail. */
export interface Email {
  /** Main headers in reading order, decoded and with translated names. */
  readonly headers: readonly EmailHeader[];
  /** All headers, unchanged. */
  readonly allHeaders: readonly EmailHeader[];
  readonly text: string;
  /** Whether the text was extracted from HTML, without its formatting. */
  readonly isFromHtml: boolean;
  readonly attachments: readonly EmailAttachment[];
}

/** `Tuesday, 3 November 2026 at 14:05`. */
const dates = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }),
);

/**
 * Parses a mail (RFC 5322).
 *
 * @throws ViewerProblem If it has no headers.
 */
export async function readEmail(bytes: Blob): Promise<Email> {
  const mail = await parse(bytes);
  const { from, to = [], cc = [], bcc = [], date, subject, text, html } = mail;
  const headers: EmailHeader[] = [
    [t('From'), from ? describeAddress(from) : ''],
    [t('To'), to.map(describeAddress).join(', ')],
    [t('Cc'), cc.map(describeAddress).join(', ')],
    [t('Bcc'), bcc.map(describeAddress).join(', ')],
    [t('Date'), date === undefined ? '' : describeDate(date)],
    [t('Subject'), subject ?? ''],
  ];
  // Some programs send an empty text beside the HTML.
  const isFromHtml = html !== undefined && (text ?? '').trim() === '';
  return {
    headers: headers.filter(([, value]) => value !== ''),
    allHeaders: mail.headers.map(({ originalKey, value }) => [originalKey, value]),
    text: isFromHtml ? textOfHtml(html) : (text ?? ''),
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

/** `Jürgen <juergen@example.com>`. */
function describeAddress({ name, address, group }: Address): string {
  if (group) return `${name}: ${group.map(describeAddress).join(', ')};`;
  return name === '' ? address : `${name} <${address}>`;
}

/** Formats a date. An invalid date stays unchanged. */
function describeDate(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : dates().format(time);
}

function toBlobPart(content: ArrayBuffer | Uint8Array | string): BlobPart {
  return content instanceof Uint8Array ? Uint8Array.from(content) : content;
}
