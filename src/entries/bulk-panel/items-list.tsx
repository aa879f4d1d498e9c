import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { countFiles, formatBytes } from '../../base/format';
import { FileName } from '../../ui/rich-text';
import { ChevronIcon, FileIcon, IconButton, TrashIcon } from '../../ui/icons';
import { VirtualList } from '../../ui/virtual-list';
import type { DuplicatePolicy, PlanItem, PlannedFile } from '../../bulk/plan/plan';
import { describeBlocked, describeFate, labelOf, listFacts } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PairsBy, PanelFile, PanelState } from './panel-state';
import { PolicySelect } from './plan-options';

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

/** Work items of the plan with their files. */
export function ItemsList(props: {
  state: PanelState;
  session: PanelSession;
  pairs: PairsBy;
}): React.JSX.Element {
  const { state, session, pairs } = props;
  const { items, files, mapping, duplicates } = state;
  /** Work items the user has folded or unfolded. When all files go to all of them, they are folded at first. */
  const [toggled, setToggled] = React.useState<ReadonlySet<number>>(new Set());
  const isOpenAtFirst = mapping !== 'all';
  const fileOf = React.useMemo(() => new Map(files.map((file) => [file.id, file])), [files]);
  const rows = React.useMemo(
    () =>
      items.flatMap((item): Row[] => {
        const own = pairs.item.get(item.id) ?? NONE;
        const isOpen = own.length > 0 && toggled.has(item.id) !== isOpenAtFirst;
        const below = isOpen ? own.map((pair): Row => ({ kind: 'pair', item, pair })) : [];
        return [{ kind: 'item', item, pairs: own, isOpen }, ...below];
      }),
    [items, pairs, toggled, isOpenAtFirst],
  );
  const toggle = (id: number): void =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <VirtualList
      label={t('Work items of the plan')}
      rows={rows}
      keyOf={keyOf}
      estimatePx={ROW_PX}
      renderRow={(row) => {
        if (row.kind === 'pair') return <PairRow {...row} file={fileOf.get(row.pair.fileId)} />;
        return (
          <ItemRow
            {...row}
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
  return row.kind === 'item' ? `${row.item.id}` : `${row.item.id} ${row.pair.fileId}`;
}

function ItemRow(props: {
  item: PlanItem;
  pairs: readonly PlannedFile[];
  isOpen: boolean;
  policy: DuplicatePolicy;
  /** Whether the policy was set for this work item alone. */
  isPolicyOwn: boolean;
  onToggle: (id: number) => void;
  session: PanelSession;
}): React.JSX.Element {
  const { item, pairs, isOpen, policy, isPolicyOwn, onToggle, session } = props;
  const { id, title, state, problem } = item;
  return (
    <div className="plan-row">
      <div className="plan-row-line">
        <button
          type="button"
          className="fold-button"
          aria-expanded={isOpen}
          aria-label={t('Files for {workItem}', { workItem: labelOf(item) })}
          disabled={pairs.length === 0}
          onClick={() => onToggle(id)}
        >
          <ChevronIcon open={isOpen} />
        </button>
        <div className="plan-row-text">
          <span className="plan-row-title" title={title}>
            <button type="button" className="link-button" onClick={() => session.openWorkItem(id)}>
              {labelOf(item)}
            </button>{' '}
            <bdi>{title}</bdi> {state && <span className="quiet">{state}</span>}
          </span>
          <span className={problem ? 'field-error' : 'quiet'}>
            {problem ? describeBlocked(problem, item) : summarizePairs(pairs, item)}
          </span>
        </div>
        <IconButton
          label={t('Remove {workItem} from the list', { workItem: labelOf(item) })}
          icon={<TrashIcon />}
          onClick={() => session.removeItems([id])}
        />
      </div>
      {isOpen && (isPolicyOwn || hasSameNames(item, pairs)) && (
        <div className="plan-row-more">
          <PolicySelect
            label={t('Files that {workItem} has already', { workItem: labelOf(item) })}
            policy={policy}
            onChange={(next) => session.setDuplicates(next, id)}
          />
        </div>
      )}
    </div>
  );
}

function PairRow(props: {
  item: PlanItem;
  pair: PlannedFile;
  file: PanelFile | undefined;
}): React.JSX.Element {
  const { item, pair, file } = props;
  const { name, comment, fate } = pair;
  const action = describeFate(fate, item);
  return (
    <div className="plan-row plan-row-inner">
      <div className="plan-row-line">
        <FileIcon name={name} />
        <FileName name={name} />
        <span className="plan-row-size quiet">{formatBytes(file?.size ?? 0)}</span>
      </div>
      {action && <span className={fate.kind === 'blocked' ? 'field-error' : 'quiet'}>{action} </span>}
      {comment && <span className="quiet">{comment}</span>}
    </div>
  );
}

/** Whether an attachment has the name of one of the files. */
function hasSameNames({ attachments }: PlanItem, pairs: readonly PlannedFile[]): boolean {
  const names = new Set(attachments.map(({ name }) => name.toLowerCase()));
  return names.size > 0 && pairs.some(({ name }) => names.has(name.toLowerCase()));
}

/** `20 files, 2 already there, 3 without room` */
function summarizePairs(pairs: readonly PlannedFile[], item: PlanItem): string {
  const going = pairs.filter(({ fate }) => fate.kind === 'attach' || fate.kind === 'replace').length;
  const skipped = pairs.filter(({ fate }) => fate.kind === 'skip').length;
  const blocked = pairs.filter(({ fate }) => fate.kind === 'blocked').length;
  return listFacts([
    pairs.length === 0 ? t('No file for it') : countFiles(going),
    skipped > 0 && t('{count, number} skipped', { count: skipped }),
    blocked > 0 && t('{count, number} cannot be attached', { count: blocked }),
    t('{count, number} there now', { count: item.attachments.length }),
  ]);
}
