import type { FieldText, LongTexts } from '../../azure/rest/long-texts';
import { longTextsOf } from '../../azure/rest/long-texts';
import { assertWritable } from '../../azure/rest/many-work-items';
import type { PatchOperation } from '../../azure/rest/work-items';
import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { CancelledError, toProblem } from '../../base/errors';
import { retry } from '../../base/retry';
import { createAttachments } from '../../gallery/attachments';
import { stemLength } from '../../gallery/changes/new-name';
import { imageUrl } from '../../gallery/model/file-links';
import { readImageSize } from '../../gallery/viewers/image/image-size';
import { planItemOf } from '../../bulk/run/plan-item';
import { addAttachmentsPatch, testRevision } from '../../upload/link/json-patch';
import { createNameRepair } from '../../upload/link/repair-names';
import { createCommentWriter } from '../../upload/texts/comment-writer';
import type { Insertion, PictureWidth } from '../../upload/texts/insertion';
import { appendInsertion, writeInsertion } from '../../upload/texts/insertion';
import { untilDone } from '../../upload/texts/until-done';
import { createNaming } from '../../upload/transport/transfer-tools';
import type { LocalFile } from '../attach/local-file';
import { openFiles } from '../attach/local-file';
import type { Engine } from '../engine';
import { problemsByPolicy } from '../policy/judge-images';
import type { ChosenPolicy, PolicyOptions } from '../policy/policies';
import { withRules } from '../policy/policies';
import { strictestRules } from '../../upload/rules/strictest-rules';
import type { CheckOptions, ChosenRules, FileCheck } from '../rules/check-files';
import { linkAll } from '../link-all';
import type { PlannedImage, StoredImage } from './upload-images';
import { planImages, uploadImages } from './upload-images';

/** Images for a text of a work item. */
export interface InsertOrder {
  readonly workItemId: number;
  readonly images: readonly LocalFile[];
  /** Display name or reference name of a field. Default: a new comment. */
  readonly field?: string;
  /** Default: the name of the file, without its extension. */
  readonly alternativeText?: string;
  /** Default: `small`. */
  readonly width?: PictureWidth;
  /** The stricter one of these and those of the policy counts. */
  readonly rules?: ChosenRules;
  readonly policy?: ChosenPolicy;
  /** Whether nothing is changed. Default: false. */
  readonly isDryRun?: boolean;
}

/** Options of `insert`. */
export interface InsertOptions extends Pick<CheckOptions, 'onCheck'>, PolicyOptions {
  readonly signal?: AbortSignal;
}

/** Result for one image. */
export interface InsertRow {
  readonly path: string;
  /** Name of the attachment. */
  readonly name: string;
  /** GUID of the attachment; left out for one that is not sent yet (`isDryRun`). */
  readonly id?: string;
  /** `planned`: it would be inserted (`isDryRun`). */
  readonly outcome: 'inserted' | 'already-inserted' | 'planned' | 'failed';
  /** Reason why it could not be attached; it is in no comment then. */
  readonly problem?: Problem;
}

/** Result of `insert`. */
export type InsertResult =
  | {
      readonly kind: 'done';
      readonly workItem: WorkItem;
      /** Name of the field; `undefined` for a comment. */
      readonly field: string | undefined;
      readonly rows: readonly InsertRow[];
    }
  /** Nothing was changed: there is no such field. */
  | { readonly kind: 'no-field'; readonly workItem: WorkItem; readonly names: readonly string[] }
  /** Nothing was changed: these files are no images. */
  | { readonly kind: 'no-images'; readonly paths: readonly string[] }
  /** Nothing was changed: the rules refuse these files. */
  | {
      readonly kind: 'refused';
      readonly files: readonly (Pick<FileCheck, 'path'> & Required<Pick<FileCheck, 'problem'>>)[];
    }
  /** Nothing was changed: the text does not end where an image can be added, or it is too long. */
  | { readonly kind: 'no-place'; readonly workItem: WorkItem; readonly field: string };

/**
 * Attaches images to a work item and shows them at the end of one of its texts, each once. A field and the attachments
 * change in one revision, on the text as it is then.
 *
 * @throws StaplerError if the work item cannot be read or changed, or a required policy cannot be read; CancelledError
 *   after an abort.
 */
