import type { PatchOperation } from '../rest';
import {
  isSameRelation,
  linksOf,
  textOf,
  titleOf,
  typeOf,
  workItemType,
  type Relation,
  type WorkItem,
} from '../work-item';

/** Open work item form: the loaded work item and the changes since. */
export interface Form {
  item: WorkItem;
  isReadOnly: boolean;
  /** Tells it from the other open forms. It stays from one work item to the next, and so do the frames. */
  place: number;
  /** Changed fields by reference name. */
  edits: Record<string, unknown>;
  addedLinks: Relation[];
  removedLinks: Relation[];
  /** Errors set by extensions, by the id of their frame. They block saving until cleared. */
  errors: Record<string, string>;
  /** Whether it was saved since it was opened. */
  wasSaved: boolean;
}

/** A form without changes. */
export function openForm(item: WorkItem, isReadOnly: boolean, place: number): Form {
  return {
    item,
    isReadOnly,
    place,
    edits: {},
    addedLinks: [],
    removedLinks: [],
    errors: {},
    wasSaved: false,
  };
}

/** Form with the current work item of the service, without changes. */
export function reloadedForm({ isReadOnly, place, wasSaved }: Form, item: WorkItem): Form {
  return { ...openForm(item, isReadOnly, place), wasSaved };
}

/** Form of a new work item; its id is not positive. */
export function openNewForm(
  { id, place }: { id: number; place: number },
  type: string,
  values: Record<string, unknown> = {},
): Form {
  const fields = { 'System.WorkItemType': type, 'System.State': firstStateOf(type), 'System.Title': '' };
  return { ...openForm({ id, rev: 0, fields }, false, place), edits: values };
}

export function isNew(form: Form): boolean {
  return form.item.id <= 0;
}

export function isDirty(form: Form): boolean {
  return Object.keys(form.edits).length + form.addedLinks.length + form.removedLinks.length > 0;
}

/** Invalid fields that block saving. Assumed: the title is the only required one. */
export function invalidFields(form: Form): string[] {
  return ['System.Title'].filter((field) => textOf(valueOf(form, field)).trim() === '');
}

export function isValid(form: Form): boolean {
  return invalidFields(form).length + Object.keys(form.errors).length === 0;
}

/** A field's value as the form shows it. */
export function valueOf(form: Form, field: string): unknown {
  return field in form.edits ? form.edits[field] : form.item.fields[field];
}

/** Form after a change of fields; a field with its stored value is unchanged. */
export function withValues(form: Form, values: Record<string, unknown>): Form {
  const edits = { ...form.edits, ...values };
  const changed = Object.entries(edits).filter(
    ([field, value]) => textOf(value) !== textOf(form.item.fields[field]),
  );
  return { ...form, edits: Object.fromEntries(changed) };
}

/** Links shown in the form, without attachments. */
export function shownLinks(form: Form): Relation[] {
  return [...linksOf(form.item).filter((link) => !includes(form.removedLinks, link)), ...form.addedLinks];
}

/** The form after links were added. */
export function withLinks(form: Form, links: Relation[]): Form {
  return { ...form, addedLinks: [...form.addedLinks, ...links] };
}

/** The form after links were taken away. */
export function withoutLinks(form: Form, links: Relation[]): Form {
  const stored = linksOf(form.item).filter((link) => includes(links, link));
  return {
    ...form,
    addedLinks: form.addedLinks.filter((link) => !includes(links, link)),
    removedLinks: [...form.removedLinks, ...stored],
  };
}

/**
 * Changes sent by the Save button, based on `base`: the work item of the form or, after a conflict, of the
 * service.
 */
export function toPatch(form: Form, base: WorkItem): PatchOperation[] {
  const indexes = (base.relations ?? [])
    .map((relation, index) => (includes(form.removedLinks, relation) ? index : -1))
    .filter((index) => index >= 0)
    .reverse();
  return [
    ...(base.id > 0 ? [{ op: 'test' as const, path: '/rev', value: base.rev }] : []),
    ...Object.entries(form.edits).map(([field, value]) => ({
      op: 'add' as const,
      path: `/fields/${field}`,
      value,
    })),
    ...indexes.map((index) => ({ op: 'remove' as const, path: `/relations/${index}` })),
    ...form.addedLinks.map((value) => ({ op: 'add' as const, path: '/relations/-', value })),
  ];
}

/** Whether another user changed a field that is also changed here. */
export function clashes(form: Form, newer: WorkItem): boolean {
  return Object.keys(form.edits).some(
    (field) => textOf(newer.fields[field]) !== textOf(form.item.fields[field]),
  );
}

function firstStateOf(type: string): string {
  return workItemType(type).states[0] ?? 'New';
}

/** "Bug 7", or "New Bug" while it is not stored. */
export function headingOf(item: WorkItem): string {
  return item.id > 0 ? `${typeOf(item)} ${item.id}` : `New ${typeOf(item)}`;
}

/** "Bug 7: Title", as lists and the window's title show it. */
export function captionOf(item: WorkItem): string {
  return `${headingOf(item)}: ${titleOf(item)}`;
}

function includes(relations: Relation[], wanted: Relation): boolean {
  return relations.some((relation) => isSameRelation(relation, wanted));
}
