import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { useFilePicker } from '../ui/drop-zone';
import { ErrorIcon } from '../ui/icons';
import { asReadProblem, describeError } from '../upload/messages/problems';
import { useStore } from '../ui/hooks';
import type { MenuItem } from '../ui/menu';
import { DownloadLines } from './download-lines';
import { FileActions } from './file-actions';
import { FileGrid } from './list/file-grid';
import { ClearFilters } from './list/filters';
import { FileTable } from './list/file-table';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';
import { previewedFile } from './gallery-state';
import { Preview } from './preview/preview';
import { LazyCommandLines } from './changes/lazy-command-lines';
import type { Strip } from './strip/strip';
import { Toolbar } from './list/toolbar';
import { DropTarget } from './uploads/drop-target';
import type { GalleryUploads } from './uploads/gallery-uploads';
import { NoFiles, SaveQuestion, UploadButton, UploadPlace } from './uploads/upload-place';
import { FileErrorLines } from './file-error-lines';
import { LazyTextsLines } from './texts/lazy-texts-lines';
import { ZipLine } from './zip/zip-line';
import '../ui/dialog.css';
import '../ui/field.css';
import '../ui/fields.css';
import '../ui/bar.css';
import '../ui/menu.css';
import './gallery.css';
import './list/list.css';
import './actions.css';
import './uploads/uploads.css';

/** The gallery inside the form group, with a compact layout. */
export interface Fold {
  /** Whether only a strip of the latest files is shown. */
  readonly isFolded: boolean;
  readonly onUnfold: () => void;
}

/** The attachments of the work item in the form. */
export function Gallery(props: {
  session: GallerySession;
  /** Set together with `fold`; other pages do without its code. */
  strip?: typeof Strip;
  /** Missing on a page of its own. */
  fold?: Fold;
  /** Missing if another part of the page takes files. */
  uploads?: GalleryUploads;
  /** Further items of the menu. */
  moreItems?: () => readonly MenuItem[];
}): React.JSX.Element {
  const { session, strip, fold, uploads, moreItems } = props;
  const state = useStore(session);
  const { input, browse } = useFilePicker((files) => uploads?.attachPicked(files));
  const onBrowse = uploads && !state.isReadOnly ? (): void => browse('files') : undefined;
  return (
    <>
      {uploads && <DropTarget state={state} uploads={uploads} />}
      {uploads && input}
      <GalleryContent {...{ state, session, strip, fold, uploads, onBrowse, moreItems }} />
    </>
  );
}

function GalleryContent(props: {
  state: GalleryState;
  session: GallerySession;
  strip: typeof Strip | undefined;
  fold: Fold | undefined;
  uploads: GalleryUploads | undefined;
  /** Opens the file picker. Missing if files cannot be added here. */
  onBrowse: (() => void) | undefined;
  moreItems: (() => readonly MenuItem[]) | undefined;
}): React.JSX.Element {
  const { state, session, strip: FoldedStrip, fold, uploads, onBrowse, moreItems } = props;
  const message = messageFor(state);
  // The form group keeps the place.
  if (state.isFolded && !state.files && !state.problem) return <></>;
  if (message !== undefined)
    return (
      <p className="note gallery-words" role={state.isLate || state.problem ? 'alert' : undefined}>
        {(state.isLate || state.problem) && <ErrorIcon />}
        <span>{message}</span>
        {state.problem && (
          <Button className="text-button" subtle={true} text={t('Retry')} onClick={session.readAgain} />
        )}
      </p>
    );
  return (
    <FileActions state={state} session={session} isSmall={fold !== undefined}>
      {!state.isFolded && (
        <Toolbar {...{ state, session, moreItems }} isSmall={fold !== undefined}>
          {onBrowse && state.files?.length !== 0 && <UploadButton onBrowse={onBrowse} />}
        </Toolbar>
      )}
      {!fold && <SaveQuestion state={state} session={session} uploads={uploads} />}
      {uploads && <UploadPlace state={state} uploads={uploads} onBrowse={onBrowse ?? NOTHING} />}
      <ZipLine job={session.zip} />
      {!previewedFile(state).file && <DownloadLines downloads={session.downloads} />}
      <LazyCommandLines state={state} session={session} />
      <LazyTextsLines state={state} session={session} />
      <FileErrorLines state={state} session={session} />
      {state.isFolded && fold && FoldedStrip ? (
        <FoldedStrip key={state.workItemId} state={state} session={session} onUnfold={fold.onUnfold} />
      ) : (
        <Files {...{ state, session, uploads, onBrowse }} />
      )}
      <Preview state={state} session={session} />
    </FileActions>
  );
}

const NOTHING = (): void => undefined;

function Files(props: {
  state: GalleryState;
  session: GallerySession;
  uploads: GalleryUploads | undefined;
  onBrowse: (() => void) | undefined;
}): React.JSX.Element {
  const { state, session, uploads, onBrowse } = props;
  const isEmpty = state.files?.length === 0;
  if (isEmpty && state.listed.length === 0) return <NoFiles {...{ state, uploads, onBrowse }} />;
  if (state.shown.length === 0)
    return (
      <p className="gallery-words">
        {t('No files match.')} <ClearFilters state={state} session={session} />
      </p>
    );
  return (
    <>
      {isEmpty && <NoFiles {...{ state, uploads, onBrowse }} />}
      {state.view === 'list' ? (
        <FileTable state={state} session={session} />
      ) : (
        <FileGrid state={state} session={session} />
      )}
    </>
  );
}

/** Message in place of the files; `undefined` when they can be shown. */
function messageFor({ status, isLate, files, problem }: GalleryState): string | undefined {
  switch (status) {
    case 'connecting':
      return isLate
        ? t("Azure DevOps isn't responding. Reload the page to see the attachments.")
        : t('Connecting to Azure DevOps…');
    case 'empty':
      return t('Open a work item to see its attachments.');
    case 'new':
      return t('Save the new work item to add files here. Until then, drop them on the Attachments group.');
    case 'open':
      // After a failed update, the old files stay with an error above.
      if (files) return undefined;
      return problem ? describeError(asReadProblem(problem)) : t('Reading the attachments…');
  }
}
