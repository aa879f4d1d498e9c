import type { WorkItem } from '../../azure/work-item';
import { organizationUrls, parseUrl } from '../../azure/organization-urls';
import type { Addition } from '../../azure/rest/additions';
import { attachmentUrl } from '../../azure/rest/attachments';
import type { Connection } from '../../azure/rest/connection';
import type { LongText } from '../../azure/rest/long-texts';
import { longTextsOf } from '../../azure/rest/long-texts';
import { kindOf } from '../../base/file-kind';
import { t } from '../../base/i18n/translate';
import type { FilePlace } from '../../upload/texts/file-place';
import { placeOf } from '../../upload/texts/file-place';
import type { TextFile } from '../../upload/texts/text-file';
import { filesInText } from '../../upload/texts/text-files';
import type { AttachedFile, InText, TextOfItem, TextUse } from '../model/attached-file';
import { embeddedType, readEmbedded } from './embedded';
import type { TextFiles } from './texts-state';
import { describeInText } from './text-sentences';

export { readEmbedded };

/** Files listed for each text. */
export const MAX_FILES_PER_TEXT = 1_000;

/** What is known about the work item of the texts. */
export interface KnownItem {
  readonly workItem: Pick<WorkItem, 'id' | 'type' | 'project' | 'projectId'>;
  /** Its attachments: their sizes are known. */
  readonly attached: readonly AttachedFile[];
  /** Authors and times by GUID. */
  readonly additions: ReadonlyMap<string, Addition> | undefined;
}

/**
 * Reads the files that the texts of a work item show or link to.
 *
 * @throws StaplerError when a text cannot be read.
 */
export type ReadTextFiles = (
  known: KnownItem,
  options: { readonly withComments: boolean; readonly signal?: AbortSignal },
) => Promise<TextFiles>;

/** Creates a reader, which remembers what the server can answer. */
export function createTextReader(connection: Connection): ReadTextFiles {
  const longTexts = longTextsOf(connection);
  return async (known, { withComments, signal }) => {
    const { id: workItemId, project } = known.workItem;
    const [baseUrl, fields, comments] = await Promise.all([
      connection.getBaseUrl(),
      longTexts.readFields(workItemId, signal),
      withComments ? longTexts.readComments(workItemId, project, signal) : [],
    ]);
    const texts: readonly ItemText[] = [
      ...fields.map(({ field, name, ...text }) => ({ of: { kind: 'field' as const, field, name }, ...text })),
      ...comments.map(({ id, by, at, ...text }) => ({
        of: { kind: 'comment' as const, id, by, at },
        ...text,
      })),
    ];
    return { ...filesOfTexts(texts, known, organizationUrls(baseUrl)), withComments };
  };
}

/** A text with its place in the work item. */
export interface ItemText extends LongText {
  readonly of: TextOfItem;
}

/**
 * Returns the files of texts, in their order.
 *
 * @param baseUrls Base URLs of the organization or collection, at least one.
 */
export function filesOfTexts(
  texts: readonly ItemText[],
  known: KnownItem,
  baseUrls: readonly string[],
): Pick<TextFiles, 'files' | 'cut'> {
  const files = new Map<string, FoundFile>();
  const cut: TextOfItem[] = [];
  for (const { of, text, format } of texts) {
    const found = filesInText(text, format).flatMap((file) => {
      const place = placeOf(file.address, baseUrls);
      return isListed(file, place) ? [{ file, place }] : [];
    });
    if (found.length > MAX_FILES_PER_TEXT) cut.push(of);
    for (const { file, place } of found.slice(0, MAX_FILES_PER_TEXT)) {
      const use: TextUse = { text: of, source: { text, format }, file };
      const before = files.get(idOf(file, place));
      if (before) before.uses.push(use);
      else files.set(idOf(file, place), { file, place, uses: [use] });
    }
  }
  return { files: [...files.values()].map((found) => listedFile(found, known, baseUrls[0] ?? '')), cut };
}

