import * as React from 'react';
import type { Contribution } from '../../../contract';
import type { Form } from '../form/form';
import { typeOf } from '../work-item';
import { ExtensionFrame } from './extension-frame';

interface ExtensionSlotProps {
  contribution: Contribution;
  form: Form;
}

/**
 * The place of one contribution in the form. There is one view, and so one frame, per type of work item: it is kept
 * for the next item of that type and stays alive, hidden, behind the views of others.
 */
export function ExtensionSlot({ contribution, form }: ExtensionSlotProps) {
  const workItemType = typeOf(form.item);
  const [types, setTypes] = React.useState([workItemType]);
  if (!types.includes(workItemType)) setTypes([...types, workItemType]);
  return (
    <>
      {types.map((type) => (
        <ExtensionFrame
          key={type}
          contribution={contribution}
          view={{ place: form.place, workItemType: type }}
          shown={type === workItemType}
        />
      ))}
    </>
  );
}
