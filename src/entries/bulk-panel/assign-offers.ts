import type { PlanItem, UnmatchedReason } from '../../bulk/plan/plan';
import { readWorkItemIds } from '../../bulk/plan/work-item-ids';
import { labelOf } from './panel-sentences';

/** Limit of the offers shown at once. */
const MAX_OFFERS = 8;

/** Work items offered for a file. */
export interface Offer {
  /** Several for a text with several numbers. */
  readonly ids: readonly number[];
  /** The work item, if it is a single one of the list. */
  readonly item: PlanItem | undefined;
}

/** Offers for a text, best first. */
export interface Offers {
  readonly shown: readonly Offer[];
  /** Number of further matches. */
  readonly more: number;
}

/** Inputs of `offersFor`. */
export interface OfferFacts {
  readonly items: readonly PlanItem[];
  /** Reason for not finding a work item, which can suggest some. */
  readonly reason: UnmatchedReason | undefined;
  readonly baseUrls: readonly string[];
}

/**
 * Finds work items by numbers, addresses, or a part of `Bug 7 Its title`. Numbers need not be in the list. A text with
 * letters can be a title with a number in it, so titles come first then.
 */
export function offersFor(typed: string, { items, reason, baseUrls }: OfferFacts): Offers {
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const text = typed.trim().toLowerCase();
  const { ids } = readWorkItemIds(typed, baseUrls);
  const suggested = text === '' ? suggestedBy(reason).map((id) => [id]) : ids.length > 0 ? [ids] : [];
  const numbers = suggested.map((each): Offer => ({
    ids: each,
    item: each.length === 1 ? itemOf.get(each[0] ?? 0) : undefined,
  }));
  const isOffered = new Set(numbers.map(({ item }) => item));
  const titles = items
    .filter((item) => !isOffered.has(item) && `${labelOf(item)} ${item.title}`.toLowerCase().includes(text))
    .map((item): Offer => ({ ids: [item.id], item }));
  const room = Math.max(0, MAX_OFFERS - numbers.length);
  const shownTitles = titles.slice(0, room);
  const hasLetters = /\p{L}/u.test(text) && !text.includes('://');
  return {
    shown: hasLetters ? [...shownTitles, ...numbers] : [...numbers, ...shownTitles],
    more: titles.length - shownTitles.length,
  };
}

function suggestedBy(reason: UnmatchedReason | undefined): readonly number[] {
  return reason?.kind === 'not-listed' || reason?.kind === 'ambiguous-number'
    ? reason.workItemIds.slice(0, MAX_OFFERS)
    : [];
}
