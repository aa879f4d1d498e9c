import type { FormEvent, Host } from '../../azure/host/host';
import type { LinkTarget } from '../../azure/work-item';
import { draftTarget, workItemTarget } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import type { Store } from '../../base/store';
import type { Drafts } from '../recovery/drafts';
import type { KnownItems } from '../recovery/known-items';
import type { ResumeInterrupted } from '../recovery/resume-interrupted';
import type { DraftEnd, FormAction, FormState, OpenForm } from './form-state';
import { interpret } from './form-state';
import type { ItemReads } from './item-reads';

/** Dependencies of `followForm`. */
export interface FollowFormOptions {
  readonly store: Store<FormState, FormAction>;
  readonly host: Pick<Host, 'getFormItemType'>;
  readonly drafts: Drafts;
  readonly known: KnownItems;
  readonly reads: Pick<ItemReads, 'read'>;
  readonly interruptedUploads: Pick<ResumeInterrupted, 'show' | 'getSnapshot'>;
}

/** Returns a listener for form events. It updates the form state, the drafts and the interrupted uploads. */
export function followForm(options: FollowFormOptions): (event: FormEvent) => void {
  const { store, host, drafts, known, reads, interruptedUploads } = options;
  const addFacts = (target: LinkTarget, facts: Partial<OpenForm>): void =>
    store.dispatch({ type: 'facts', target, facts });

  function endDraft(end: DraftEnd, workItemId: number): void {
    if (end === 'closed') drafts.close();
    else drafts.endUnverified(workItemId, { isClaimed: end === 'claimed' });
  }

  function showItem(id: number, isReadOnly: boolean, draftEnd: DraftEnd): void {
    const former = drafts.current()?.facts.draftId;
    endDraft(draftEnd, id);
    known.add(id);
    const item = {
      target: workItemTarget(id),
      hostId: id,
      label: known.labelOf(id),
      isReadOnly,
      attachmentCount: undefined,
      former: former !== undefined && drafts.isUnverified(id) ? draftTarget(former) : undefined,
    };
    store.dispatch({ type: 'opened', item });
    reads.read(id);
    interruptedUploads.show(isReadOnly ? undefined : id);
  }

  async function showDraft(hostId: number, isReadOnly: boolean): Promise<void> {
    const draft = drafts.open(hostId);
    if (!draft) return;
    interruptedUploads.show(undefined);
    const { draftId } = draft.facts;
    const target = draftTarget(draftId);
    const label = t('New work item');
    store.dispatch({
      type: 'opened',
      item: { target, hostId, label, isReadOnly, attachmentCount: 0, former: undefined },
    });
    const type = await host.getFormItemType();
    if (!type) return;
    drafts.setType(draftId, type);
    addFacts(target, { label: t('New {type}', { type }) });
  }

  function close(workItemId: number, draftEnd: DraftEnd | undefined): void {
    if (draftEnd) endDraft(draftEnd, workItemId);
    if (draftEnd === 'unverified') reads.read(workItemId);
    store.dispatch({ type: 'closed' });
    interruptedUploads.show(undefined);
  }

  return (event) => {
    const context = {
      form: store.getSnapshot(),
      draft: drafts.current(),
      hasClosedDraft: drafts.hasClosed(),
      isKnown: known.has,
    };
    const change = interpret(event, context);
    switch (change?.type) {
      case 'draft-opened':
        void showDraft(change.hostId, change.isReadOnly);
        return;
      case 'item-opened':
        showItem(change.workItemId, change.isReadOnly, change.draftEnd);
        return;
      case 'closed-draft-saved':
        drafts.claimClosed(change.workItemId);
        reads.read(change.workItemId);
        return;
      case 'item-changed':
        if (event.type === 'saved') drafts.addRevision(change.workItemId);
        addFacts(workItemTarget(change.workItemId), { notShown: undefined });
        reads.read(change.workItemId);
        interruptedUploads.show(interruptedUploads.getSnapshot().workItemId);
        return;
      case 'closed':
        close(change.workItemId, change.draftEnd);
        return;
      case undefined:
        return;
    }
  };
}
