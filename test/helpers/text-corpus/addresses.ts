import { createHash } from 'node:crypto';

/** Base URLs of the organization that the texts belong to. */
export const BASE_URLS = ['https://dev.azure.com/fabrikam/', 'https://fabrikam.visualstudio.com/'];

/** Names as people, programs and editors give them. */
const NAMES = [
  'image.png',
  'image-20260314-091244.png',
  'Screenshot 2026-03-14 at 09.12.44.png',
  'clip_image002.jpg',
  'Ergebnis (2) – Kopie.png',
  'スクリーンショット 1.png',
  "customer's cart & totals.png",
  '100%.gif',
  'a[1]_b*c~d.png',
  'capture.PNG',
  'cid_image001.png@01D9A3B2.jpg',
  'photo+crop;v=2.jpeg',
];

/** Project in old addresses, as a GUID and as a name. */
const [PROJECT_ID, PROJECT] = ['a1b2c3d4-0000-4000-8000-123456789abc', 'Shop%20floor'];

/** Addresses of attachments, from the newest generation to the oldest, of each product. */
const FORMS: readonly ((id: string, name: string) => string)[] = [
  (id, name) => `https://dev.azure.com/fabrikam/${PROJECT_ID}/_apis/wit/attachments/${id}?fileName=${name}`,
  (id, name) => `https://dev.azure.com/fabrikam/_apis/wit/attachments/${id}?fileName=${name}`,
  (id, name) =>
    `https://dev.azure.com/fabrikam/${PROJECT}/_apis/wit/attachments/${id.toUpperCase()}?fileName=${name}&download=true`,
  (id, name) => `https://dev.azure.com/contoso/_apis/wit/attachments/${id}?fileName=${name}`,
  (id) => `https://dev.azure.com/fabrikam/_apis/wit/attachments/${id}`,
  (id, name) =>
    `https://fabrikam.visualstudio.com/DefaultCollection/_apis/wit/attachments/${id}?api-version=1.0&fileName=${name}`,
  (id, name) =>
    `https://fabrikam.visualstudio.com/${PROJECT_ID}/_apis/wit/attachments/${id}?fileName=${name}`,
  (id, name) =>
    `https://fabrikam.visualstudio.com/WorkItemTracking/v1.0/AttachFileHandler.ashx?FileNameGuid=${id}&FileName=${name}`,
  (id, name) =>
    `https://tailspin.visualstudio.com/DefaultCollection/WorkItemTracking/v1.0/AttachFileHandler.ashx?FileNameGuid=${id}&FileName=${name}`,
  (id, name) =>
    `http://tfs.contoso.local:8080/tfs/DefaultCollection/WorkItemTracking/v1.0/AttachFileHandler.ashx?FileNameGuid=${id}&FileName=${name}`,
  (id, name) =>
    `http://tfs.contoso.local:8080/tfs/DefaultCollection/_apis/wit/attachments/${id}?fileName=${name}`,
  (id, name) =>
    `https://devops.contoso.local/Main%20Collection/${PROJECT}/_apis/wit/attachments/${id}?fileName=${name}`,
  (id, name) => `/tfs/DefaultCollection/${PROJECT}/_apis/wit/attachments/${id}?fileName=${name}`,
];

/** Pictures that are no attachments. */
const PICTURES: readonly ((id: string, name: string) => string)[] = [
  (_id, name) => `https://images.example.com/shop/${name}?v=2&size=large`,
  (id) => `https://wiki.example.com/download/thumbnails/${id}/page.png#top`,
  (id) => `data:image/png;base64,iVBORw0KGgo${id.replaceAll('-', '')}==`,
  (id) => `data:image/svg+xml;utf8,%3Csvg%20id='${id.slice(0, 8)}'/%3E`,
];

/** A file that a text shows or links to. */
export interface CorpusFile {
  readonly address: string;
  readonly isPicture: boolean;
}

/** Gives addresses to a text and notes those that a reader of the text must find, in this order. */
export interface Slots {
  /** Address of a picture, mostly of an attachment. */
  readonly picture: () => string;
  /** Address of an attachment that the text links to. */
  readonly link: () => string;
  /** The same, with a scheme and a host. */
  readonly fullLink: () => string;
  /** Address of an attachment that nothing shows or links to. */
  readonly none: () => string;
  /** Words that are different each time, for labels of references. */
  readonly word: () => string;
}

/**
 * Creates the slots of a text.
 *
 * @param seed Decides about the addresses.
 */
export function slotsOf(seed: string, files: CorpusFile[]): Slots {
  let count = 0;
  const guid = (): string => {
    const hex = createHash('md5').update(`${seed} ${++count}`).digest('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  const addressOf = (forms: typeof FORMS): string => {
    const id = guid();
    const number = Number.parseInt(id.slice(0, 8), 16);
    const name = NAMES[number % NAMES.length] ?? '';
    const form = forms[Math.floor(number / NAMES.length) % forms.length];
    return form?.(id, encodeURIComponent(name)) ?? '';
  };
  const noted = (address: string, isPicture: boolean): string => {
    files.push({ address, isPicture });
    return address;
  };
  return {
    picture: () => noted(addressOf(count % 5 === 4 ? PICTURES : FORMS), true),
    link: () => noted(addressOf(FORMS), false),
    fullLink: () => noted(addressOf(FORMS.slice(0, -1)), false),
    none: () => addressOf(FORMS),
    word: () => guid().slice(0, 8),
  };
}