export async function insert(
  engine: Engine,
  order: InsertOrder,
  { signal = new AbortController().signal, onCheck, onPolicyProblem }: InsertOptions = {},
): Promise<InsertResult> {
  const { connection, workItems, runtime } = engine.services;
  const texts = longTextsOf(connection);
  const opened = await openFiles(order.images);
  const [workItem, { fields }] = await retry(
    () =>
      Promise.all([workItems.read(order.workItemId, signal), texts.readTextFields(order.workItemId, signal)]),
    { runtime, signal },
  );
  const item = planItemOf(workItem, Infinity);
  const [{ rules } = item] = await withRules(engine, [item], order.policy, { onPolicyProblem });
  const { checkFiles } = await import('../rules/check-files');
  const strictest = strictestRules(order.rules, [{ ...(rules && { rules }) }]);
  const files = await checkFiles(opened, strictest, { runtime, signal, onCheck });
  const refused = files.flatMap(({ id: path, problem }) => (problem ? [{ path, problem }] : []));
  if (refused.length > 0) return { kind: 'refused', files: refused };
  const sizes = await Promise.all(files.map(({ source }) => readImageSize(source)));
  const paths = files.filter((_, index) => !sizes[index]).map(({ id }) => id);
  if (paths.length > 0) return { kind: 'no-images', paths };
  const field = order.field === undefined ? undefined : findField(fields, order.field);
  if (order.field !== undefined && !field)
    return { kind: 'no-field', workItem, names: fields.map(({ name }) => name) };
  const comments = new Map(order.images.map(({ path, comment = '' }) => [path, comment]));
  const planned = await planImages(engine, workItem, files, comments);
  const broken = rules ? await problemsByPolicy(rules, workItem, planned) : [];
  if (broken.length > 0) return { kind: 'refused', files: broken };
  if (order.isDryRun === true)
    return planInsertion({ engine, texts, workItem, order, signal }, planned, field);
  const images = await uploadImages(engine, planned, signal);
  if (signal.aborted) throw new CancelledError();
  const work: Work = { engine, texts, workItem, images, order, signal };
  if (!field) return { kind: 'done', workItem, field: undefined, rows: await intoComment(work) };
  const rows = await intoField(work, field.field);
  return rows === undefined
    ? { kind: 'no-place', workItem, field: field.name }
    : { kind: 'done', workItem, field: field.name, rows };
}

interface Work {
  readonly engine: Engine;
  readonly texts: LongTexts;
  readonly workItem: WorkItem;
  readonly images: readonly StoredImage[];
  readonly order: InsertOrder;
  readonly signal: AbortSignal;
}

/**
 * Tells what `insert` would do.
 *
 * @throws StaplerError `no-permission` if the work item may not be changed, or another one if it cannot be read.
 */
async function planInsertion(
  { engine, texts, workItem, order, signal }: Omit<Work, 'images'>,
  planned: readonly PlannedImage[],
  field: FieldText | undefined,
): Promise<InsertResult> {
  const { connection, runtime } = engine.services;
  await retry(() => assertWritable(connection, workItem), { runtime, signal });
  const comments = field
    ? []
    : await retry(() => texts.readComments(workItem.id, workItem.project, signal), { runtime, signal });
  const shown = field ? [field.text] : comments.map(({ text }) => text);
  const rows = planned.map(({ file, name, attached }): InsertRow => {
    const isShown = attached !== undefined && shown.some((text) => isIn(text, { reference: attached }));
    const id = attached && { id: attached.id };
    return { path: file.id, name, ...id, outcome: isShown ? 'already-inserted' : 'planned' };
  });
  const isPlanned = rows.some(({ outcome }) => outcome === 'planned');
  const example = { address: engine.organization, label: '', width: order.width ?? 'small' };
  if (field && isPlanned && appendInsertion(field.text, field.format, example) === undefined)
    return { kind: 'no-place', workItem, field: field.name };
  return { kind: 'done', workItem, field: field?.name, rows };
}

/** The reference name comes first: it is unique. */
function findField(fields: readonly FieldText[], name: string): FieldText | undefined {
  const isSame = (text: string): boolean => text.toLowerCase() === name.trim().toLowerCase();
  return fields.find(({ field }) => isSame(field)) ?? fields.find((field) => isSame(field.name));
}

