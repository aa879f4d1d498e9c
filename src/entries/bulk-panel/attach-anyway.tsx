import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { PlanPair } from '../../bulk/plan/plan';
import type { PanelSession } from './panel-session';

/** Attaches files that are left out because of their content. Shows nothing for other files. */
export function AttachAnyway(props: {
  /** Name of the file, for the accessible name. */
  name: string;
  pairs: readonly PlanPair[];
  session: PanelSession;
}): React.JSX.Element | null {
  const { name, pairs, session } = props;
  const skipped = pairs.filter(({ fate }) => fate.kind === 'skip');
  if (skipped.length === 0) return null;
  return (
    <button
      type="button"
      className="link-button attach-anyway"
      aria-label={t('Attach {name} anyway', { name })}
      onClick={() => session.attachAnyway(skipped)}
    >
      {t('Attach anyway')}
    </button>
  );
}
