import type { Address } from 'postal-mime';
import PostalMime from 'postal-mime';
import { perLanguage } from '../../i18n/language';
import { t } from '../../i18n/translate';
import { ViewerProblem } from '../viewer-problem';
import { textOfHtml } from './html-text';

/** A file that came with a mail. */
export interface EmailAttachment {
  /** Whatever the mail says; empty where it says nothing. */
  readonly name: string;
  readonly bytes: Blob;
}

/** A header of a mail and its value. */
export type EmailHeader = readonly [name: string, value: string];

/** A mail as it is shown. */
export interface Email {
  /** Those that a person looks for, by their names for people, decoded, in the order in which mails are read. */
  readonly headers: readonly EmailHeader[];
  /** All as they came. */
  readonly allHeaders: readonly EmailHeader[];
  readonly text: string;
  /** Whether the text was made from HTML, whose looks are lost. */
  readonly isFromHtml: boolean;
  readonly attachments: readonly EmailAttachment[];
}

/** `Tuesday, 3 November 2026 at 14:05`. */
const moments = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }),
);

/**
 * Reads a mail (RFC 5322).
 *
 * @throws ViewerProblem where it is none: it has no header.
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
  return {
    headers: headers.filter(([, value]) => value !== ''),
    allHeaders: mail.headers.map(({ originalKey, value }) => [originalKey, value]),
    text: text ?? (html === undefined ? '' : textOfHtml(html)),
    isFromHtml: text === undefined && html !== undefined,
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      // Of a type that no browser opens, whatever the mail says.
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

/** A date that is none is shown as it came. */
function describeDate(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : moments().format(time);
}

function toBlobPart(content: ArrayBuffer | Uint8Array | string): BlobPart {
  return content instanceof Uint8Array ? Uint8Array.from(content) : content;
}
