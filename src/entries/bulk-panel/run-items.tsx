import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { PlannedRun } from '../../bulk/run/planned-run';
import type { RunItem, RunState, Uploads } from '../../bulk/run/run-state';
import { CheckIcon, ClockIcon, ErrorIcon, UploadIcon } from '../../ui/icons';
import { VirtualList } from '../../ui/virtual-list';
import { labelOf, listFacts } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { Counts } from '../../bulk/run/run-facts';
import { countsOf } from '../../bulk/run/run-facts';

const ROW_PX = 30;

/** Work items of a run with their progress. */
export function RunItems(props: {
  planned: PlannedRun;
  state: RunState;
  uploads: Uploads;
  session: PanelSession;
}): React.JSX.Element {
  const { planned, state, uploads, session } = props;
  const items = React.useMemo(() => [...state.items.values()], [state.items]);
  const facts = React.useMemo(() => new Map(planned.items.map((item) => [item.id, item])), [planned]);
  return (
    <VirtualList
      label={t('Progress by work item')}
      rows={items}
      keyOf={idOf}
      estimatePx={ROW_PX}
      renderRow={(item) => {
        const { workItemId } = item;
        const known = facts.get(workItemId);
        const counts = countsOf(item, uploads);
        return (
          <div className="plan-row plan-row-line">
            <ItemIcon isActive={item.status === 'linking'} {...counts} />
            <span className="plan-row-title" title={known?.title}>
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

function idOf({ workItemId }: RunItem): number {
  return workItemId;
}

function ItemIcon({ isActive, failed, left, open }: Counts & { isActive: boolean }): React.JSX.Element {
  if (open > 0 && isActive) return <UploadIcon />;
  if (open > 0 || left > 0) return <ClockIcon />;
  return failed > 0 ? <ErrorIcon /> : <CheckIcon />;
}

function describeItem({ status }: RunItem, { attached, failed, left, open }: Counts): string {
  if (open === 0) {
    if (failed + left === 0)
      return t('{count, plural, one {# file attached} other {# files attached}}', { count: attached });
    return listFacts([
      t('{count, number} attached', { count: attached }),
      failed > 0 && t('{count, number} failed', { count: failed }),
      left > 0 && t('{count, number} left', { count: left }),
    ]);
  }
  switch (status) {
    case 'linking':
      return t('Attaching…');
    case 'backing-off':
      return t('Waiting to retry');
    case 'waiting':
      return t('{count, plural, one {Waiting for # file} other {Waiting for # files}}', { count: open });
  }
}
