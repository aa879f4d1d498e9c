import type { FormFields, FormText } from '../../azure/host/form-fields';
import type { LongTexts, TextFormat } from '../../azure/rest/long-texts';
import type { Insertion } from '../../upload/texts/insertion';
import { appendInsertion } from '../../upload/texts/insertion';

/** Outcome of adding a file to a field of the form. */
export type FieldOutcome =
  /** It is an unsaved edit now. */
  | 'inserted'
  /** Nothing was changed: the field is read-only, another work item is active, or the form gave no usable answer. */
  | 'read-only'
  | 'other-item'
  | 'no-form'
  /** Nothing was changed: the text does not end where something can be added. */
  | 'no-place'
  /** Nothing was changed: the form takes no Markdown for a text in Markdown. */
  | 'no-markdown'
  /** The form shows another text than the one written, and the old one could not be put back. */
  | 'unclear';

/** A field of a work item, and a file for its text. */
export interface FieldOrder {
  readonly workItemId: number;
  /** Reference name. */
  readonly field: string;
  readonly insertion: Insertion;
}

/**
 * Adds a file to the end of a text in the form, as an unsaved edit of the person. Formats are never mixed: it is not
 * known whether the form takes Markdown for a text in Markdown, so a form that shows another one gets its text back.
 *
 * @throws StaplerError if the format cannot be read.
 */
export async function insertIntoField(
  form: FormFields,
  texts: Pick<LongTexts, 'readTextFields'>,
  { workItemId, field, insertion }: FieldOrder,
): Promise<FieldOutcome> {
  const { fields, revision } = await texts.readTextFields(workItemId);
  const { text: onServer = '', format = 'html' } = fields.find((each) => each.field === field) ?? {};
  const before = await form.read(workItemId, field);
  if (typeof before === 'string') return before === 'failed' ? 'no-form' : before;
  // The host did not tell the text; a write would replace it.
  if (before.stored === '' && onServer !== '') return 'no-form';
  if (format === 'markdown' && isConverted(before, { text: onServer, revision })) return 'no-markdown';
  const wanted = appendInsertion(before.current, format, insertion);
  if (wanted === undefined) return 'no-place';

  const written = await form.write(workItemId, field, wanted);
  if (written === 'read-only' || written === 'other-item') return written;
  const after = await form.read(workItemId, field);
  if (typeof after === 'string') return 'unclear';
  if (isTaken(after.current, wanted, { format, before: before.current })) return 'inserted';
  const refusal = format === 'markdown' && written === 'sent' ? 'no-markdown' : 'no-form';
  if (after.current === before.current) return refusal;
  await form.write(workItemId, field, before.current);
  const restored = await form.read(workItemId, field);
  return typeof restored !== 'string' && restored.current === before.current ? refusal : 'unclear';
}

/** Whether the form seems to tell HTML for a text that the server has in Markdown. */
function isConverted(
  { current, stored, revision }: FormText,
  onServer: { readonly text: string; readonly revision: number },
): boolean {
  // A text without Markdown syntax may be the same in both.
  if (stored !== '' && isSameText(stored, onServer.text)) return false;
  return (stored !== '' && revision === onServer.revision) || isLikeHtml(current);
}

/** Whether the form shows the written text. It may write the same HTML in another way. */
function isTaken(
  current: string,
  wanted: string,
  { format, before }: { readonly format: TextFormat; readonly before: string },
): boolean {
  if (isSameText(current, wanted)) return true;
  const tags = (html: string): number => html.match(/<(?:img|a)\s/gi)?.length ?? 0;
  return format === 'html' && tags(current) > tags(before);
}

/** Compares texts without line ends, which editors write in their own way. */
function isSameText(one: string, other: string): boolean {
  const normal = (text: string): string => text.replace(/\r\n?/g, '\n').trimEnd();
  return normal(one) === normal(other);
}

/** Whether a text is HTML from the first to the last character, as a host writes it. */
function isLikeHtml(text: string): boolean {
  return /^\s*<[a-z][^]*>\s*$/i.test(text);
}
