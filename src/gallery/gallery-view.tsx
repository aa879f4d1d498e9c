import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { ErrorIcon } from '../ui/icons';
import { describeProblem } from '../upload/messages/problems';
import { useStore } from '../ui/hooks';
import { Bin } from './changes/bin';
import { FileActions } from './file-actions';
import { FileGrid } from './list/file-grid';
import { ClearFilters } from './list/filters';
import { FileTable } from './list/file-table';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';
import { Preview } from './preview/preview';
import { ReplacingLines } from './changes/replacing-view';
import { Toolbar } from './list/toolbar';
import { TransferLine } from './changes/transfer-line';
import { FileErrorLines } from './file-error-lines';
import { ZipLine } from './zip/zip-line';
import '../ui/dialog.css';
import '../ui/fields.css';
import '../ui/bar.css';
import '../ui/menu.css';
import './gallery.css';
import './list/list.css';
import './actions.css';

/** The attachments of the work item in the form. */
export function Gallery(props: {
  session: GallerySession;
  /** Whether it is embedded in the form group, with a compact layout. */
  isSmall?: boolean;
}): React.JSX.Element {
  const { session, isSmall = false } = props;
  const state = useStore(session);
  const message = messageFor(state);
  if (message !== undefined)
    return (
      <p className="note gallery-words" role={state.isLate || state.problem ? 'alert' : undefined}>
        {(state.isLate || state.problem) && <ErrorIcon />}
        <span>
          {message}{' '}
          {state.problem && (
            <Button className="text-button" subtle={true} text={t('Try again')} onClick={session.readAgain} />
          )}
        </span>
      </p>
    );
  return (
    <FileActions state={state} session={session} isSmall={isSmall}>
      <Toolbar state={state} session={session} isSmall={isSmall} />
      <ZipLine job={session.zip} />
      <ReplacingLines replacements={session.replacements} />
      <TransferLine state={state} transfers={session.transfers} />
      <Bin state={state} session={session} />
      <FileErrorLines state={state} session={session} />
      <Files state={state} session={session} />
      <Preview state={state} session={session} />
    </FileActions>
  );
}

function Files({ state, session }: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  if (state.files?.length === 0)
    return (
      <p className="quiet gallery-words">{t('Nothing is attached. Drop files on the Stapler group.')}</p>
    );
  if (state.shown.length === 0)
    return (
      <p className="gallery-words">
        {t('No files match.')} <ClearFilters state={state} session={session} />
      </p>
    );
  return state.view === 'list' ? (
    <FileTable state={state} session={session} />
  ) : (
    <FileGrid state={state} session={session} />
  );
}

/** Message in place of the files; `undefined` when they can be shown. */
function messageFor({ status, isLate, files, problem }: GalleryState): string | undefined {
  switch (status) {
    case 'connecting':
      return isLate
        ? t('Azure DevOps does not answer, so attachments cannot be shown here. Reload the page.')
        : t('Connecting to Azure DevOps…');
    case 'empty':
      return t('Open a work item to see its attachments.');
    case 'new':
      return t('Attachments appear here after the first save. Until then, drop files on the Stapler group.');
    case 'open':
      // After a failed update, the old files stay with an error above.
      if (files) return undefined;
      return problem ? describeProblem(problem, t('This work item')) : t('Reading the attachments…');
  }
}
