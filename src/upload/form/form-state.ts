import type { FormEvent, RefreshOutcome } from '../../azure/host/host';
import type { LinkTarget } from '../../azure/work-item';
import { sameTarget } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { hasTrait } from '../../base/problem-traits';
import type { Draft } from '../recovery/drafts';

/** Change of the form state. */
export type FormAction =
  | { readonly type: 'connected' }
  /** The host has timed out while the form had this status. */
  | { readonly type: 'late'; readonly status: 'connecting' | 'empty' }
  /** A work item is in the form. Known facts are kept if it already was. */
  | { readonly type: 'opened'; readonly item: OpenedItem }
  | { readonly type: 'closed' }
  /** New facts about a target. Ignored unless the form shows it. */
  | { readonly type: 'facts'; readonly target: LinkTarget; readonly facts: Partial<OpenForm> };

/** Facts about a work item at the time it appears in the form. */
export type OpenedItem = Pick<
  OpenForm,
  'target' | 'hostId' | 'label' | 'isReadOnly' | 'attachmentCount' | 'former'
>;

/** Returns the form state after an action. */
export function reduceForm(state: FormState, action: FormAction): FormState {
  switch (action.type) {
    case 'connected':
      return state.status === 'connecting' ? { status: 'empty', late: false } : state;
    case 'late':
      return state.status === action.status ? { status: action.status, late: true } : state;
    case 'opened':
      return state.status === 'open' && sameTarget(state.target, action.item.target)
        ? { ...state, isReadOnly: action.item.isReadOnly, notShown: undefined }
        : { ...action.item, status: 'open', problem: undefined, notShown: undefined };
    case 'closed':
      return { status: 'empty', late: false };
    case 'facts':
      return state.status === 'open' && sameTarget(state.target, action.target)
        ? { ...state, ...action.facts }
        : state;
  }
}

/** Meaning of a form event. */
export type FormChange =
  /** A new work item is in the form. */
  | { readonly type: 'draft-opened'; readonly hostId: number; readonly isReadOnly: boolean }
  /** A work item is in the form, possibly in place of a draft. */
  | {
      readonly type: 'item-opened';
      readonly workItemId: number;
      readonly isReadOnly: boolean;
      readonly draftEnd: DraftEnd;
    }
  /** A draft is reported as saved after its end. */
  | { readonly type: 'closed-draft-saved'; readonly workItemId: number }
  /** The work item in the form has changed on the server. */
  | { readonly type: 'item-changed'; readonly workItemId: number }
  /** The form is empty. Its draft, if any, has ended unless `draftEnd` is missing. */
  | { readonly type: 'closed'; readonly workItemId: number; readonly draftEnd?: DraftEnd };

/**
 * End of a draft. `unverified`: saved as this work item or closed; the server knows. `claimed`: reported as saved as
 * this work item; the server confirms it, since a host may report saves of other items to this frame.
 */
export type DraftEnd = 'claimed' | 'closed' | 'unverified';

/** Facts needed to interpret a form event. */
export interface FormContext {
  readonly form: FormState;
  /** The draft in the form, if any. */
  readonly draft: Pick<Draft, 'hostId'> | undefined;
  /** Whether a draft was closed a moment ago. */
  readonly hasClosedDraft: boolean;
  /** Whether this frame has shown the work item before. */
  readonly isKnown: (workItemId: number) => boolean;
}

/**
 * Returns the meaning of a form event; `undefined` if it has none.
 *
 * A draft with a new number was saved: some hosts report the first save as `saved`, others as `loaded` (host reference
 * 4.2). A known number belongs to another item, with a lost `unloaded` or a late event. An unknown one may as well, so
 * the server must confirm it.
 */
export function interpret(event: FormEvent, context: FormContext): FormChange | undefined {
  const { workItemId } = event;
  const { form, draft, isKnown } = context;
  const isCurrent = form.status === 'open' && form.hostId === workItemId;
  switch (event.type) {
    case 'loaded':
      return isDraftLoaded(workItemId, event.isNew, draft)
        ? { type: 'draft-opened', hostId: workItemId, isReadOnly: event.isReadOnly }
        : {
            type: 'item-opened',
            workItemId,
            isReadOnly: event.isReadOnly,
            draftEnd: isKnown(workItemId) ? 'closed' : 'unverified',
          };
    case 'saved':
      if (workItemId > 0 && !isKnown(workItemId)) {
        if (draft) return { type: 'item-opened', workItemId, isReadOnly: false, draftEnd: 'claimed' };
        if (context.hasClosedDraft) return { type: 'closed-draft-saved', workItemId };
      }
      return isCurrent ? { type: 'item-changed', workItemId } : undefined;
    case 'refreshed':
      return isCurrent ? { type: 'item-changed', workItemId } : undefined;
    case 'unloaded':
      return closedBy(workItemId, isCurrent, context);
    case 'changed':
    case 'reset':
      return undefined;
  }
}

/** A host without numbers for drafts may report the first number of a draft while it still counts as new. */
function isDraftLoaded(workItemId: number, isNew: boolean, draft: FormContext['draft']): boolean {
  return !(workItemId > 0) || (isNew && (!draft || draft.hostId > 0));
}

/** A draft may be unloaded with any id, including its first number. Its files must not go to the next item. */
function closedBy(
  workItemId: number,
  isCurrent: boolean,
  { draft, isKnown }: FormContext,
): FormChange | undefined {
  if (draft) {
    if (draft.hostId === workItemId || !(workItemId > 0))
      return { type: 'closed', workItemId, draftEnd: 'closed' };
    if (!isKnown(workItemId)) return { type: 'closed', workItemId, draftEnd: 'unverified' };
  }
  return isCurrent ? { type: 'closed', workItemId } : undefined;
}

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
}

/** Whether the form shows the uploads for `target`. */
export function isShownIn(form: OpenForm, target: LinkTarget): boolean {
  return sameTarget(form.target, target) || (form.former !== undefined && sameTarget(form.former, target));
}

/** Whether files can be attached: not to a read-only item, nor after a problem that would stop uploads as well. */
export function canAttach({ isReadOnly, problem }: OpenForm): boolean {
  return !isReadOnly && !hasTrait(problem, 'blocks-attach');
}
