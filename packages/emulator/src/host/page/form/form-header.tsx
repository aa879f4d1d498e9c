import * as React from 'react';
import { useHostPage } from '../host-page';
import { textOf, typeOf, workItemType } from '../work-item';
import { headingOf, isDirty, valueOf, type Form } from './form';

/** Type, title, state and other fields above the tabs. */
export function FormHeader({ form }: { form: Form }) {
  const { board } = useHostPage();
  const { item } = form;
  return (
    <div className="form-header">
      <h2 className="form-kind">
        {headingOf(item)}
        {isDirty(form) && (
          <span className="dirty" title="Unsaved changes">
            *
          </span>
        )}
        {form.isReadOnly && <span className="badge">Read-only</span>}
      </h2>
      <input
        className="form-title"
        aria-label="Title"
        placeholder="Enter title"
        disabled={form.isReadOnly}
        value={textOf(valueOf(form, 'System.Title'))}
        onChange={(event) => board.setValues({ 'System.Title': event.target.value })}
      />
      <div className="form-facts">
        <TextField form={form} field="System.AssignedTo" label="Assigned to" placeholder="Unassigned" />
        <StateField form={form} states={workItemType(typeOf(item)).states} />
        <TextField form={form} field="System.Tags" label="Tags" placeholder="Add tag" />
      </div>
    </div>
  );
}

interface FieldProps {
  form: Form;
  field: string;
  label: string;
  placeholder?: string;
}

/** A field of one line. */
export function TextField({ form, field, label, placeholder = '' }: FieldProps) {
  const { board } = useHostPage();
  return (
    <label className="field">
      <span>{label}</span>
      <input
        placeholder={placeholder}
        disabled={form.isReadOnly}
        value={textOf(valueOf(form, field))}
        onChange={(event) => board.setValues({ [field]: event.target.value })}
      />
    </label>
  );
}

function StateField({ form, states }: { form: Form; states: string[] }) {
  const { board } = useHostPage();
  const state = textOf(valueOf(form, 'System.State'));
  const choices = states.includes(state) ? states : [state, ...states];
  return (
    <label className="field">
      <span>State</span>
      <select
        disabled={form.isReadOnly}
        value={state}
        onChange={(event) => board.setValues({ 'System.State': event.target.value })}
      >
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </label>
  );
}
