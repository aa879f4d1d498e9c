import { jamal, johnnie } from './fabrikam';
import { attachGenerated } from './generated/attach-generated';
import { creationDateOf, firstGeneratedId } from './generated/generated-dates';
import type { Store } from './store';

const types = ['Bug', 'Task', 'User Story', 'Bug', 'Task'] as const;
const states: Readonly<Record<(typeof types)[number], readonly string[]>> = {
  Bug: ['New', 'Active', 'Resolved', 'Closed'],
  Task: ['To Do', 'In Progress', 'Done'],
  'User Story': ['New', 'Active', 'Resolved', 'Closed'],
};
const areas = ['Website', 'Billing', 'Export', 'Archive'];
const things = [
  'The login page',
  'An invoice',
  'The nightly export',
  'The search box',
  'A printed receipt',
  'The menu',
];
const troubles = [
  'loses its last line',
  'is slow on Mondays',
  'forgets the language',
  'shows a wrong date',
  'needs a picture',
];
const owners = [jamal, johnnie, undefined];

/**
 * Adds work items for long lists, always the same. The lists have different lengths, so titles and types mix.
 *
 * @param attached Number of their attachments, altogether, and the base of the REST service for texts. Default: none.
 * @throws RangeError if the work items can't hold that number of files
 */
export function seedMany(store: Store, count: number, attached = { files: 0, baseUrl: '' }): void {
  const { files, baseUrl } = attached;
  const generated = files > 0 ? store.attachments.generate({ items: count, files }) : undefined;
  for (let index = 0; index < count; index++) {
    const type = at(types, index);
    const owner = at(owners, index);
    const fields = {
      'System.Title': `${at(things, index)} ${at(troubles, Math.floor(index / things.length))}`,
      'System.State': at(states[type], Math.floor(index / types.length)),
      'System.AreaPath': `Fabrikam\\${at(areas, index)}`,
      'Microsoft.VSTS.Common.Priority': 1 + (index % 4),
      ...(owner && { 'System.AssignedTo': owner }),
    };
    const author = {
      by: index % 2 === 0 ? jamal : johnnie,
      date: creationDateOf(index),
    };
    store.create({ id: firstGeneratedId + index, type, fields }, author);
    if (generated) attachGenerated(store, generated, index, baseUrl);
  }
}

function at<Value>(list: readonly Value[], index: number): Value {
  return list[index % list.length] as Value;
}
