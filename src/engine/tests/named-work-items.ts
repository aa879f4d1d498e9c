import { readWorkItemIds } from '../../bulk/plan/work-item-ids';
import { isWorkItemId } from '../../azure/work-item';

/** `#1234` or `AB#1234` in a text, not a part of an address, an entity or a word. */
const MENTION = /(?<![\w#&/?=-])(?:AB)?#(\d{1,10})(?!\w)/gi;

/** Tag of a work item: `AB#1234`, `#1234`, `@workitem:1234`. A bare number may mean anything. */
const TAG = /^@?(?:(?:AB)?#|work[-_ ]?item[-_:=# ]*|bug[-_:=# ]+)(\d{1,10})$/i;

/** Longer values are no list of work items, in UTF-16 units. */
const MAX_VALUE_LENGTH = 2000;

/** Properties and annotations about work items, without case, hyphens, underscores and spaces. */
const PROPERTIES = new Set(['workitem', 'workitems', 'workitemid', 'workitemids', 'issue', 'issues', 'bug']);

/** Returns the work items that the name of a test mentions. */
export function workItemsInName(name: string): readonly number[] {
  return validIds([...name.matchAll(MENTION)].map(([, digits]) => digits));
}

/** Returns the work item of a tag or category; none for any other tag. */
export function workItemsInTag(tag: string): readonly number[] {
  return validIds([TAG.exec(tag.trim())?.[1]]);
}

/** Whether a property or annotation of this name tells work items. */
export function isAboutWorkItems(name: string): boolean {
  return PROPERTIES.has(name.toLowerCase().replace(/[-_ ]/g, ''));
}

/**
 * Returns the work items in the value of a property: ids and addresses. None if it contains anything else, such as an
 * issue of another tracker.
 *
 * @param organization Addresses of other organizations are something else.
 */
export function workItemsInValue(value: string, organization: string): readonly number[] {
  if (value.length > MAX_VALUE_LENGTH) return [];
  const { ids, queryIds, unknown } = readWorkItemIds(value, [organization]);
  return unknown.length > 0 || queryIds.length > 0 ? [] : ids;
}

function validIds(texts: readonly (string | undefined)[]): readonly number[] {
  return [...new Set(texts.map(Number).filter(isWorkItemId))];
}
