import { noActiveWorkItem, type Board } from '../form/board';
import { invalidFields, isDirty, isNew, isValid, shownLinks, valueOf, type Form } from '../form/form';
import type { RestClient } from '../rest';
import type { Quirks } from '../settings';
import { htmlOfMarkdown } from '../../../rest/markdown-html';
import { markdownOfHtml } from '../form/html';
import {
  isAttachment,
  isMarkdown,
  longTextsOf,
  textOf,
  workItemType,
  typeOf,
  type Relation,
} from '../work-item';

/** Options of both ways to request a stored value. */
type ValueOptions = boolean | { returnOriginalValue: boolean } | undefined;

/**
 * `ms.vss-work-web.work-item-form`. It uses the active work item of the page, for all frames, and refuses
 * attachments like the real one.
 *
 * @param frameId - frame of the errors set by `setError`
 */
export function createFormService(board: Board, rest: RestClient, quirks: () => Quirks, frameId: string) {
  const read = (form: Form, field: string, options: ValueOptions): unknown => {
    const original = typeof options === 'object' ? options.returnOriginalValue : options;
    const value = systemValue(form, field) ?? (original ? form.item.fields[field] : valueOf(form, field));
    return isConverted(form, field) ? htmlOfMarkdown(textOf(value)) : value;
  };
  const isConverted = (form: Form, field: string): boolean =>
    quirks().markdownFieldTakes === 'html' && isMarkdown(form.item, field);
  const write = (field: string, value: unknown): boolean => {
    const form = board.activeForm;
    if (quirks().readOnlyTexts && longTextsOf(form.item).includes(field)) return false;
    return board.setValues({ [field]: isConverted(form, field) ? markdownOfHtml(textOf(value)) : value });
  };

  const service = {
    hasActiveWorkItem: () => board.state.forms.length > 0,
    getId: () => board.activeForm.item.id,
    getRevision: () => board.activeForm.item.rev,
    isNew: () => isNew(board.activeForm),
    isDirty: () => isDirty(board.activeForm),
    isValid: () => isValid(board.activeForm),

    getFields: () => fieldsOf(board.activeForm).map(toField),
    getDirtyFields: () => Object.keys(board.activeForm.edits).map(toField),
    getInvalidFields: () => invalidFields(board.activeForm).map(toField),
    getFieldValue: (field: string, options?: ValueOptions) => read(board.activeForm, field, options),
    getIdentityFieldValue: (field: string, options?: ValueOptions) => read(board.activeForm, field, options),
    getFieldValues: (fields: string[], options?: ValueOptions) =>
      Object.fromEntries(fields.map((field) => [field, read(board.activeForm, field, options)])),
    setFieldValue: write,
    setFieldValues: (values: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(values).map(([field, value]) => [field, write(field, value)])),
    getAllowedFieldValues: (field: string) =>
      field === 'System.State' ? workItemType(typeOf(board.activeForm.item)).states : [],

    setError: (message: string) => board.setError(frameId, message),
    clearError: () => board.setError(frameId, undefined),
    save: () => board.save(),
    refresh: () => board.refresh(),
    reset: () => board.reset(),
    beginSaveWorkItem: (onSuccess: () => void, onError: () => void) => board.save().then(onSuccess, onError),

    getWorkItemRelations: () => shownLinks(board.activeForm),
    addWorkItemRelations: (relations: Relation[]) => board.addLinks(refuseAttachments(relations)),
    removeWorkItemRelations: (relations: Relation[]) => board.removeLinks(refuseAttachments(relations)),
    getWorkItemRelationTypes: () => relationTypes,
    getWorkItemResourceUrl: (id: number) => rest.workItemUrl(id),
  };
  return withHabits(service, quirks);
}

type Method = (...args: never[]) => unknown;
type Methods = Record<string, Method>;

/** All calls cross to the frame and back, so each gives a promise. */
type Played<Service extends Methods> = {
  [Name in keyof Service]: (
    ...args: Parameters<Service[Name]>
  ) => Promise<Awaited<ReturnType<Service[Name]>>>;
};

const lateMs = 3_000;

/** The service as a host with such quirks plays it. */
function withHabits<Service extends Methods>(service: Service, quirks: () => Quirks): Played<Service> {
  const played = Object.entries(service).map(([name, method]) => {
    const call = async (...args: never[]): Promise<unknown> => {
      const { formNeverAnswers, formAnswersLate, formRefusesWithNothing, noActiveItem } = quirks();
      if (formNeverAnswers) return new Promise(() => undefined);
      if (noActiveItem) throw noActiveWorkItem();
      const refuses = formRefusesWithNothing && (name === 'save' || name === 'refresh');
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what a host rejects with is not ours to choose
      const answer = refuses ? Promise.reject() : Promise.resolve().then(() => method(...args));
      if (formAnswersLate) await Promise.allSettled([answer, sleep(lateMs)]);
      return answer;
    };
    return [name, call];
  });
  return Object.fromEntries(played) as Played<Service>;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const relationTypes = [
  { referenceName: 'System.LinkTypes.Related', name: 'Related' },
  { referenceName: 'System.LinkTypes.Hierarchy-Forward', name: 'Child' },
  { referenceName: 'System.LinkTypes.Hierarchy-Reverse', name: 'Parent' },
  { referenceName: 'Hyperlink', name: 'Hyperlink' },
];

/** The form knows these by itself; the service leaves them out of `fields`. */
function systemValue(form: Form, field: string): number | undefined {
  if (field === 'System.Id') return form.item.id;
  if (field === 'System.Rev') return form.item.rev;
  return undefined;
}

/** Fields of the work item's type, also without a value. */
function fieldsOf({ item }: Form): string[] {
  return [...new Set([...Object.keys(item.fields), ...longTextsOf(item)])];
}

function toField(referenceName: string): { referenceName: string; name: string } {
  return { referenceName, name: textOf(referenceName.split('.').pop()) };
}

function refuseAttachments(relations: Relation[]): Relation[] {
  if (relations.some(isAttachment)) throw new Error('Adding or removing attachments is not supported.');
  return relations;
}
