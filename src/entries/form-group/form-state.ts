import type { RefreshOutcome, SaveOutcome } from '../../azure/host/host';
import type { Problem } from '../../base/errors';
import { hasTrait } from '../../base/problem-traits';
import type { LinkTarget } from '../../azure/work-item';
import { sameTarget } from '../../azure/work-item';

/** State of the form. */
export type FormState =
  /** The host has not answered yet; `late` after its timeout. */
  | { readonly status: 'connecting'; readonly late: boolean }
  /** Connected, without a work item; `late` if none arrived in time. */
  | { readonly status: 'empty'; readonly late: boolean }
  | OpenForm;

/** A form with a work item. */
export interface OpenForm {
  readonly status: 'open';
  readonly target: LinkTarget;
  /** Id used by the host; 0 or negative for a new item. */
  readonly hostId: number;
  /** `Bug 7`, `New Bug`; `Work item 7` until its type is known. */
  readonly label: string;
  readonly isReadOnly: boolean;
  /** Number of attachments on the server; `undefined` before the first read, 0 for a new item. */
  readonly attachmentCount: number | undefined;
  /** Reason for a failed read. */
  readonly problem: Problem | undefined;
  /** Reason why the form does not show all attached files; `undefined` if it does. */
  readonly notShown: Exclude<RefreshOutcome, 'refreshed'> | undefined;
  /** The draft this item may have been, until the server confirms it. Its uploads are shown with the item. */
  readonly former: LinkTarget | undefined;
  /** Progress or failure of a save requested for waiting files; `undefined` without one, or after success. */
  readonly saving: 'under-way' | Exclude<SaveOutcome, { outcome: 'saved' }> | undefined;
}

/** Whether the form shows the uploads for `target`. */
export function isShownIn(form: OpenForm, target: LinkTarget): boolean {
  return sameTarget(form.target, target) || (form.former !== undefined && sameTarget(form.former, target));
}

/** Whether files can be attached: not to a read-only item, nor after a problem that would stop uploads as well. */
export function canAttach({ isReadOnly, problem }: OpenForm): boolean {
  return !isReadOnly && !hasTrait(problem, 'blocks-attach');
}
