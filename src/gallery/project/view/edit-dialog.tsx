import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { RenameDialog } from '../../changes/rename-dialog';
import { RenameLine } from '../../changes/rename-line';
import { TargetDialog } from '../../changes/target-dialog';
import { TransferLine } from '../../changes/transfer-line';
import { FileErrorLines } from '../../file-error-lines';
import type { AttachedFile } from '../../model/attached-file';
import type { FileEdits } from '../actions/file-edits';
import type { Collector } from '../actions/read-chosen';
import { createChosenReader } from '../actions/read-chosen';
import type { ProjectIndex } from '../project-index';
import type { RowsAction } from '../session/hub-action';
import { toAttachedFile } from '../session/hub-files';
import { ReadingStep, StepsDialog } from './dialog-parts';

/** Renames, copies or moves chosen files in the dialogs of the Files tab. */
export function EditDialog(props: {
  action: RowsAction;
  edits: FileEdits;
  index: Pick<ProjectIndex, 'readRows'>;
  onClose: () => void;
}): React.JSX.Element | null {
  const { action, edits, index, onClose } = props;
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
  const [file] = files;
  if (action.kind !== 'rename')
    return <TargetDialog files={files} isMove={action.kind === 'move'} session={edits} onClose={onClose} />;
  return file ? <RenameDialog file={file} session={edits} onClose={onClose} /> : null;
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
