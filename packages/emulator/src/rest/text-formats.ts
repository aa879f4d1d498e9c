import type { Assumptions, EmulatorMode } from '../contract';
import type { FieldDefinition } from './fields';
import { formatAlone, formatIsFinal, formatNotSupported, malformed } from './refusals';
import type { PatchOperation } from './json-patch';
import type { TextFormat, WorkItem } from './work-item';

/** Members of the store for the formats of long texts. */
export interface TextStore {
  readonly mode: EmulatorMode;
  readonly assumptions: Pick<Assumptions, 'textFormats'>;
  readonly fields: ReadonlyMap<string, FieldDefinition>;
}

/** First version of the official description with `multilineFieldsFormat`. */
const firstVersion = 7.2;

/** Reads the name of a format, in any letter case; throws the refusal. Assumed: the text. */
export function readFormat(value: unknown): TextFormat {
  const format = String(value).toLowerCase();
  if (format !== 'html' && format !== 'markdown') throw malformed(`The format "${format}" is not known.`);
  return format;
}

/** Sets the format of a long text; throws the refusal. Microsoft's announcement: Markdown is final. */
export function withFormat(store: TextStore, item: WorkItem, field: string, value: unknown): WorkItem {
  if (store.fields.get(field)?.type !== 'html') throw formatNotSupported(field);
  const format = readFormat(value);
  const isMarkdown = item.markdownFields.includes(field);
  if (isMarkdown && format === 'html') throw formatIsFinal(field);
  if (isMarkdown || format === 'html') return item;
  return { ...item, markdownFields: [...item.markdownFields, field] };
}

/** Refuses a new format without a new text; a Microsoft employee names this rule. */
export function checkFormats(before: WorkItem, after: WorkItem, operations: readonly PatchOperation[]): void {
  const isWritten = (field: string) =>
    operations.some(({ op, path }) => op !== 'test' && path === `/fields/${field}`);
  const alone = after.markdownFields.find(
    (field) => !before.markdownFields.includes(field) && !isWritten(field),
  );
  if (alone !== undefined) throw formatAlone(alone);
}

/** Fields with a format in an answer of the requested version; `null` if it has no `multilineFieldsFormat`. */
export function formattedFields(store: TextStore, version: string | null): ReadonlySet<string> | null {
  if (store.mode === 'server') return null;
  const isDescribed = Number.parseFloat(version ?? '') >= firstVersion;
  if (!isDescribed && store.assumptions.textFormats === 'from 7.2') return null;
  const fields = [...store.fields.values()].filter(({ type }) => type === 'html' || type === 'history');
  return new Set(fields.map(({ referenceName }) => referenceName));
}
