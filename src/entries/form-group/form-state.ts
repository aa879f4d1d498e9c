import type { RefreshOutcome, SaveOutcome } from '../../azure/host/host';
import type { Problem } from '../../base/errors';
import { hasTrait } from '../../base/problem-traits';
import type { LinkTarget } from '../../azure/work-item';
import { sameTarget } from '../../azure/work-item';

/** What the form shows, as far as the group knows. */
export type FormState =
  /** The host has not answered yet; `late` once that takes longer than it should. */
  | { readonly status: 'connecting'; readonly late: boolean }
  /** Connected, and no work item is in the form. */
  | { readonly status: 'empty'; readonly late: boolean }
  | OpenForm;

/** A form with a work item in it. */
export interface OpenForm {
  readonly status: 'open';
  readonly target: LinkTarget;
  /** The host's number for the item; 0 or negative for a new one. */
  readonly hostId: number;
  /** `Bug 7`, `New Bug`; `Work item 7` until its type is known. */
  readonly label: string;
  readonly isReadOnly: boolean;
  /** Attachments that the item has on the server; `undefined` until it was read, 0 for a new one. */
  readonly attachmentCount: number | undefined;
  /** Why the item could not be read. */
  readonly problem: Problem | undefined;
  /** Why the form does not show files that were attached; `undefined` when it shows all. */
  readonly notShown: Exclude<RefreshOutcome, 'refreshed'> | undefined;
  /** The draft that it may have been, while that is being found out: its files are shown here already. */
  readonly former: LinkTarget | undefined;
  /** What became of saving it for the sake of files; `undefined` when nobody asked or it was saved. */
  readonly saving: 'under-way' | Exclude<SaveOutcome, { outcome: 'saved' }> | undefined;
}

/** Whether an upload for `target` belongs to what the form shows. */
export function isShownIn(form: OpenForm, target: LinkTarget): boolean {
  return sameTarget(form.target, target) || (form.former !== undefined && sameTarget(form.former, target));
}

/** Whether files can be attached: not to a read-only item, nor where an upload would meet the same trouble. */
export function canAttach({ isReadOnly, problem }: OpenForm): boolean {
  return !isReadOnly && !hasTrait(problem, 'blocks-attach');
}
