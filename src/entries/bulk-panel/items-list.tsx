import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { FileName } from '../../ui/rich-text';
import { ChevronIcon, FileIcon, IconButton, TrashIcon } from '../../ui/icons';
import { VirtualList } from '../../ui/virtual-list';
import type { DuplicatePolicy, PlanItem, PlannedFile } from '../../bulk/plan/plan';
import { keyOfPair } from '../../bulk/plan/plan';
import { AttachAnyway } from './attach-anyway';
import {
  describeBlocked,
  describeFate,
  describeRoom,
  describeSize,
  labelOf,
  summarizePairs,
} from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PairsBy, PanelFile, PanelState } from './panel-state';
import { duplicatesOf } from './panel-state';
import { PolicySelect } from './plan-options';
import { TypeMark } from './type-mark';

const ROW_PX = 44;

type Row =
  | {
      readonly kind: 'item';
      readonly item: PlanItem;
      readonly pairs: readonly PlannedFile[];
      readonly isOpen: boolean;
    }
  | { readonly kind: 'pair'; readonly item: PlanItem; readonly pair: PlannedFile };

const NONE: readonly PlannedFile[] = [];

/** Work items of the plan with their files; those that take no files come first. */
export function ItemsList(props: {
  state: PanelState;
  session: PanelSession;
  pairs: PairsBy;
}): React.JSX.Element {
  const { state, session, pairs } = props;
  const { items, files, mapping, duplicates: chosen, policy } = state;
  const duplicates = React.useMemo(
    () => duplicatesOf({ duplicates: chosen, items, policy }),
    [chosen, items, policy],
  );
  /** Work items the user has folded or unfolded. When all files go to all of them, they are folded at first. */
  const [toggled, setToggled] = React.useState<ReadonlySet<number>>(new Set());
  const isOpenAtFirst = mapping !== 'all';
  const fileOf = React.useMemo(() => new Map(files.map((file) => [file.id, file])), [files]);
  const hasFiles = files.length > 0;
  const rows = React.useMemo(() => {
    const sorted = [...items.filter(({ problem }) => problem), ...items.filter(({ problem }) => !problem)];
    return sorted.flatMap((item): Row[] => {
      const own = pairs.item.get(item.id) ?? NONE;
      const isOpen = own.length > 0 && toggled.has(item.id) !== isOpenAtFirst;
      const below = isOpen ? own.map((pair): Row => ({ kind: 'pair', item, pair })) : [];
      return [{ kind: 'item', item, pairs: own, isOpen }, ...below];
    });
  }, [items, pairs, toggled, isOpenAtFirst]);
  const toggle = (id: number): void =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <VirtualList
      label={t('Work items in the plan')}
      rows={rows}
      keyOf={keyOf}
      estimatePx={ROW_PX}
      renderRow={(row) => {
        if (row.kind === 'pair')
          return <PairRow {...row} file={fileOf.get(row.pair.fileId)} session={session} />;
        return (
          <ItemRow
            {...row}
            hasFiles={hasFiles}
            policy={duplicates.ofItems.get(row.item.id) ?? duplicates.all}
            isPolicyOwn={duplicates.ofItems.has(row.item.id)}
            onToggle={toggle}
            session={session}
          />
        );
      }}
    />
  );
}

function keyOf(row: Row): string {
  return row.kind === 'item' ? `${row.item.id}` : keyOfPair({ ...row.pair, workItemId: row.item.id });
}

function ItemRow(props: {
  item: PlanItem;
  pairs: readonly PlannedFile[];
  isOpen: boolean;
  /** Whether the plan has files. */
  hasFiles: boolean;
  policy: DuplicatePolicy;
  /** Whether the policy was set for this work item alone. */
  isPolicyOwn: boolean;
  onToggle: (id: number) => void;
  session: PanelSession;
}): React.JSX.Element {
  const { item, pairs, isOpen, hasFiles, policy, isPolicyOwn, onToggle, session } = props;
  const { id, title, state, problem } = item;
  return (
    <div className="plan-row">
      <div className="plan-row-line">
        {pairs.length > 0 && (
          <button
            type="button"
            className="fold-button"
            aria-expanded={isOpen}
            aria-label={t('Files for {workItem}', { workItem: labelOf(item) })}
            onClick={() => onToggle(id)}
          >
            <ChevronIcon open={isOpen} />
          </button>
        )}
        <TypeMark type={item.type} />
        <div className="plan-row-text">
          <span className="plan-row-title" title={title}>
            <button type="button" className="link-button" onClick={() => session.openWorkItem(id)}>
              {labelOf(item)}
            </button>{' '}
            <bdi>{title}</bdi>
          </span>
          <span className="quiet">
            {state && `${state} · `}
            <span className={isBlocked(item, pairs, hasFiles) ? 'field-error' : undefined}>
              {problem
                ? describeBlocked(problem, item)
                : hasFiles
                  ? summarizePairs(pairs)
                  : describeRoom(item)}
            </span>
          </span>
        </div>
        <IconButton
          label={t('Remove {workItem} from the list', { workItem: labelOf(item) })}
          icon={<TrashIcon />}
          onClick={() => session.removeItems([id])}
        />
      </div>
      {isOpen && (isPolicyOwn || hasSameNames(item, pairs)) && (
        <div className="plan-row-more plan-row-policy">
          <label className="field-block">
            {t('Files already attached to {workItem}', { workItem: labelOf(item) })}
            <PolicySelect policy={policy} onChange={(next) => session.setDuplicates(next, id)} />
          </label>
        </div>
      )}
    </div>
  );
}

/** Whether a work item takes no file. */
function isBlocked(
  { problem, attachments, attachmentLimit }: PlanItem,
  pairs: readonly PlannedFile[],
  hasFiles: boolean,
): boolean {
  if (problem) return true;
  if (!hasFiles) return attachments.length >= attachmentLimit;
  return (
    pairs.some(({ fate }) => fate.kind === 'blocked') &&
    pairs.every(({ fate }) => fate.kind === 'blocked' || fate.kind === 'skip')
  );
}

function PairRow(props: {
  item: PlanItem;
  pair: PlannedFile;
  file: PanelFile | undefined;
  session: PanelSession;
}): React.JSX.Element {
  const { item, pair, file, session } = props;
  const { name, comment, fate } = pair;
  // The row of the work item says why it takes no files.
  const action = item.problem ? '' : describeFate(fate, item);
  return (
    <div className="plan-row plan-row-inner">
      <div className="plan-row-line">
        <FileIcon name={name} />
        <FileName name={name} />
        <span className="plan-row-size quiet">{file && describeSize(file)}</span>
      </div>
      <div className="plan-row-notes">
        {action && <span className={fate.kind === 'blocked' ? 'field-error' : 'quiet'}>{action} </span>}
        <AttachAnyway name={name} pairs={[{ ...pair, workItemId: item.id }]} session={session} />
        {comment && <div className="quiet">{comment}</div>}
      </div>
    </div>
  );
}

/** Whether an attachment has the name of one of the files. */
function hasSameNames({ attachments }: PlanItem, pairs: readonly PlannedFile[]): boolean {
  const names = new Set(attachments.map(({ name }) => name.toLowerCase()));
  return names.size > 0 && pairs.some(({ name }) => names.has(name.toLowerCase()));
}
