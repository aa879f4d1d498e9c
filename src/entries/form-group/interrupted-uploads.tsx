import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { Upload } from '../../upload/upload';
import { isSending } from '../../upload/upload-state';
import { useLazy, useStore } from '../../ui/hooks';
import { LoadProblem } from '../../ui/load-problem';
import type { FormSession } from '../../upload/form/form-session';

const loadNotes = () => import(/* webpackChunkName: "interrupted" */ './interrupted-notes');

/** Interrupted uploads of closed frames. Their code is loaded when there are any. */
export function InterruptedUploads({ session }: { session: FormSession }): React.JSX.Element | null {
  const { attached } = useStore(session.interruptedUploads);
  const { interrupted, setAside } = useStore(session.journal.state);
  const { module, problem, retry } = useLazy(loadNotes, attached + interrupted.length + setAside > 0);
  if (module) return <module.InterruptedNotes session={session} />;
  return problem ? (
    <LoadProblem problem={problem} subject={t('Interrupted uploads')} onRetry={retry} />
  ) : null;
}

/** Advice to stay on the page, if nothing is stored for a resume. */
export function StayOnPageNote(props: {
  uploads: readonly Upload[];
  journal: FormSession['journal'];
}): React.JSX.Element | null {
  const { kind } = useStore(props.journal.state);
  const isWanted = kind === 'memory' && props.uploads.some(({ state }) => isSending(state));
  const { module } = useLazy(loadNotes, isWanted);
  return isWanted && module ? <module.StayOnPage /> : null;
}
