import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { ErrorIcon } from '../../ui/icons';
import { describeError, quoteName } from '../../upload/messages/problems';
import { useKeptFocus } from '../../ui/use-focus';
import { useStore } from '../../ui/hooks';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { ProgressLine } from '../progress-line';
import type { ZipJob, ZipState } from './zip-job';
import { describeUnread } from '../sentences';
import { describeStoring, describeZip, describeZipProblem, isTooLarge } from './zip-sentences';

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
  const { shown, files = [] } = props.state;
  if (shown.length === 0) return null;
  const text =
    shown.length === files.length
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
          <ZipStatus state={state} job={job} />
        </div>
      )}
    </div>
  );
}

function ZipStatus({
  state,
  job,
}: {
  state: Exclude<ZipState, { status: 'idle' }>;
  job: ZipJob;
}): React.JSX.Element {
  const { name, files } = state.order;
  switch (state.status) {
    case 'asking':
      return (
        <>
          <span role="status">{describeStoring()}</span>
          <div className="gallery-buttons">
            <Button className="text-button" text={t('Store zip')} onClick={job.confirm} />
            <Button className="text-button" subtle={true} text={t('Cancel')} onClick={job.cancel} />
          </div>
        </>
      );
    case 'reading':
    case 'storing':
      return <ZipProgress state={state} job={job} />;
    case 'made':
      return (
        <>
          <span role="status">
            {describeZip(
              name,
              files.length - state.leftOut.length,
              files.length,
              state.address !== undefined,
            )}{' '}
            {state.leftOut.map((each, index) => (
              <React.Fragment key={index}>{describeUnread(each.problem, each.name)} </React.Fragment>
            ))}
            {state.problem && describeError(state.problem)}
          </span>
          <div className="gallery-buttons">
            {state.address !== undefined && (
              <Button className="text-button" text={t('Download zip')} onClick={() => void job.open()} />
            )}
            <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={job.cancel} />
          </div>
        </>
      );
    case 'failed':
      return (
        <>
          <ErrorIcon />
          <span role="alert">{describeZipProblem(state.problem, name)}</span>
          <div className="gallery-buttons">
            {!isTooLarge(state.problem) && (
              <Button className="text-button" subtle={true} text={t('Retry')} onClick={job.retry} />
            )}
            <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={job.cancel} />
          </div>
        </>
      );
  }
}

function ZipProgress(props: {
  state: Extract<ZipState, { status: 'reading' | 'storing' }>;
  job: ZipJob;
}): React.JSX.Element {
  const { state, job } = props;
  const { order, bytesDone, bytesTotal, status } = state;
  const describe = (name: string): string =>
    status === 'reading' ? t('Creating {name}…', { name }) : t('Storing {name} on the server…', { name });
  return (
    <ProgressLine
      text={describe(quoteName(order.name))}
      label={describe(order.name)}
      bytesDone={bytesDone}
      bytesTotal={bytesTotal}
      onCancel={job.cancel}
    />
  );
}
