import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { PlanItem, PlanPair, UnmatchedReason } from '../../bulk/plan/plan';
import { useLazy } from '../../ui/hooks';
import { FileName } from '../../ui/rich-text';
import { EditIcon, FileIcon, IconButton, TrashIcon } from '../../ui/icons';
import { VirtualList } from '../../ui/virtual-list';
import { AttachAnyway } from './attach-anyway';
import { describeFate, describeSize, describeUnmatched, joinFacts, labelOf } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PairsBy, PanelFile, PanelState } from './panel-state';

const loadAssignField = () => import(/* webpackChunkName: "file-editor" */ './assign-field');
const loadEditor = () => import(/* webpackChunkName: "file-editor" */ './file-editor');

const ROW_PX = 44;
const NONE: readonly PlanPair[] = [];

/** Files of the plan with their work items; unmatched files come first. */
export function FilesList(props: {
  state: PanelState;
  session: PanelSession;
  pairs: PairsBy;
}): React.JSX.Element {
  const { state, session, pairs } = props;
  const { files, items, plan } = state;
  const [edited, setEdited] = React.useState<string>();
  const itemOf = React.useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const { unmatched } = plan;
  const reasons = React.useMemo(
    () => new Map(unmatched.map(({ fileId, reason }) => [fileId, reason])),
    [unmatched],
  );
  const sorted = React.useMemo(
    () => [...files.filter(({ id }) => reasons.has(id)), ...files.filter(({ id }) => !reasons.has(id))],
    [files, reasons],
  );
  return (
    <VirtualList
      label={t('Files in the plan')}
      rows={sorted}
      keyOf={idOf}
      estimatePx={ROW_PX}
      renderRow={(file) => (
        <FileRow
          file={file}
          pairs={pairs.file.get(file.id) ?? NONE}
          itemOf={itemOf}
          reason={reasons.get(file.id)}
          isEdited={edited === file.id}
          onEdit={() => setEdited(edited === file.id ? undefined : file.id)}
          state={state}
          session={session}
        />
      )}
    />
  );
}

function idOf({ id }: PanelFile): string {
  return id;
}

function FileRow(props: {
  file: PanelFile;
  pairs: readonly PlanPair[];
  itemOf: ReadonlyMap<number, PlanItem>;
  reason: UnmatchedReason | undefined;
  isEdited: boolean;
  onEdit: () => void;
  state: PanelState;
  session: PanelSession;
}): React.JSX.Element {
  const { file, pairs, itemOf, reason, isEdited, onEdit, state, session } = props;
  const { id, name, folder } = file;
  const { module: assign } = useLazy(loadAssignField, reason !== undefined);
  const { module: editor } = useLazy(loadEditor, isEdited);
  return (
    <div className="plan-row">
      <div className="plan-row-line">
        <FileIcon name={name} />
        <div className="plan-row-text">
          <FileName name={folder ? `${folder}/${name}` : name} />
          <span className={reason ? 'plan-row-open' : 'quiet'}>
            {joinFacts([
              (pairs.length > 0 || !reason) && describeTargets(pairs, itemOf),
              reason !== undefined && describeUnmatched(reason, state),
            ])}{' '}
            <AttachAnyway name={name} pairs={pairs} session={session} />
          </span>
        </div>
        {reason && assign && (
          <assign.AssignField file={file} reason={reason} state={state} session={session} />
        )}
        {!reason && <span className="plan-row-size quiet">{describeSize(file)}</span>}
        <IconButton label={t('Edit {name}', { name })} icon={<EditIcon />} onClick={onEdit} />
        <IconButton
          label={t('Remove {name} from the plan', { name })}
          icon={<TrashIcon />}
          onClick={() => session.removeFiles([id])}
        />
      </div>
      {isEdited && editor && <editor.FileEditor file={file} edits={state.edits.get(id)} session={session} />}
    </div>
  );
}

function describeTargets(pairs: readonly PlanPair[], itemOf: ReadonlyMap<number, PlanItem>): string {
  const [first] = pairs;
  if (!first) return t('Not assigned');
  const item = itemOf.get(first.workItemId);
  const action = item && first.fate.kind === 'skip' ? describeFate(first.fate, item) : '';
  const skipped = pairs.filter(({ fate }) => fate.kind === 'skip');
  const isSame = skipped.length === pairs.length && new Set(skipped.map(reasonOf)).size === 1;
  return joinFacts([
    pairs.length > 1 || !item
      ? t('{count, plural, one {To # work item} other {To # work items}}', { count: pairs.length })
      : t('To {workItem}', { workItem: [labelOf(item), item.title].filter(Boolean).join(': ') }),
    isSame ? action : skipped.length > 0 && t('{count, number} skipped', { count: skipped.length }),
  ]);
}

function reasonOf({ fate }: PlanPair): string | undefined {
  return fate.kind === 'skip' ? fate.reason : undefined;
}
