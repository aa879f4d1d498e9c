import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Upload, UploadState } from '../model/upload';
import type { LinkTarget } from '../model/work-item';
import { keyOfTarget, sameTarget } from '../model/work-item';
import { countFiles, countUploads } from '../ui/format';
import { CheckIcon } from '../ui/icons';

/** The frame is used for one item after another: what goes on for others is told, and leads there. */
export function Elsewhere(props: {
  /** Those for what is not shown. */
  uploads: readonly Upload[];
  labelOf: (workItemId: number) => string;
  onOpen: (workItemId: number) => void;
  onDismiss: (ids: string[]) => void;
}): React.JSX.Element {
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
        <ElsewhereLine key={keyOfTarget(target)} {...props} target={target} uploads={uploads} />
      ))}
    </>
  );
}

function ElsewhereLine(props: {
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
    <p className="form-group-note" data-keeps-focus="">
      {isDone && <CheckIcon />}
      <span>
        {isLost &&
          `${countFiles(ids.length)} attached to nothing: the new work item was closed before it was saved.`}
        {isDone && `${countFiles(ids.length)} attached to `}
        {!isDone && !isLost && `${countUploads(open.length)} for `}
        {!isLost && <Target target={target} labelOf={labelOf} onOpen={onOpen} />}
        {!isDone && !isLost && `: ${summariseElsewhere(open)}.`}
        {isDone && '.'}
      </span>
      {(isDone || isLost) && (
        <Button className="text-button" subtle={true} text="Dismiss" onClick={() => onDismiss(ids)} />
      )}
    </p>
  );
}

function Target(props: {
  target: LinkTarget;
  labelOf: (workItemId: number) => string;
  onOpen: (workItemId: number) => void;
}): React.JSX.Element {
  const { target, labelOf, onOpen } = props;
  if (target.kind !== 'work-item') return <>a new work item</>;
  return (
    <button type="button" className="link-button" onClick={() => onOpen(target.id)}>
      {labelOf(target.id)}
    </button>
  );
}

/** `2 under way, 1 failed`. */
export function summariseElsewhere(uploads: readonly Upload[]): string {
  const kinds = new Map<string, number>();
  for (const { state } of uploads) {
    const kind = kindOf(state);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function kindOf({ status }: UploadState): string {
  switch (status) {
    case 'failed':
      return 'failed';
    case 'paused':
      return 'paused';
    case 'needs-file':
      return 'to be dropped again';
    case 'waiting-for-save':
      return 'to be attached when it is saved';
    default:
      return 'under way';
  }
}
