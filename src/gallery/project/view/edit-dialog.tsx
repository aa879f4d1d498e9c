import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { RenameDialog } from '../../changes/rename-dialog';
import { RenameLine } from '../../changes/rename-line';
import { TargetDialog } from '../../changes/target-dialog';
import { TransferLine } from '../../changes/transfer-line';
import { CompareDialog } from '../../compare/compare-dialog';
import { FileErrorLines } from '../../file-error-lines';
import type { AttachedFile } from '../../model/attached-file';
import type { FileEdits } from '../actions/file-edits';
import type { Collector } from '../actions/read-chosen';
import { createChosenReader } from '../actions/read-chosen';
import type { RowsAction } from '../session/hub-action';
import { toAttachedFile } from '../session/hub-files';
import type { HubDialogs } from '../session/hub-session';
import { ReadingStep, StepsDialog } from './dialog-parts';

/** Renames, copies, moves or compares chosen files in the dialogs of the Files tab. */
export function EditDialog(props: {
  action: RowsAction;
  edits: FileEdits;
  dialogs: Pick<HubDialogs, 'index' | 'comparison'>;
  onClose: () => void;
}): React.JSX.Element | null {
  const { action, edits, dialogs, onClose } = props;
  const { index, comparison } = dialogs;
  const [reader] = React.useState(() => createChosenReader(index, action.rows, createCollector));
  const state = useStore(reader);
  React.useEffect(() => {
    void reader.read();
    return reader.stop;
  }, [reader]);
  // A few hundred files are read in a moment: a step of its own would flicker.
  if (state.status === 'reading') return null;
  if (state.status !== 'read')
    return (
      <StepsDialog title={t('Files')} onClose={onClose}>
        <ReadingStep state={state} onRetry={() => void reader.read()} onClose={onClose} />
      </StepsDialog>
    );
  const files = state.chosen;
  const [file, other] = files;
  switch (action.kind) {
    case 'compare':
      return file && other && comparison ? (
        <CompareDialog files={[file, other]} session={comparison} onClose={onClose} />
      ) : null;
    case 'rename':
      return file ? <RenameDialog file={file} session={edits} onClose={onClose} /> : null;
    default:
      return <TargetDialog files={files} isMove={action.kind === 'move'} session={edits} onClose={onClose} />;
  }
}

function createCollector(): Collector<readonly AttachedFile[]> {
  const files: AttachedFile[] = [];
  return { add: (file) => void files.push(toAttachedFile(file)), finish: () => files };
}

/** Changes in progress, and the results of the last ones with a button to undo them. */
export function EditLines({ edits }: { edits: FileEdits }): React.JSX.Element {
  const state = useStore(edits.state);
  const { renames, transfers, dismissErrors } = edits;
  const count = state.busy.size;
  return (
    <>
      {count > 0 && (
        <p className="note" role="status">
          {t('{count, plural, one {Changing # file…} other {Changing # files…}}', { count })}
        </p>
      )}
      <TransferLine state={state} transfers={transfers} />
      <RenameLine state={state} renames={renames} />
      <FileErrorLines state={state} session={{ dismissErrors, readAgain: dismissErrors }} />
    </>
  );
}
