import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { PlanTotals } from '../../bulk/plan/plan-totals';
import { totalsOf } from '../../bulk/plan/plan-totals';
import { joinFacts } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';

/** Totals of the plan, and the button to run it. */
export function PlanFooter(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const totals = React.useMemo(() => totalsOf(state.plan), [state.plan]);
  const { files, items, pairs } = totals;
  const isReady = pairs > 0 && state.reading.length === 0 && state.status !== 'comparing';
  return (
    <footer className="panel-footer">
      <p className="quiet" role="status">
        {describeTotals(state, totals)}
      </p>
      <div className="panel-buttons">
        <Button
          primary={true}
          disabled={!isReady}
          text={
            pairs > 0
              ? t(
                  'Attach {files, plural, one {# file} other {# files}} to {items, plural, one {# work item} other {# work items}}',
                  { files, items },
                )
              : t('Attach')
          }
          onClick={() => void session.begin()}
        />
        <Button text={t('Close')} onClick={session.close} />
      </div>
    </footer>
  );
}

function describeTotals({ files, items, plan, status }: PanelState, totals: PlanTotals): string {
  if (status === 'comparing') return t('Checking for duplicate files…');
  const hasFiles = files.length > 0;
  if (items.length === 0 || (!hasFiles && items.every(({ problem }) => problem)))
    return t('Add work items to attach files to.');
  if (!hasFiles) return t('Add files to continue. Nothing is uploaded until you select Attach.');
  return joinFacts([
    t('{count, plural, one {# attachment} other {# attachments}}', { count: totals.pairs }),
    totals.skipped > 0 && t('{count, number} skipped', { count: totals.skipped }),
    totals.blocked > 0 && t("{count, number} can't be attached", { count: totals.blocked }),
    plan.unmatched.length > 0 &&
      t('{count, plural, one {# file without a work item} other {# files without a work item}}', {
        count: plan.unmatched.length,
      }),
  ]);
}
