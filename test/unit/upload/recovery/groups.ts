import type { PendingLink } from '../../../../src/upload/recovery/channel/protocol';
import type { Group } from '../../../../src/upload/recovery/channel/receiver';
import type { LinkTarget } from '../../../../src/azure/work-item';
import { DRAFT, ITEM_7, linkable } from '../../../helpers/uploads';

/** Links of these attachments to `target`; they wait for its save if it is new. */
export function linksTo(
  target: LinkTarget,
  numbers: readonly number[],
  waitsForSave = target.kind === 'draft',
): readonly PendingLink[] {
  return numbers.map((number) => ({ target, attachment: linkable(number), waitsForSave }));
}

/** A group with links to work item 7. */
export function groupOf7(numbers: readonly number[], waitsForSave = false, turn = 0): Group {
  return { sender: 'group 7', turn, pending: { links: linksTo(ITEM_7, numbers, waitsForSave) } };
}

/** Options of `draftGroup`. */
export interface DraftGroupFacts {
  readonly sender?: string;
  readonly turn?: number;
  readonly openedAt?: number;
  readonly type?: string;
  readonly isAwaitingFiles?: boolean;
}

/** A group with a new bug in its form and these attachments for it. */
export function draftGroup(numbers: readonly number[], facts: DraftGroupFacts = {}): Group {
  const { sender = 'group', turn = 0, openedAt = 0, type = 'Bug', isAwaitingFiles = false } = facts;
  const draft = { draftId: 'draft 1', openedAt, type, isAwaitingFiles };
  return { sender, turn, pending: { links: linksTo(DRAFT, numbers), draft } };
}
