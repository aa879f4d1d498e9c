import * as React from 'react';
import type { FileEdits } from '../actions/file-edits';
import { createPageEdits } from '../actions/file-edits';
import { createFileExport } from '../actions/file-export';
import { createPageRemoval } from '../actions/file-removal';
import type { HubAction } from '../session/hub-action';
import type { HubDialogs } from '../session/hub-session';
import { EditDialog, EditLines } from './edit-dialog';
import { ExportDialog } from './export-dialog';
import { RemoveDialog } from './remove-dialog';
import './actions.css';

/** The open dialog for chosen files, and the results of earlier changes. */
export function Actions(props: {
  action: HubAction | undefined;
  dialogs: HubDialogs;
  onClose: () => void;
}): React.JSX.Element {
  const { action, dialogs, onClose } = props;
  const [edits] = React.useState(() => createPageEdits(dialogs, dialogs));
  return (
    <>
      <EditLines edits={edits} />
      {action && <ActionDialog action={action} edits={edits} dialogs={dialogs} onClose={onClose} />}
    </>
  );
}

function ActionDialog(props: {
  action: HubAction;
  edits: FileEdits;
  dialogs: HubDialogs;
  onClose: () => void;
}): React.JSX.Element {
  const { action, ...rest } = props;
  switch (action.kind) {
    case 'export':
      return <Exporting rows={action.rows} {...rest} />;
    case 'remove':
      return <Removing rows={action.rows} {...rest} />;
    case 'rename':
    case 'copy':
    case 'move':
      return <EditDialog action={action} index={rest.dialogs.index} {...rest} />;
  }
}

interface StepProps {
  readonly rows: HubAction['rows'];
  readonly dialogs: HubDialogs;
  readonly onClose: () => void;
}

function Exporting({ rows, dialogs, onClose }: StepProps): React.JSX.Element {
  const { maySave, ...rest } = dialogs;
  const [work] = React.useState(() => createFileExport({ ...rest, rows, maySave: maySave() }));
  React.useEffect(() => {
    void work.open();
    return work.close;
  }, [work]);
  return <ExportDialog work={work} onClose={onClose} />;
}

function Removing({ rows, dialogs, onClose }: StepProps): React.JSX.Element {
  const [work] = React.useState(() => createPageRemoval(dialogs, dialogs.index, rows));
  React.useEffect(() => {
    void work.open();
    return work.close;
  }, [work]);
  return <RemoveDialog work={work} save={dialogs.maySave() ? dialogs.save : undefined} onClose={onClose} />;
}
