import * as React from 'react';
import { useHostPage, useTask } from '../host-page';
import { captionOf, type Form } from './form';
import { WorkItemForm } from './work-item-form';

interface FormDialogProps {
  form: Form;
  /** Messages of the page, shown in the topmost dialog because everything else is inert. */
  messages: React.ReactNode;
}

/** A form over the page, with frames of its own. Escape closes it, as its own button does. */
export function FormDialog({ form, messages }: FormDialogProps) {
  const { board } = useHostPage();
  const run = useTask();
  const dialog = React.useRef<HTMLDialogElement>(null);
  React.useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    // Restores the focus.
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="form-dialog"
      role="dialog"
      aria-modal="true"
      aria-label={captionOf(form.item)}
      onCancel={(event) => {
        event.preventDefault();
        run(() => board.close());
      }}
      // A browser lets a person out at the second Escape, whatever the page says to it.
      onClose={() => dialog.current?.showModal()}
    >
      {messages}
      <WorkItemForm form={form} />
    </dialog>
  );
}
