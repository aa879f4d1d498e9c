import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useLazy, useStore } from '../../ui/hooks';
import { ErrorIcon, UploadIcon } from '../../ui/icons';
import type { ReadonlyStore } from '../../base/store';
import { describeError } from '../../upload/messages/problems';
import type { Upload } from '../../upload/upload';
import { isWaitingForSave } from '../../upload/upload-state';
import { SavePlace } from '../../ui/save-place';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import type { GalleryUploads, GalleryUploadsState } from './gallery-uploads';

const loadPart = () => import(/* webpackChunkName: "uploads" */ './upload-part');

/** Place of the uploads above the files. Their rows are loaded with the first file. */
export function UploadPlace(props: {
  state: GalleryState;
  uploads: GalleryUploads;
  onBrowse: () => void;
}): React.JSX.Element | null {
  const { state, uploads, onBrowse } = props;
  const { session, waiting, problem } = useStore(uploads);
  const part = useLazy(loadPart, session !== undefined);
  const failure = problem ?? part.problem;
  if (failure)
    return (
      <p className="note" role="alert">
        <ErrorIcon />
        <span>
          {describeError(failure)}{' '}
          {problem && <Button className="text-button" text={t('Retry')} onClick={uploads.retry} />}
        </span>
      </p>
    );
  if (session && part.module)
    return <part.module.UploadPart state={state} session={session} onBrowse={onBrowse} />;
  return waiting > 0 || session ? (
    <p className="quiet" role="status">
      {t('Uploading…')}
    </p>
  ) : null;
}

/** Question about files and changes that wait for a save. In the form group, the group asks. */
export function SaveQuestion(props: {
  state: GalleryState;
  session: Pick<GallerySession, 'gate'>;
  uploads: GalleryUploads | undefined;
}): React.JSX.Element | null {
  const { workItemId } = props.state;
  const { session } = useStore(props.uploads ?? NO_UPLOADS);
  const waiting = useStore(session?.queue ?? NO_QUEUE).filter(
    ({ target, state }) => target.kind === 'work-item' && target.id === workItemId && isWaitingForSave(state),
  );
  return (
    <SavePlace gate={props.session.gate} hostId={workItemId} workItemId={workItemId} files={waiting.length} />
  );
}

/** Button to pick files. */
export function UploadButton({ onBrowse }: { onBrowse: () => void }): React.JSX.Element {
  return (
    <Button className="gallery-upload" primary={true} onClick={onBrowse}>
      <UploadIcon />
      {t('Upload')}
    </Button>
  );
}

/** Picture and advice in place of the files of a work item without attachments, until the first file arrives. */
export function NoFiles(props: {
  state: GalleryState;
  /** Missing if another part of the page takes files. */
  uploads: GalleryUploads | undefined;
  /** Missing if files cannot be added here. */
  onBrowse: (() => void) | undefined;
}): React.JSX.Element | null {
  const { state, uploads, onBrowse } = props;
  const { session, waiting } = useStore(uploads ?? NO_UPLOADS);
  const all = useStore(session?.queue ?? NO_QUEUE);
  const isArriving = ({ target, state: { status } }: Upload): boolean =>
    target.kind === 'work-item' && target.id === state.workItemId && status !== 'cancelled';
  if (waiting > 0 || all.some(isArriving)) return null;
  return (
    <div className="gallery-empty">
      <EmptyPicture />
      <p>{onBrowse ? t('No attachments yet. Drop or paste files here.') : t('No attachments yet.')}</p>
      {onBrowse && <UploadButton onBrowse={onBrowse} />}
    </div>
  );
}

function storeOf<State>(state: State): ReadonlyStore<State> {
  return { getSnapshot: () => state, subscribe: () => () => undefined };
}

const NO_QUEUE = storeOf<readonly Upload[]>([]);
const NO_UPLOADS = storeOf<GalleryUploadsState>({ session: undefined, waiting: 0, problem: undefined });

/** A sheet with a staple between two others, in the manner of the icons. */
function EmptyPicture(): React.JSX.Element {
  return (
    <svg className="gallery-empty-picture" viewBox="0 0 120 88" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round">
        <path d="M36 24 18 29l12 45 12-3M84 24l18 5-12 45-12-3" opacity="0.5" />
        <path className="gallery-empty-sheet" d="M40 8h30l12 12v60H40z" />
        <path d="M70 8v12h12M50 40h22M50 50h22M50 60h14" />
        <path className="gallery-empty-staple" d="M47 24v-5h11v5" strokeWidth="3" />
      </g>
    </svg>
  );
}
