import { endOfTime } from './relation-values';
import { attachmentCount } from './relations-on-demand';
import type { FieldValue, WorkItem } from './work-item';

type Calculation = (item: WorkItem) => FieldValue | undefined;

/** Maximum depth of areas and iterations. */
const maxLevels = 7;

/** Numbers assigned by a real service; here there is one of each. */
const onlyOne = { areaId: 3570, iterationId: 3570, personId: 117 };

/**
 * Fields calculated for each answer. They are included by name, and with `$expand=fields` or `all` (the
 * official example of a list).
 */
const expanded: Readonly<Record<string, Calculation>> = {
  'System.Id': (item) => item.id,
  'System.Rev': (item) => item.rev,
  'System.AreaId': () => onlyOne.areaId,
  'System.NodeName': (item) => levels(item, 'System.AreaPath').at(-1),
  'System.IterationId': () => onlyOne.iterationId,
  'System.AuthorizedDate': (item) => item.fields['System.ChangedDate'],
  'System.AuthorizedAs': (item) => item.fields['System.ChangedBy'],
  'System.RevisedDate': () => endOfTime,
  'System.PersonId': () => onlyOne.personId,
  // Assumed: it grows with every change, of whichever item; here with those of its own.
  'System.Watermark': (item) => item.rev,
  ...levelFields('System.AreaLevel', 'System.AreaPath'),
  ...levelFields('System.IterationLevel', 'System.IterationPath'),
};

/** Fields included only by name (REST reference D.2). */
const namedOnly: Readonly<Record<string, Calculation>> = {
  'System.CommentCount': (item) => item.comments.length,
  'System.AttachedFileCount': attachmentCount,
};

/** Names of the fields added by `$expand`. */
export const expandedFields: readonly string[] = Object.keys(expanded);

/** The value of a calculated field; `undefined` if the item has none, or it is none. */
export function calculatedField(item: WorkItem, name: string): FieldValue | undefined {
  return (expanded[name] ?? namedOnly[name])?.(item);
}

function levelFields(prefix: string, path: string): Record<string, Calculation> {
  const fields = Array.from({ length: maxLevels }, (_, index): [string, Calculation] => [
    `${prefix}${index + 1}`,
    (item) => levels(item, path)[index],
  ]);
  return Object.fromEntries(fields);
}

function levels({ fields }: WorkItem, path: string): string[] {
  const value = fields[path];
  return typeof value === 'string' ? value.split('\\') : [];
}
