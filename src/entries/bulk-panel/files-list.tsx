import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { PlanItem, PlanPair, UnmatchedReason } from '../../bulk/plan/plan';
import { formatBytes, listOf } from '../../base/format';
import { FileName } from '../../ui/rich-text';
import { EditIcon, ErrorIcon, FileIcon, IconButton, TrashIcon } from '../../ui/icons';
import { VirtualList } from '../../ui/virtual-list';
import { AssignField } from './assign-field';
import { FileEditor } from './file-editor';
import { describeUnmatched, labelOf } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PairsBy, PanelFile, PanelState } from './panel-state';

const ROW_PX = 44;
const NONE: readonly PlanPair[] = [];

/** Files of the plan with their work items; unmatched files come first. */
export function FilesList(props: {
  state: PanelState;
  session: PanelSession;
  pairs: PairsBy;
}): React.JSX.Element {
  const { state, session, pairs } = props;
  const { files, items, plan, edits } = state;
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
      label={t('Files of the plan')}
      rows={sorted}
      keyOf={idOf}
      estimatePx={ROW_PX}
      renderRow={(file) => (
        <FileRow
          file={file}
          pairs={pairs.file.get(file.id) ?? NONE}
          itemOf={itemOf}
          reason={reasons.get(file.id)}
          isExcluded={edits.get(file.id)?.isExcluded === true}
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
  isExcluded: boolean;
  isEdited: boolean;
  onEdit: () => void;
  state: PanelState;
  session: PanelSession;
}): React.JSX.Element {
  const { file, pairs, itemOf, reason, isEdited, onEdit, state, session } = props;
  const { id, name, size, folder } = file;
  return (
    <div className="plan-row">
      <div className="plan-row-line">
        <FileIcon name={name} />
        <div className="plan-row-text">
          <FileName name={folder ? `${folder}/${name}` : name} />
          <span className="quiet">{describeTargets(pairs, itemOf)}</span>
        </div>
        <span className="plan-row-size quiet">{formatBytes(size)}</span>
        <IconButton label={t('Edit {name}', { name })} icon={<EditIcon />} onClick={onEdit} />
        <IconButton
          label={t('Remove {name} from the plan', { name })}
          icon={<TrashIcon />}
          onClick={() => session.removeFiles([id])}
        />
      </div>
      {reason && (
        <div className="plan-row-more">
          <p className="field-error note">
            <ErrorIcon />
            <span>{describeUnmatched(reason)}</span>
          </p>
          {reason.kind === 'not-listed' && (
            <Button
              className="text-button"
              text={t('Add {ids}', { ids: listOf(reason.workItemIds.map(String)) })}
              onClick={() => void session.addItems(reason.workItemIds.join(' '))}
            />
          )}
          <AssignField file={file} items={state.items} session={session} />
        </div>
      )}
      {isEdited && <FileEditor file={file} edits={state.edits.get(id)} session={session} />}
    </div>
  );
}

function describeTargets(pairs: readonly PlanPair[], itemOf: ReadonlyMap<number, PlanItem>): string {
  const [first] = pairs;
  if (!first) return t('Goes nowhere yet');
  const item = itemOf.get(first.workItemId);
  if (pairs.length > 1 || !item)
    return t('{count, plural, one {To # work item} other {To # work items}}', { count: pairs.length });
  return t('To {workItem} {title}', { workItem: labelOf(item), title: item.title });
}
