import { ViewerProblem } from '../../viewer-problem';
import { textOfHtml } from '../html-text';
import type { EmailAttachment, EmailHeader, ParsedEmail } from '../parsed-email';
import type { Storage } from './compound-file';
import { readCompoundFile } from './compound-file';
import { unpackRtf } from './compressed-rtf';
import { decodeText, HEAD_BYTES, ID, Properties } from './properties';
import { readRtf } from './rtf-text';
import { writeEml } from './write-eml';

/** Mails inside of each other. Each level makes the bytes of the attachments longer by a third. */
const MAX_DEPTH = 4;

/** Kinds of recipients ([MS-OXOMSG] 2.2.3.1). */
const RECIPIENT = { to: 1, cc: 2, bcc: 3 };

/** Classes of encrypted mails. A mail that is only signed has the end `MultipartSigned`. */
const ENCRYPTED = /^IPM\.Note\.(?:SMIME$|rpmsg)/i;

/** A line of a header with the lines that continue it. */
const HEADER = /^([!-9;-~]+):[ \t]*(.*(?:\r?\n[ \t].*)*)/gm;

/**
 * Parses a mail of Outlook (`.msg`, [MS-OXMSG]). A mail inside becomes an attachment with the extension `eml`.
 *
 * @throws ViewerProblem `no-email` If it is no such mail; `too-many-parts` for more than four mails inside of each other.
 */
export function parseOutlook(bytes: Uint8Array): Promise<ParsedEmail> {
  const storage = readCompoundFile(bytes);
  if (!storage.streams.has('__properties_version1.0')) throw new ViewerProblem('no-email');
  return readMail(storage, 0);
}

async function readMail(storage: Storage, depth: number): Promise<ParsedEmail> {
  if (depth > MAX_DEPTH) throw new ViewerProblem('too-many-parts');
  const mail = new Properties(storage, depth === 0 ? HEAD_BYTES.mail : HEAD_BYTES.embeddedMail);
  const recipients = recipientsOf(storage, mail.codePage);
  const messageClass = mail.text(ID.messageClass);
  return {
    from: describe(mail.text(ID.senderName), [mail.text(ID.senderSmtp), mail.text(ID.senderAddress)]),
    to: recipients.get(RECIPIENT.to)?.join(', ') ?? mail.text(ID.displayTo),
    cc: recipients.get(RECIPIENT.cc)?.join(', ') ?? mail.text(ID.displayCc),
    bcc: recipients.get(RECIPIENT.bcc)?.join(', ') ?? mail.text(ID.displayBcc),
    date: (mail.time(ID.submitTime) ?? mail.time(ID.deliveryTime))?.toISOString() ?? '',
    subject: mail.text(ID.subject),
    allHeaders: headersOf(mail.text(ID.headers)),
    ...bodyOf(mail),
    isEncrypted: ENCRYPTED.test(messageClass),
    ...(await attachmentsOf(storage, mail.codePage, depth)),
  };
}

/** `Jürgen <juergen@example.com>`. Addresses of Exchange, which mean nothing outside of it, are left out. */
function describe(name: string, addresses: readonly string[]): string {
  const address = addresses.find((one) => one.includes('@')) ?? '';
  if (name === '' || name === address) return address;
  return address === '' ? name : `${name} <${address}>`;
}

function recipientsOf(
  storage: Storage,
  codePage: number | undefined,
): ReadonlyMap<number, readonly string[]> {
  const recipients = new Map<number, string[]>();
  for (const part of partsOf(storage, '__recip_version1.0_#')) {
    const properties = new Properties(part, HEAD_BYTES.part, codePage);
    const kind = properties.number(ID.recipientKind) ?? RECIPIENT.to;
    const addresses = [properties.text(ID.smtp), properties.text(ID.address)];
    const names = recipients.get(kind) ?? [];
    names.push(describe(properties.text(ID.displayName), addresses));
    recipients.set(kind, names);
  }
  return recipients;
}

/** Returns the storages with a numbered name, in order. */
function partsOf({ storages }: Storage, prefix: string): readonly Storage[] {
  return [...storages]
    .filter(([name]) => name.startsWith(prefix))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, part]) => part);
}

/** Returns the headers of the mail as it was sent, if they are kept. */
function headersOf(text: string): readonly EmailHeader[] {
  return Array.from(text.matchAll(HEADER), ([, name = '', value = '']): EmailHeader => [
    name,
    value.replace(/\r?\n[ \t]+/g, ' ').trimEnd(),
  ]);
}

/** Returns the plain text, the words of the HTML, or those of the RTF. */
function bodyOf(mail: Properties): Pick<ParsedEmail, 'text' | 'isFromHtml'> {
  const text = mail.text(ID.body);
  if (text.trim() !== '') return { text, isFromHtml: false };
  const bytes = mail.bytes(ID.html);
  const html = bytes ? decodeText(bytes, mail.htmlCodePage) : mail.text(ID.html);
  if (html !== '') return { text: textOfHtml(html), isFromHtml: true };
  const rtf = unpackRtf(mail.bytes(ID.rtf) ?? new Uint8Array());
  if (!rtf) return { text: '', isFromHtml: false };
  const words = readRtf(rtf);
  return words.isHtml
    ? { text: textOfHtml(words.text), isFromHtml: true }
    : { text: words.text.trim(), isFromHtml: false };
}

async function attachmentsOf(
  storage: Storage,
  codePage: number | undefined,
  depth: number,
): Promise<Pick<ParsedEmail, 'attachments' | 'missingAttachments'>> {
  const attachments: EmailAttachment[] = [];
  const missingAttachments: string[] = [];
  for (const [index, part] of partsOf(storage, '__attach_version1.0_#').entries()) {
    const properties = new Properties(part, HEAD_BYTES.part, codePage);
    const name =
      [ID.attachmentLongName, ID.attachmentName, ID.displayName]
        .map((id) => properties.text(id))
        .find(Boolean) ?? '';
    const bytes = properties.bytes(ID.attachmentBytes);
    const inner = properties.object(ID.attachmentBytes);
    if (bytes)
      // No browser opens this type; the type in the mail is not trusted.
      attachments.push({
        name,
        bytes: new Blob([Uint8Array.from(bytes)], { type: 'application/octet-stream' }),
      });
    else if (inner?.streams.has('__properties_version1.0')) {
      const mail = await readMail(inner, depth + 1);
      attachments.push({
        name: `${mail.subject || name}.eml`,
        bytes: await writeEml(mail, `mail-${depth}-${index}`),
      });
    } else missingAttachments.push(name);
  }
  return { attachments, missingAttachments };
}