/** A file with all of its uses. */
interface FoundFile {
  readonly file: TextFile;
  readonly place: FilePlace;
  readonly uses: TextUse[];
}

/** Whether it is a picture or an attachment. Pictures without an address that can be loaded are none. */
function isListed({ isPicture }: TextFile, { kind }: FilePlace): boolean {
  return kind === 'attachment' || kind === 'attachment-elsewhere' || (isPicture && kind !== 'unknown');
}

/**
 * Returns what all uses of a file have in common: the GUID of an attachment of this organization, or the address.
 *
 * @param baseUrls Base URLs of the organization or collection, at least one.
 */
export function identify(file: TextFile, baseUrls: readonly string[]): string {
  return idOf(file, placeOf(file.address, baseUrls));
}

function idOf({ address }: TextFile, place: FilePlace): string {
  return place.kind === 'attachment' ? place.id : address;
}

function listedFile({ file, place, uses }: FoundFile, known: KnownItem, baseUrl: string): AttachedFile {
  const { workItem, attached, additions } = known;
  const id = idOf(file, place);
  const url = place.kind === 'attachment' ? attachmentUrl(baseUrl, id) : file.address;
  const name = nameOf(file, place, baseUrl);
  const inText: InText = { place: placeFor(place, workItem), uses };
  const text = uses[0]?.text;
  const { by = '', at = NaN } = (text?.kind === 'comment' ? text : additions?.get(id)) ?? {};
  return {
    workItemId: workItem.id,
    workItemType: workItem.type,
    reference: { id, url },
    name,
    kind: file.isPicture ? 'image' : kindOf(name),
    size: sizeOf(file, place, attached),
    comment: describeInText(inText, 'url' in place ? place.url.host : ''),
    folder: '',
    addedAt: at,
    addedBy: by,
    inText,
  };
}

function placeFor(place: FilePlace, { project, projectId }: KnownItem['workItem']): InText['place'] {
  if (place.kind === 'embedded') return 'embedded';
  if (place.kind !== 'attachment') return 'elsewhere';
  const { project: other = project } = place;
  const isGuid = GUID.test(other);
  // Without its own GUID, the project of the work item cannot be told from others.
  const isOwn = isGuid ? projectId === '' || other.toLowerCase() === projectId : isSameName(other, project);
  return isOwn ? 'here' : 'other-project';
}

function isSameName(a: string, b: string): boolean {
  return a.localeCompare(b, undefined, { sensitivity: 'accent' }) === 0;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Name in the address of an attachment, otherwise the alternative text. A picture gets an ending if it has none. */
function nameOf(file: TextFile, place: FilePlace, baseUrl: string): string {
  const words = file.label.replace(/\s+/g, ' ').trim();
  const name = nameInAddress(file.address, baseUrl) ?? (words === '' ? t('Image') : words);
  if (!file.isPicture || kindOf(name) === 'image') return name;
  const subtype =
    place.kind === 'embedded' ? /^image\/([a-z]+)/.exec(embeddedType(file.address))?.[1] : undefined;
  const ending = subtype !== undefined && kindOf(`.${subtype}`) === 'image' ? subtype : 'png';
  return `${name}.${ending}`;
}

function nameInAddress(address: string, baseUrl: string): string | undefined {
  // Old texts have a path alone.
  const url = parseUrl(address, baseUrl);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const parameter = [...url.searchParams].find(([key]) => key.toLowerCase() === 'filename')?.[1];
  if (parameter !== undefined && parameter !== '') return parameter;
  const last = url.pathname.split('/').at(-1) ?? '';
  return kindOf(last) === 'other' ? undefined : last;
}

function sizeOf(
  { address }: TextFile,
  place: FilePlace,
  attached: readonly AttachedFile[],
): number | undefined {
  if (place.kind === 'embedded') return readEmbedded(address).size;
  const id = place.kind === 'attachment' ? place.id : undefined;
  return attached.find(({ reference }) => reference.id === id)?.size;
}
