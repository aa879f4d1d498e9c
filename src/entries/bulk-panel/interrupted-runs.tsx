import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatMoment } from '../../base/format';
import { t } from '../../base/i18n/translate';
import type { KeptBatch } from '../../upload/recovery/journal/kept-batch';
import { referenceOf } from '../../upload/recovery/journal/kept-batch';
import { ClockIcon, ErrorIcon } from '../../ui/icons';
import { useStore } from '../../ui/hooks';
import type { PanelSession } from './panel-session';

/** Props of `InterruptedRuns`. */
export interface InterruptedRunsProps {
  /** Whether an interrupted run is gone. */
  isLost: boolean;
  session: PanelSession;
}

/** Runs interrupted by closing the panel. */
export function InterruptedRuns(props: InterruptedRunsProps): React.JSX.Element {
  const { isLost, session } = props;
  const { interruptedPlans } = useStore(session.journal);
  return (
    <>
      {interruptedPlans.map((batch) => (
        <Interrupted key={batch.id} batch={batch} session={session} />
      ))}
      {isLost && (
        <p className="note" role="alert">
          <ErrorIcon />
          <span>
            {t(
              "This upload can't resume here. It might be running in another tab. Attaching the same files again won't create duplicates.",
            )}
          </span>
        </p>
      )}
    </>
  );
}

function Interrupted({ batch, session }: { batch: KeptBatch; session: PanelSession }): React.JSX.Element {
  const { id, uploads, addedAt } = batch;
  const sent = uploads.filter((kept) => referenceOf(kept)).length;
  return (
    <div className="interrupted" role="group" aria-label={t('Interrupted upload')}>
      <p className="note">
        <ClockIcon />
        <span>
          {t(
            'Attaching {count, plural, one {# file} other {# files}} to multiple work items was interrupted on {time}. {sent, number} of {count, plural, one {# file} other {# files}} uploaded.',
            {
              count: uploads.length,
              time: formatMoment(new Date(addedAt)),
              sent,
            },
          )}
        </span>
      </p>
      <div className="panel-buttons">
        <Button primary={true} text={t('Resume')} onClick={() => void session.resume(id)} />
        <Button text={t('Discard')} onClick={() => void session.discard(id)} />
      </div>
    </div>
  );
}
