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
 * Slot of one contribution in the form. It has one view, and one frame, per type of work item: kept for the
 * next item of the type, alive and hidden behind the others.
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
