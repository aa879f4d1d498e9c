import type { Address } from 'postal-mime';
import PostalMime from 'postal-mime';
import { perLanguage, t } from '../../../base/i18n/translate';
import { ViewerProblem } from '../viewer-problem';

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

/** Elements on a line of their own. */
const BLOCKS =
  'address, article, blockquote, br, div, dl, dt, dd, h1, h2, h3, h4, h5, h6, hr, li, ol, p, pre, table, tr, ul';

/** Elements without visible text. */
const INVISIBLE = 'script, style, noscript, template, title, head';

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
  return {
    headers: headers.filter(([, value]) => value !== ''),
    allHeaders: mail.headers.map(({ originalKey, value }) => [originalKey, value]),
    text: text ?? (html === undefined ? '' : textOfHtml(html)),
    isFromHtml: text === undefined && html !== undefined,
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      // No browser opens this type; the type in the mail is not trusted.
      bytes: new Blob([toBlobPart(content)], { type: 'application/octet-stream' }),
    })),
  };
}

/**
 * Returns the text of an HTML document. It is parsed without a window: no script runs and no resource loads.
 */
export function textOfHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll(INVISIBLE)) element.remove();
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let text = '';
  while (walker.nextNode()) {
    const { currentNode } = walker;
    if (currentNode instanceof Element) text += currentNode.matches(BLOCKS) ? '\n' : '';
    else text += currentNode.nodeValue?.replace(/\s+/g, ' ') ?? '';
  }
  return text
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
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
