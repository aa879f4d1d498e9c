import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { ChecksPlace } from '../../ui/checks-place';
import { useStore } from '../../ui/hooks';
import { CrossIcon, ErrorIcon, IconButton } from '../../ui/icons';
import { describeProblem, quoteName } from '../../upload/messages/problems';
import { listNames } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';

/** Rejected files and folders. */
export function RejectedFiles(props: { state: PanelState; session: PanelSession }): React.JSX.Element | null {
  const { rejected } = props.state;
  if (rejected.length === 0) return null;
  return (
    <div className="panel-problem" role="alert">
      <ErrorIcon />
      <ul>
        {rejected.map(({ name, problem }, index) => (
          <li key={index}>{describeProblem(problem, quoteName(name))}</li>
        ))}
      </ul>
      <IconButton label={t('Dismiss')} icon={<CrossIcon />} onClick={props.session.dismissRejected} />
    </div>
  );
}

/** Questions and facts about added files, before anything of them is sent. */
export function PanelChecksPlace({ session }: { session: PanelSession }): React.JSX.Element | null {
  const { checks, openWorkItem } = session;
  const { items, mapping } = useStore(session);
  return checks ? (
    <div className="panel-checks">
      <ChecksPlace
        checks={checks}
        isShown={always}
        labelOf={String}
        onOpen={openWorkItem}
        itemCount={mapping === 'all' ? items.length : 1}
      />
    </div>
  ) : null;
}

/** All files of the panel are in view. */
function always(): boolean {
  return true;
}

/** Files added during a run that are no part of it. */
export function LateFiles({ session }: { session: PanelSession }): React.JSX.Element {
  const state = useStore(session);
  const { late } = state;
  return (
    <>
      <PanelChecksPlace session={session} />
      {late.length > 0 && (
        <div className="panel-problem" role="alert">
          <ErrorIcon />
          <span>
            {t(
              "{count, plural, one {{names} isn't part of this upload. Attach it from the plan later.} other {{names} aren't part of this upload. Attach them from the plan later.}}",
              { count: late.length, names: listNames(late) },
            )}
          </span>
          <IconButton label={t('Dismiss')} icon={<CrossIcon />} onClick={session.dismissLate} />
        </div>
      )}
      <RejectedFiles state={state} session={session} />
    </>
  );
}
