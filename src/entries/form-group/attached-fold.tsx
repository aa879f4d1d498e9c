import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { canRetryByHand } from '../../base/problem-traits';
import { ChevronIcon, ErrorIcon } from '../../ui/icons';
import { describeProblem } from '../../upload/messages/problems';

/** Loads the gallery for the form and starts reading the attachments. */
export type OpenGallery = () => Promise<React.JSX.Element>;

/** State of the gallery. */
type Opening = 'folded' | 'loading' | Problem | React.JSX.Element;

/** `3 of 100 attachments`, or `3 attachments` without a known limit. */
function describeCount(count: number, limit: number): string {
  return limit === Infinity
    ? t('{count, plural, one {# attachment} other {# attachments}}', { count })
    : t('{count, number} of {limit, number} attachments', { count, limit });
}

/** Number of attachments, with the gallery behind it. Nothing is loaded before it is opened. */
export function AttachedFold(props: {
  attachmentCount: number | undefined;
  /** See `Host`. */
  attachmentLimit: number;
  openGallery: OpenGallery | undefined;
  /** Shown next to the number. */
  children: React.ReactNode;
}): React.JSX.Element {
  const { attachmentCount, attachmentLimit, openGallery, children } = props;
  const [opening, setOpening] = React.useState<Opening>('folded');
  const [gallery, setGallery] = React.useState<React.JSX.Element>();
  const isOpen = opening !== 'folded';
  const count = attachmentCount === undefined ? undefined : describeCount(attachmentCount, attachmentLimit);

  function unfold(): void {
    if (!openGallery) return;
    setOpening('loading');
    // An earlier gallery keeps following the form and is shown again.
    const loading = gallery ? Promise.resolve(gallery) : openGallery();
    void loading.then(
      (loaded) => {
        setGallery(loaded);
        setOpening((now) => (now === 'loading' ? loaded : now));
      },
      (error: unknown) => setOpening(toProblem(error)),
    );
  }

  return (
    <>
      <div className="form-group-facts">
        {openGallery && (isOpen || (attachmentCount ?? 0) > 0) ? (
          <button
            type="button"
            className="fold-button form-group-count"
            aria-expanded={isOpen}
            onClick={() => (isOpen ? setOpening('folded') : unfold())}
          >
            <ChevronIcon open={isOpen} />
            {count ?? t('Attachments')}
          </button>
        ) : (
          <span className="form-group-count">{count}</span>
        )}
        {children}
      </div>
      {opening === 'loading' && (
        <p className="form-group-note form-group-quiet">{t('Reading the attachments…')}</p>
      )}
      {typeof opening === 'object' &&
        (isProblem(opening) ? (
          <p className="form-group-note" role="alert">
            <ErrorIcon />
            {canRetryByHand(opening) ? (
              <span>
                {t('What shows the attachments could not be loaded. Check the connection.')}{' '}
                <Button className="text-button" text={t('Try again')} onClick={unfold} />
              </span>
            ) : (
              <span>{describeProblem(opening, t('The files'))}</span>
            )}
          </p>
        ) : (
          <section aria-label={t('Attachments')}>{opening}</section>
        ))}
    </>
  );
}

function isProblem(opening: Problem | React.JSX.Element): opening is Problem {
  return 'kind' in opening;
}
