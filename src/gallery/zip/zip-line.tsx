import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { describeError } from '../../upload/messages/problems';
import { useKeptFocus } from '../../ui/use-focus';
import { useLazy, useStore } from '../../ui/hooks';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import type { ZipJob } from './zip-job';
import type { ZipStatusProps } from './zip-status';

/** Starts a zip of some files. */
export function ZipButton(props: {
  text: string;
  files: readonly AttachedFile[];
  state: GalleryState;
  session: GallerySession;
}): React.JSX.Element {
  const { text, files, state, session } = props;
  const { status } = useStore(session.zip);
  return (
    <Button
      className="text-button"
      subtle={true}
      disabled={status === 'reading' || status === 'storing'}
      text={text}
      onClick={() => session.zip.start(files, state.members)}
    />
  );
}

/** Starts a zip of all shown files. */
export function ZipAllButton(props: {
  state: GalleryState;
  session: GallerySession;
}): React.JSX.Element | null {
  const { shown, listed } = props.state;
  if (shown.length === 0) return null;
  const text =
    shown.length === listed.length
      ? t('Download all (zip)')
      : t('Download {count, plural, one {# file} other {# files}} (zip)', { count: shown.length });
  return <ZipButton {...props} text={text} files={shown} />;
}

/** Progress and result of a zip. */
export function ZipLine({ job }: { job: ZipJob }): React.JSX.Element {
  const state = useStore(job);
  const opener = React.useRef<HTMLElement | null>(null);
  const container = useKeptFocus(() => opener.current);
  const isIdle = state.status === 'idle';
  React.useLayoutEffect(() => {
    const { activeElement } = document;
    if (!isIdle && activeElement instanceof HTMLElement && !container.current?.contains(activeElement))
      opener.current = activeElement;
  }, [isIdle, container]);
  return (
    <div ref={container} className="gallery-zip-place">
      {state.status !== 'idle' && (
        <div className="gallery-job note" data-keeps-focus="">
          <LazyZipStatus state={state} job={job} />
        </div>
      )}
    </div>
  );
}

const loadStatus = () => import(/* webpackChunkName: "zip-status" */ './zip-status');

function LazyZipStatus(props: ZipStatusProps): React.JSX.Element | null {
  const { module, problem, retry } = useLazy(loadStatus, true);
  if (module) return <module.ZipStatus {...props} />;
  if (!problem) return null;
  return (
    <>
      <span role="alert">{describeError(problem)}</span>
      <Button className="text-button" subtle={true} text={t('Retry')} onClick={retry} />
    </>
  );
}
