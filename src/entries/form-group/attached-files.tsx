import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { canRetryByHand } from '../../base/problem-traits';
import type { RenderGallery } from '../../gallery/gallery-in-form';
import { ChevronIcon, ErrorIcon } from '../../ui/icons';
import { useLazy } from '../../ui/hooks';
import type { OpenForm } from '../../upload/form/form-state';
import { asReadProblem, describeError } from '../../upload/messages/problems';

const loadJustAttached = () => import(/* webpackChunkName: "just-attached" */ '../../ui/just-attached');

/** Loads the gallery for the form. */
export type OpenGallery = () => Promise<RenderGallery>;

/** From this many free places on, the number of attachments tells how many are left. */
const FEW_LEFT = 10;

/** `37 attachments`; `93 attachments · 7 left` when the work item is nearly full. */
function describeCount(count: number, limit: number): string {
  const attachments = t('{count, plural, one {# attachment} other {# attachments}}', { count });
  const left = limit - count;
  return left > 0 && left <= FEW_LEFT
    ? t('{attachments} · {left, number} left', { attachments, left })
    : attachments;
}

/** Attachments of the work item: their number, and the latest ones or all. The code for these is loaded when needed. */
export function AttachedFiles(props: {
  attachmentCount: number;
  /** See `Host`. */
  attachmentLimit: number;
  /** Number of files attached by this frame. */
  justAttached: number;
  /** See `OpenForm`. */
  notShown?: OpenForm['notShown'];
  /** Offers these files for more work items. Missing if the bulk panel is switched off. */
  onAlsoAttach: (() => void) | undefined;
  openGallery: OpenGallery | undefined;
  /** Whether all are shown instead of the latest ones. */
  isUnfolded: boolean;
  onFold: (isUnfolded: boolean) => void;
}): React.JSX.Element {
  const { attachmentCount, attachmentLimit, justAttached, notShown, onAlsoAttach } = props;
  const { openGallery, isUnfolded, onFold } = props;
  const hasAny = attachmentCount > 0 || justAttached > 0;
  const { gallery, problem, load } = useGallery(openGallery, hasAny || isUnfolded);
  // The same element, so that progress of uploads does not render it.
  const shown = React.useMemo(
    () => gallery?.({ isFolded: !isUnfolded, onUnfold: () => onFold(true) }),
    [gallery, isUnfolded, onFold],
  );
  const { module: just } = useLazy(loadJustAttached, justAttached > 0 || notShown !== undefined);
  const count = describeCount(attachmentCount, attachmentLimit);
  return (
    <div className="attached">
      <div className="attached-heading">
        {openGallery && (hasAny || isUnfolded) ? (
          <button
            type="button"
            className="fold-button attached-count"
            aria-expanded={isUnfolded}
            onClick={() => onFold(!isUnfolded)}
          >
            <ChevronIcon open={isUnfolded} />
            {count}
          </button>
        ) : (
          <span className="attached-count">{hasAny ? count : t('No attachments yet')}</span>
        )}
        {justAttached > 0 && just && <just.JustAttached count={justAttached} onAlsoAttach={onAlsoAttach} />}
      </div>
      {problem ? (
        <GalleryProblem problem={problem} isAsked={isUnfolded} onTryAgain={load} />
      ) : (
        (hasAny || isUnfolded) && <div className={isUnfolded ? undefined : 'attached-latest'}>{shown}</div>
      )}
      {notShown && !problem && just && <just.NotShownNote notShown={notShown} count={justAttached} />}
    </div>
  );
}

function GalleryProblem(props: {
  problem: Problem;
  /** Whether the person waits for the files. Otherwise the error interrupts no screen reader. */
  isAsked: boolean;
  onTryAgain: () => void;
}): React.JSX.Element {
  const { problem, isAsked, onTryAgain } = props;
  return (
    <p className="form-group-note" role={isAsked ? 'alert' : undefined}>
      <ErrorIcon />
      <span>
        {canRetryByHand(problem)
          ? t("Couldn't load the attachments. Check your connection.")
          : describeError(asReadProblem(problem))}
      </span>
      {canRetryByHand(problem) && <Button className="text-button" text={t('Retry')} onClick={onTryAgain} />}
    </p>
  );
}

/** Loads the gallery once it is wanted, after a paint. It stays, and follows the form. */
function useGallery(
  openGallery: OpenGallery | undefined,
  isWanted: boolean,
): { readonly gallery?: RenderGallery; readonly problem?: Problem; readonly load: () => void } {
  const [state, setState] = React.useState<{ readonly gallery?: RenderGallery; readonly problem?: Problem }>(
    {},
  );
  const load = React.useCallback((): void => {
    setState({});
    openGallery?.().then(
      (gallery) => setState({ gallery }),
      (error: unknown) => setState({ problem: toProblem(error) }),
    );
  }, [openGallery]);
  React.useEffect(() => {
    if (isWanted) load();
  }, [isWanted, load]);
  return { ...state, load };
}
