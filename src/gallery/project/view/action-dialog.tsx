import * as React from 'react';
import type { FileEdits } from '../actions/file-edits';
import { createPageEdits } from '../actions/file-edits';
import { createFileExport } from '../actions/file-export';
import { createPageRemoval } from '../actions/file-removal';
import { openCleanUpParts } from '../actions/page-clean-up';
import { openRecordedRuns, openRun } from '../actions/recorded-runs';
import { createPageRuleCleanUp } from '../actions/rule-clean-up';
import type { ChosenRows, HubAction, RowsAction } from '../session/hub-action';
import type { HubDialogs, HubSession } from '../session/hub-session';
import { CleanUpDialog } from './clean-up-dialog';
import type { SaveFile } from './csv-button';
import { EditDialog, EditLines } from './edit-dialog';
import { ExportDialog } from './export-dialog';
import { RemoveDialog } from './remove-dialog';
import { RunDialog, RunsDialog } from './runs-dialog';
import { StoppedRun } from './stopped-run';
import './actions.css';

/**
 * The open dialog for chosen files, for rules, or for earlier removals; without one, the reminder of a removal that
 * stopped. Above it, the results of earlier changes.
 */
export function Actions(props: {
  action: HubAction | undefined;
  dialogs: HubDialogs;
  /** Whether there are recorded removals. */
  hasRuns: boolean;
  onOpen: HubSession['openCleanUp'];
  onClose: () => void;
}): React.JSX.Element {
  const { action, dialogs, hasRuns, onOpen, onClose } = props;
  const [edits] = React.useState(() => createPageEdits(dialogs, dialogs));
  return (
    <>
      <EditLines edits={edits} />
      {action && <ActionDialog {...{ action, edits, dialogs, onOpen, onClose }} />}
      {!action && hasRuns && <StoppedRun dialogs={dialogs} onOpen={onOpen} />}
    </>
  );
}

function ActionDialog(props: {
  action: HubAction;
  edits: FileEdits;
  dialogs: HubDialogs;
  onOpen: HubSession['openCleanUp'];
  onClose: () => void;
}): React.JSX.Element {
  const { action, edits, onOpen, ...rest } = props;
  switch (action.kind) {
    case 'export':
      return <Exporting rows={action.rows} {...rest} />;
    case 'remove':
      return <Removing action={action} {...rest} />;
    case 'rename':
    case 'copy':
    case 'move':
    case 'compare':
      return <EditDialog action={action} edits={edits} {...rest} />;
    case 'clean-up':
      return <CleaningUp frame={action.frame} {...rest} />;
    case 'runs':
      return <ListingRuns onOpen={(id) => onOpen({ kind: 'run', id, resumes: false })} {...rest} />;
    case 'run':
      return <OpeningRun key={action.id} id={action.id} resumes={action.resumes} {...rest} />;
  }
}

interface StepProps {
  readonly dialogs: HubDialogs;
  readonly onClose: () => void;
}

const saveOf = ({ maySave, save }: HubDialogs): SaveFile => (maySave() ? save : undefined);

function Exporting({ rows, dialogs, onClose }: StepProps & { rows: ChosenRows }): React.JSX.Element {
  const { maySave, ...rest } = dialogs;
  const [work] = React.useState(() => createFileExport({ ...rest, rows, maySave: maySave() }));
  React.useEffect(() => {
    void work.open();
    return work.close;
  }, [work]);
  return <ExportDialog work={work} onClose={onClose} />;
}

function Removing({ action, dialogs, onClose }: StepProps & { action: RowsAction }): React.JSX.Element {
  const [work] = React.useState(() => createPageRemoval(dialogs, dialogs.index, action));
  React.useEffect(() => {
    void work.open();
    return work.close;
  }, [work]);
  return <RemoveDialog work={work} save={saveOf(dialogs)} onClose={onClose} />;
}

function CleaningUp({ frame, dialogs, onClose }: StepProps & { frame: string }): React.JSX.Element {
  const [work] = React.useState(() => createPageRuleCleanUp(dialogs, dialogs.index, frame));
  React.useEffect(() => {
    void work.estimates.count(work.form.getSnapshot());
    return work.close;
  }, [work]);
  return <CleanUpDialog work={work} save={saveOf(dialogs)} onClose={onClose} />;
}

function ListingRuns(props: StepProps & { onOpen: (id: string) => void }): React.JSX.Element {
  const { dialogs, onOpen, onClose } = props;
  const [runs] = React.useState(() => openRecordedRuns(dialogs));
  React.useEffect(() => void runs.read(), [runs]);
  return <RunsDialog runs={runs} onOpen={onOpen} onClose={onClose} />;
}

function OpeningRun(props: StepProps & { id: string; resumes: boolean }): React.JSX.Element {
  const { id, resumes, dialogs, onClose } = props;
  const [work] = React.useState(() => openRun(id, openCleanUpParts(dialogs, dialogs.index)));
  React.useEffect(() => {
    // Without a run that is paused, resuming does nothing.
    void work.open().then(() => (resumes ? work.cleanUp.resume() : undefined));
  }, [work, resumes]);
  return <RunDialog work={work} save={saveOf(dialogs)} onClose={onClose} />;
}
