import type { Storage } from './compound-file';

/** Ids of properties in use here ([MS-OXPROPS]). */
export const ID = {
  messageClass: 0x001a,
  subject: 0x0037,
  deliveryTime: 0x0e06,
  submitTime: 0x0039,
  headers: 0x007d,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  senderSmtp: 0x5d01,
  displayTo: 0x0e04,
  displayCc: 0x0e03,
  displayBcc: 0x0e02,
  recipientKind: 0x0c15,
  displayName: 0x3001,
  address: 0x3003,
  smtp: 0x39fe,
  attachmentBytes: 0x3701,
  attachmentName: 0x3704,
  attachmentLongName: 0x3707,
  attachmentMethod: 0x3705,
  codePage: 0x3ffd,
  internetCodePage: 0x3fde,
} as const;

/** Types of properties ([MS-OXCDATA] 2.11.1). */
const TYPE = { text8: '001E', text: '001F', bytes: '0102', object: '000D' };
const INTEGER = 0x0003;
const TIME = 0x0040;

const PROPERTY_BYTES = 16;

/** Sizes of the head of the property stream, in bytes, by the storage that it is in ([MS-OXMSG] 2.4). */
export const HEAD_BYTES = { mail: 32, embeddedMail: 24, part: 8 } as const;

/** Time between the epochs of Windows (1601) and of JavaScript (1970), in milliseconds. */
const EPOCH_MS = 11_644_473_600_000;

/** Encodings by code page, for texts of one byte a character. Others are read as Windows-1252. */
const ENCODINGS: Readonly<Record<number, string>> = {
  ...{ 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5', 20866: 'koi8-r', 28591: 'iso-8859-1' },
  ...{ 28592: 'iso-8859-2', 50220: 'iso-2022-jp', 51932: 'euc-jp', 54936: 'gb18030', 65001: 'utf-8' },
  ...{ 1250: 'windows-1250', 1251: 'windows-1251', 1253: 'windows-1253', 1254: 'windows-1254' },
  ...{ 1255: 'windows-1255', 1256: 'windows-1256', 1257: 'windows-1257', 1258: 'windows-1258' },
};

/** Properties of a mail, a recipient or an attachment ([MS-OXMSG]). */
export class Properties {
  /** Values of the property stream, by tag: the id and the type. */
  readonly #values = new Map<number, DataView>();

  constructor(
    private readonly storage: Storage,
    headBytes: number,
    /** Code page of the mail around it. */
    private readonly outerCodePage?: number,
  ) {
    const bytes = storage.streams.get('__properties_version1.0')?.read() ?? new Uint8Array();
    for (let at = headBytes; at + PROPERTY_BYTES <= bytes.length; at += PROPERTY_BYTES) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + at, PROPERTY_BYTES);
      this.#values.set(view.getUint32(0, true), new DataView(view.buffer, view.byteOffset + 8, 8));
    }
  }

  /** Code page of texts of one byte a character. */
  get codePage(): number | undefined {
    return this.number(ID.codePage) ?? this.number(ID.internetCodePage) ?? this.outerCodePage;
  }

  /** Code page of the HTML. */
  get htmlCodePage(): number | undefined {
    return this.number(ID.internetCodePage) ?? this.codePage;
  }

  /** Returns a text, or an empty one if it is missing. */
  text(id: number): string {
    const wide = this.#stream(id, TYPE.text);
    if (wide) return trimZeros(new TextDecoder('utf-16le').decode(wide));
    const narrow = this.#stream(id, TYPE.text8);
    return narrow ? trimZeros(decodeText(narrow, this.codePage)) : '';
  }

  bytes(id: number): Uint8Array | undefined {
    return this.#stream(id, TYPE.bytes);
  }

  number(id: number): number | undefined {
    return this.#values.get(id * 0x10000 + INTEGER)?.getInt32(0, true);
  }

  /** Returns a time, or `undefined` if it is missing or beyond the years of JavaScript. */
  time(id: number): Date | undefined {
    const value = this.#values.get(id * 0x10000 + TIME);
    if (!value) return undefined;
    // In units of 100 nanoseconds.
    const time = new Date(Number(value.getBigUint64(0, true) / 10_000n) - EPOCH_MS);
    return Number.isNaN(time.getTime()) ? undefined : time;
  }

  /** Returns a storage that is the value of a property, such as an embedded mail. */
  object(id: number): Storage | undefined {
    return this.storage.storages.get(nameOf(id, TYPE.object));
  }

  #stream(id: number, type: string): Uint8Array | undefined {
    return this.storage.streams.get(nameOf(id, type))?.read();
  }
}

function nameOf(id: number, type: string): string {
  return `__substg1.0_${id.toString(16).toUpperCase().padStart(4, '0')}${type}`;
}

/** Decodes a text by its Windows code page. */
export function decodeText(bytes: Uint8Array, codePage: number | undefined): string {
  return new TextDecoder(ENCODINGS[codePage ?? 1252] ?? 'windows-1252').decode(bytes);
}

function trimZeros(text: string): string {
  return text.replace(/\0+$/, '');
}
