import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { FilesList } from './files-list';
import { ItemsList } from './items-list';
import { PlanOptions } from './plan-options';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';
import { pairsBy } from './panel-state';

/** The plan by work item or by file, with its options. */
export function PlanLists(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const { plan, items, files } = state;
  const [shown, show] = React.useState<'items' | 'files'>('items');
  const pairs = React.useMemo(() => pairsBy(plan.pairs), [plan]);
  const unmatched = plan.unmatched.length;
  return (
    <section aria-label={t('Plan')}>
      <div className="tabs" role="group" aria-label={t('Show the plan')}>
        <button type="button" aria-pressed={shown === 'items'} onClick={() => show('items')}>
          {t('By work item ({count, number})', { count: items.length })}
        </button>
        <button type="button" aria-pressed={shown === 'files'} onClick={() => show('files')}>
          {unmatched > 0
            ? t('By file ({count, number}), {unmatched, number} open', { count: files.length, unmatched })
            : t('By file ({count, number})', { count: files.length })}
        </button>
      </div>
      {shown === 'items' ? (
        <ItemsList state={state} session={session} pairs={pairs} />
      ) : (
        <FilesList state={state} session={session} pairs={pairs} />
      )}
      <PlanOptions state={state} session={session} />
    </section>
  );
}
