import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatMoment } from '../../base/format';
import { t } from '../../base/i18n/translate';
import type { KeptBatch } from '../../upload/recovery/journal/kept-batch';
import { referenceOf } from '../../upload/recovery/journal/kept-batch';
import { ClockIcon, ErrorIcon } from '../../ui/icons';
import { useStore } from '../../ui/hooks';
import type { PanelSession } from './panel-session';

/** Runs interrupted by closing the panel. */
export function InterruptedRuns(props: { isLost: boolean; session: PanelSession }): React.JSX.Element {
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
              'It cannot go on here: another tab has taken it, or what was noted of it cannot be understood. Check what is attached; attaching the same files again skips what is there.',
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
    <div className="interrupted" role="group" aria-label={t('Interrupted run')}>
      <p className="note">
        <ClockIcon />
        <span>
          {t(
            'Attaching {count, plural, one {# file} other {# files}} to many work items was interrupted on {time}: {sent, number} of {count, number} had been sent.',
            {
              count: uploads.length,
              time: formatMoment(new Date(addedAt)),
              sent,
            },
          )}
        </span>
      </p>
      <div className="panel-buttons">
        <Button primary={true} text={t('Go on')} onClick={() => void session.resume(id)} />
        <Button text={t('Forget')} onClick={() => void session.discard(id)} />
      </div>
    </div>
  );
}
