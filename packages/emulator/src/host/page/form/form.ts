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

/** An open work item form: the work item as last loaded, and what was changed in the form since. */
export interface Form {
  item: WorkItem;
  isReadOnly: boolean;
  /** Tells it from the other open forms. It stays from one work item to the next, and so do the frames. */
  place: number;
  /** Changed fields by reference name. */
  edits: Record<string, unknown>;
  addedLinks: Relation[];
  removedLinks: Relation[];
  /** What extensions object to, by the id of their frame. The form cannot be saved until they withdraw it. */
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

/** The same form with what the service has, and no changes. */
export function reloadedForm({ isReadOnly, place, wasSaved }: Form, item: WorkItem): Form {
  return { ...openForm(item, isReadOnly, place), wasSaved };
}

/** The form of a work item that is not stored yet; its id is not positive. */
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

/** Fields that must be changed before the form can be saved. Assumed: the title is the one that must be filled in. */
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

/** The form after a change of fields; what is back at its stored value is no change any more. */
export function withValues(form: Form, values: Record<string, unknown>): Form {
  const edits = { ...form.edits, ...values };
  const changed = Object.entries(edits).filter(
    ([field, value]) => textOf(value) !== textOf(form.item.fields[field]),
  );
  return { ...form, edits: Object.fromEntries(changed) };
}

/** The links that the form shows, attachments left out. */
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

/** What the Save button sends, on top of `base`: the work item as the form or, after a conflict, the service has it. */
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

/** Whether somebody else changed a field that this form changes too. */
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
