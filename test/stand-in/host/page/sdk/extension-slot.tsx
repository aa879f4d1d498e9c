import * as React from 'react';
import type { Contribution } from '../../../contract';
import { ExtensionFrame } from './extension-frame';

interface ExtensionSlotProps {
  contribution: Contribution;
  /** The type of the open work item. */
  workItemType: string;
}

/**
 * The place of one contribution in the form. There is one view, and so one frame, per type of work item: it is kept
 * for the next item of that type and stays alive, hidden, behind the views of others.
 */
export function ExtensionSlot({ contribution, workItemType }: ExtensionSlotProps) {
  const [types, setTypes] = React.useState([workItemType]);
  if (!types.includes(workItemType)) setTypes([...types, workItemType]);
  return (
    <>
      {types.map((type) => (
        <ExtensionFrame
          key={type}
          contribution={contribution}
          workItemType={type}
          shown={type === workItemType}
        />
      ))}
    </>
  );
}
