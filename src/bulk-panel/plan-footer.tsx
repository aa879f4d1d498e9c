import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../i18n/translate';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';

/** What the plan comes to, and the button that carries it out. */
export function PlanFooter(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const sum = sumUp(state);
  const { files, items, pairs } = sum;
  const isReady = pairs > 0 && state.reading.length === 0 && !state.isComparing;
  return (
    <footer className="panel-footer">
      <p className="quiet" role="status">
        {describeSum(state, sum)}
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

/** What is to be attached, and what is not. */
interface Sum {
  readonly files: number;
  readonly items: number;
  readonly pairs: number;
  readonly skipped: number;
  readonly blocked: number;
}

function sumUp({ plan }: PanelState): Sum {
  const files = new Set<string>();
  const items = new Set<number>();
  const count = { pairs: 0, skipped: 0, blocked: 0 };
  for (const { fileId, workItemId, fate } of plan.pairs) {
    if (fate.kind === 'skip') count.skipped++;
    else if (fate.kind === 'blocked') count.blocked++;
    else {
      count.pairs++;
      files.add(fileId);
      items.add(workItemId);
    }
  }
  return { files: files.size, items: items.size, ...count };
}

function describeSum({ files, items, plan, isComparing }: PanelState, sum: Sum): string {
  if (isComparing) return t('Looking for files of the same content…');
  if (items.length === 0) return t('Add work items to attach files to.');
  if (files.length === 0) return t('Drop, paste or pick files; nothing is sent before you say so.');
  const parts = [
    t('{count, plural, one {# attachment} other {# attachments}}', { count: sum.pairs }),
    sum.skipped > 0 && t('{count, number} skipped', { count: sum.skipped }),
    sum.blocked > 0 && t('{count, number} cannot be attached', { count: sum.blocked }),
    plan.unmatched.length > 0 &&
      t('{count, plural, one {# file without a work item} other {# files without a work item}}', {
        count: plan.unmatched.length,
      }),
  ];
  return parts.filter(Boolean).join(' · ');
}