/** @returns `undefined` if the text has no place for an image. */
async function intoField(
  { engine, texts, workItem: { id: workItemId }, images, order, signal }: Work,
  field: string,
): Promise<readonly InsertRow[] | undefined> {
  const { services } = engine;
  const { workItems, mutex, runtime } = services;
  let before: string | undefined;
  let changed: WorkItem | undefined;

  /** @returns Whether all images are in the text. */
  async function step(): Promise<boolean> {
    const [{ revision, fields }, item] = await Promise.all([
      texts.readTextFields(workItemId, signal),
      workItems.read(workItemId, signal),
    ]);
    const { text = '', format = 'html' } = fields.find((each) => each.field === field) ?? {};
    before ??= text;
    let value: string | undefined = text;
    for (const { linkable } of images)
      if (value !== undefined && !isIn(text, linkable))
        value = appendInsertion(value, format, insertionOf(linkable, order));
    if (value === undefined) return false;
    const changes: readonly PatchOperation[] = [
      ...addAttachmentsPatch(missingFrom(item, images)),
      ...(value === text ? [] : [{ op: 'add', path: `/fields/${field}`, value } as const]),
    ];
    if (changes.length > 0)
      changed = await workItems.update(workItemId, [testRevision(revision), ...changes]);
    return true;
  }

  const isDone = await mutex.lock(workItemId, () =>
    retry(() => untilDone(runtime, step), { runtime, signal }),
  );
  if (!isDone) return undefined;
  const linked = images.map(({ linkable }) => linkable);
  const repair = createNameRepair(services, createNaming(services.learned).check);
  if (changed) await repair(workItemId, linked, { workItem: changed, failures: new Map() });
  return images.map((image) =>
    rowOf(image, isIn(before ?? '', image.linkable) ? 'already-inserted' : 'inserted'),
  );
}

/** Adds one comment with all images that no comment shows. */
async function intoComment(work: Work): Promise<readonly InsertRow[]> {
  const { engine, texts, workItem, images, order, signal } = work;
  const { runtime } = engine.services;
  const linkables = images.map(({ linkable }) => linkable);
  const attachments = createAttachments(engine.services);
  const { failures } = await linkAll(engine, attachments, workItem.id, linkables, signal);
  const comments = await retry(() => texts.readComments(workItem.id, workItem.project, signal), {
    ...{ runtime, signal },
  });
  const isShown = (linkable: LinkableAttachment): boolean =>
    comments.some(({ text }) => isIn(text, linkable));
  const attached = linkables.filter(({ reference }) => !failures.has(reference.id));
  const pending = attached.filter((linkable) => !isShown(linkable));
  const [first] = pending;
  if (first) {
    const lines = pending.map((linkable) => writeInsertion(insertionOf(linkable, order), 'html'));
    const html = lines.map((line) => `<div>${line}</div>`).join('');
    const addComment = createCommentWriter(texts);
    const shown = { workItemId: workItem.id, reference: first.reference };
    await retry(() => addComment(shown, html), { runtime, signal });
  }
  return images.map((image) => {
    const { id } = image.linkable.reference;
    if (failures.has(id)) return { ...rowOf(image, 'failed'), problem: toProblem(failures.get(id)) };
    return rowOf(image, pending.includes(image.linkable) ? 'inserted' : 'already-inserted');
  });
}

function insertionOf(
  { reference, name }: LinkableAttachment,
  { alternativeText = name.slice(0, stemLength(name)), width = 'small' }: InsertOrder,
): Insertion {
  return { address: imageUrl({ reference, name }), label: alternativeText, width };
}

function missingFrom(item: WorkItem, images: readonly StoredImage[]): readonly LinkableAttachment[] {
  const attached = new Set(attachmentsOf(item).map(({ url }) => attachmentIdOf(url)));
  return images.map(({ linkable }) => linkable).filter(({ reference }) => !attached.has(reference.id));
}

/** Whether a text has the address of an image, in whatever form. */
function isIn(text: string, { reference }: Pick<LinkableAttachment, 'reference'>): boolean {
  return text.toLowerCase().includes(reference.id);
}

function rowOf({ fileId, linkable }: StoredImage, outcome: InsertRow['outcome']): InsertRow {
  return { path: fileId, name: linkable.name, id: linkable.reference.id, outcome };
}
