import type { Address } from 'postal-mime';
import PostalMime from 'postal-mime';
import { ViewerProblem } from '../viewer-problem';
import { textOfHtml } from './html-text';
import { isCompoundFile } from './outlook/is-compound-file';
import type { ParsedEmail } from './parsed-email';

/** Types of content that only a mail program with a key can read: S/MIME, and OpenPGP. */
const ENCRYPTED =
  /^\s*(?:multipart\/encrypted\b|application\/(?:x-)?pkcs7-mime\b(?!.*smime-type="?signed))/is;

/**
 * Parses a mail: of Outlook, as its first bytes tell, or of RFC 5322.
 *
 * @throws ViewerProblem `no-email` If it has no headers; `too-many-parts` for too many mails inside of each other.
 */
export async function parseEmail(bytes: Blob): Promise<ParsedEmail> {
  const all = await bytes.arrayBuffer();
  if (isCompoundFile(new Uint8Array(all))) {
    // Most mails do not need it.
    const { parseOutlook } = await import(/* webpackChunkName: "parse-outlook" */ './outlook/parse-outlook');
    return parseOutlook(new Uint8Array(all));
  }
  const mail = await parse(all);
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
    isEncrypted: mail.headers.some(({ key, value }) => key === 'content-type' && ENCRYPTED.test(value)),
    missingAttachments: [],
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      // No browser opens this type; the type in the mail is not trusted.
      bytes: new Blob([toBlobPart(content)], { type: 'application/octet-stream' }),
    })),
  };
}

async function parse(bytes: ArrayBuffer): ReturnType<typeof PostalMime.parse> {
  let mail;
  try {
    mail = await PostalMime.parse(bytes);
  } catch (error) {
    throw new ViewerProblem('no-email', { cause: error });
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
  if (!address) return name;
  return name === '' ? address : `${name} <${address}>`;
}

function toBlobPart(content: ArrayBuffer | Uint8Array | string): BlobPart {
  return content instanceof Uint8Array ? Uint8Array.from(content) : content;
}
