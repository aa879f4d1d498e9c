import * as React from 'react';
import { createFileExport } from '../actions/file-export';
import { createPageRemoval } from '../actions/file-removal';
import type { HubAction } from '../session/hub-action';
import type { HubDialogs } from '../session/hub-session';
import { ExportDialog } from './export-dialog';
import { RemoveDialog } from './remove-dialog';
import './actions.css';

/** Dialog for chosen files. */
export function ActionDialog(props: {
  action: HubAction;
  dialogs: HubDialogs;
  onClose: () => void;
}): React.JSX.Element {
  const { action, dialogs, onClose } = props;
  return action.kind === 'export' ? (
    <Exporting rows={action.rows} dialogs={dialogs} onClose={onClose} />
  ) : (
    <Removing rows={action.rows} dialogs={dialogs} onClose={onClose} />
  );
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
