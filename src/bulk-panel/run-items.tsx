import * as React from 'react';
import type { PlannedRun } from '../bulk/bulk-pipeline';
import type { RunItem, RunState, Uploads } from '../bulk/run-state';
import { CheckIcon, ClockIcon, ErrorIcon } from '../ui/icons';
import { VirtualList } from '../ui/virtual-list';
import { countFiles } from '../ui/format';
import { labelOf } from './panel-sentences';
import type { PanelSession } from './panel-session';
import { countsOf } from './run-facts';

const ROW_PX = 30;

/** Where each work item stands while a run is under way. */
export function RunItems(props: {
  planned: PlannedRun;
  state: RunState;
  uploads: Uploads;
  session: PanelSession;
}): React.JSX.Element {
  const { planned, state, uploads, session } = props;
  const items = [...state.items.values()];
  const facts = React.useMemo(() => new Map(planned.items.map((item) => [item.id, item])), [planned]);
  return (
    <VirtualList
      label="Work items of the run"
      count={items.length}
      keyOf={(index) => items[index]?.workItemId ?? index}
      estimatePx={ROW_PX}
      renderRow={(index) => {
        const item = items[index];
        if (!item) return null;
        const { workItemId } = item;
        const known = facts.get(workItemId);
        const counts = countsOf(item, uploads, state);
        return (
          <div className="plan-row plan-row-line">
            <ItemIcon {...counts} />
            <span className="plan-row-title">
              <button type="button" className="link-button" onClick={() => session.openWorkItem(workItemId)}>
                {labelOf(known ?? { id: workItemId, type: '' })}
              </button>{' '}
              <bdi>{known?.title}</bdi>
            </span>
            <span className="plan-row-size quiet">{describeItem(item, counts)}</span>
          </div>
        );
      }}
    />
  );
}

function ItemIcon({ failed, open }: ReturnType<typeof countsOf>): React.JSX.Element {
  if (open > 0) return <ClockIcon />;
  return failed > 0 ? <ErrorIcon /> : <CheckIcon />;
}

function describeItem(item: RunItem, { attached, failed, open }: ReturnType<typeof countsOf>): string {
  if (open === 0 && failed === 0) return `${countFiles(attached)} attached`;
  if (open === 0) return `${attached} attached, ${failed} not`;
  switch (item.status) {
    case 'linking':
      return 'Attaching';
    case 'resting':
      return 'Waiting to be tried again';
    case 'waiting':
      return `Waiting for ${countFiles(open)}`;
  }
}
