import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { Upload, UploadState } from '../upload/upload';
import type { LinkTarget } from '../azure/work-item';
import { keyOfTarget, sameTarget } from '../azure/work-item';
import { listOf } from '../base/format';
import { CheckIcon, ErrorIcon } from './icons';
import { rich } from './rich-text';
import './save-line.css';

/** Props of `Elsewhere`. */
export interface ElsewhereProps {
  /** Uploads for other work items. */
  uploads: readonly Upload[];
  labelOf: (workItemId: number) => string;
  onOpen: (workItemId: number) => void;
  onDismiss: (ids: string[]) => void;
}

/** Summaries of uploads for other work items, with links: one frame shows many items in turn. */
export function Elsewhere(props: ElsewhereProps): React.JSX.Element {
  const groups: { target: LinkTarget; uploads: Upload[] }[] = [];
  for (const upload of props.uploads) {
    if (upload.state.status === 'cancelled') continue;
    const group = groups.find(({ target }) => sameTarget(target, upload.target));
    if (group) group.uploads.push(upload);
    else groups.push({ target: upload.target, uploads: [upload] });
  }
  return (
    <>
      {groups.map(({ target, uploads }) => (
        <TargetSummary key={keyOfTarget(target)} {...props} target={target} uploads={uploads} />
      ))}
    </>
  );
}

function TargetSummary(props: {
  target: LinkTarget;
  uploads: readonly Upload[];
  labelOf: (workItemId: number) => string;
  onOpen: (workItemId: number) => void;
  onDismiss: (ids: string[]) => void;
}): React.JSX.Element {
  const { target, uploads, labelOf, onOpen, onDismiss } = props;
  const ids = uploads.map(({ id }) => id);
  const isDone = uploads.every(({ state }) => state.status === 'linked');
  const isLost = uploads.every(({ state }) => state.status === 'failed') && target.kind === 'draft';
  const open = uploads.filter(({ state }) => state.status !== 'linked');
  return (
    <p className="line-text" data-keeps-focus="">
      {isDone && <CheckIcon />}
      {isLost && <ErrorIcon />}
      <span>
        {isLost ? (
          t(
            "{count, plural, one {# file wasn't attached because the work item was closed without saving.} other {# files weren't attached because the work item was closed without saving.}}",
            { count: ids.length },
          )
        ) : target.kind === 'work-item' ? (
          <WorkItemSummary id={target.id} uploads={uploads} label={labelOf(target.id)} onOpen={onOpen} />
        ) : (
          describeDraft(open)
        )}
      </span>
      {(isDone || isLost) && (
        <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={() => onDismiss(ids)} />
      )}
    </p>
  );
}

function WorkItemSummary(props: {
  id: number;
  uploads: readonly Upload[];
  label: string;
  onOpen: (workItemId: number) => void;
}): React.JSX.Element {
  const { id, uploads, label, onOpen } = props;
  const open = uploads.filter(({ state }) => state.status !== 'linked');
  const workItem = (
    <button type="button" className="link-button" onClick={() => onOpen(id)}>
      {label}
    </button>
  );
  if (open.length === 0)
    return rich(
      '{count, plural, one {# file attached to {workItem}.} other {# files attached to {workItem}.}}',
      { count: uploads.length, workItem },
    );
  return areAllUnderWay(open)
    ? rich(
        '{count, plural, one {Uploading # file to {workItem}.} other {Uploading # files to {workItem}.}}',
        {
          count: open.length,
          workItem,
        },
      )
    : rich('{workItem}: {states}.', { workItem, states: summarizeStates(open) });
}

function describeDraft(open: readonly Upload[]): string {
  return areAllUnderWay(open)
    ? t(
        '{count, plural, one {Uploading # file to a new work item.} other {Uploading # files to a new work item.}}',
        { count: open.length },
      )
    : t('{workItem}: {states}.', { workItem: t('New work item'), states: summarizeStates(open) });
}

function areAllUnderWay(uploads: readonly Upload[]): boolean {
  return uploads.every(({ state }) => kindOf(state) === 'under-way');
}

/** Groups of the summary. */
const KINDS = {
  failed: (count: number) => t('{count, plural, one {# failed} other {# failed}}', { count }),
  paused: (count: number) => t('{count, plural, one {# paused} other {# paused}}', { count }),
  'needs-file': (count: number) =>
    t('{count, plural, one {# to choose again} other {# to choose again}}', { count }),
  'waiting-for-save': (count: number) =>
    t('{count, plural, one {# waiting for you to save} other {# waiting for you to save}}', {
      count,
    }),
  'under-way': (count: number) => t('{count, plural, one {# uploading} other {# uploading}}', { count }),
};

/** `2 uploading, 1 failed`. */
export function summarizeStates(uploads: readonly Upload[]): string {
  const kinds = new Map<keyof typeof KINDS, number>();
  for (const { state } of uploads) {
    const kind = kindOf(state);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return listOf([...kinds].map(([kind, count]) => KINDS[kind](count)));
}

function kindOf({ status }: UploadState): keyof typeof KINDS {
  switch (status) {
    case 'failed':
    case 'paused':
    case 'needs-file':
    case 'waiting-for-save':
      return status;
    default:
      return 'under-way';
  }
}
