import * as React from 'react';
import { FormMenu } from '../extensions/form-menu';
import { useHostPage, useTask } from '../host-page';
import { useStore } from '../store';
import { RefreshCancelled } from './board';
import { isDirty, isNew, isValid, type Form } from './form';

/** Commands of the open work item. */
export function CommandBar({ form }: { form: Form }) {
  const { board } = useHostPage();
  const run = useTask();
  const { busy } = useStore(board);
  const saveable = !form.isReadOnly && isDirty(form) && isValid(form) && !busy;

  const refresh = async (): Promise<void> => {
    await board.refresh().catch((error: unknown) => {
      if (!(error instanceof RefreshCancelled)) throw error;
    });
  };
  return (
    <div className="command-bar" role="toolbar" aria-label="Work item actions">
      <button
        type="button"
        className="primary"
        disabled={!saveable}
        title="Save (Ctrl+S)"
        onClick={() => run(() => board.save())}
      >
        Save
      </button>
      <button type="button" disabled={!saveable} onClick={() => run(() => board.saveAndClose())}>
        Save &amp; Close
      </button>
      <button type="button" disabled={isNew(form) || busy} onClick={() => run(refresh)}>
        Refresh
      </button>
      <button type="button" disabled={isNew(form) || !isDirty(form) || busy} onClick={() => board.reset()}>
        Revert
      </button>
      <button type="button" onClick={() => run(() => board.close())}>
        Close
      </button>
      <FormMenu form={form} />
    </div>
  );
}
