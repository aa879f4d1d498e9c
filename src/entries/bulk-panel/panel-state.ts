import type { RunFile } from '../../bulk/run/enqueue-unique';
import type { PlannedRun } from '../../bulk/run/planned-run';
import type { RelatedPlanItem } from '../../bulk/run/read-attached';
import type { Problem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import type { RejectedFile } from '../../upload/upload';
import type { ManifestResult } from '../../bulk/plan/manifest';
import type {
  DuplicatePolicy,
  FileEdits,
  FileId,
  GroupedPlan,
  Mapping,
  PlanInput,
  PlanItem,
  PlannedFiles,
  PlanPair,
} from '../../bulk/plan/plan';
import { rulesOfItems } from '../../bulk/plan/item-rules';
import { addTo } from '../../bulk/plan/plan';
import type { PatternResult } from '../../upload/rules/names/pattern';
import { DEFAULT_PATTERN, readPattern } from '../../upload/rules/names/pattern';
import type { DuplicatesRule, PolicyRules } from '../../upload/rules/policy/policy';
import type { PolicyReading } from '../../upload/rules/policy/policy-source';

/** A file of the plan with its bytes or its reference. */
export type PanelFile = RunFile;

/** Ways of mapping files to work items. */
export type MappingKind = Mapping['kind'];

/** State of the whole panel. */
export interface PanelState {
  /**
   * `connecting` until the host has answered, or has been silent for too long. `comparing`: files of one size are being
   * compared before the run.
   */
  readonly status: 'connecting' | 'unresponsive' | 'open' | 'comparing';
  /** Base URLs of the organization or collection, for addresses typed or pasted; empty if unknown. */
  readonly baseUrls: readonly string[];
  /** In the order in which they were selected or added. */
  readonly items: readonly PlanItem[];
  /** Work items being read. */
  readonly reading: readonly number[];
  /** Work items to suggest: those related to the owners of the attachments. `undefined` without such, or if unread. */
  readonly related: readonly RelatedPlanItem[] | 'reading' | undefined;
  /** Error of the last read. */
  readonly problem: Problem | undefined;
  /** Typed words without a work item, until the next change of the plan. */
  readonly unknown: readonly string[];
  readonly files: readonly PanelFile[];
  readonly rejected: readonly RejectedFile[];
  /** Names of files added during the run that it does not wait for. */
  readonly late: readonly string[];
  readonly mapping: MappingKind;
  /** Unparsed input. */
  readonly pattern: string;
  readonly manifest: { readonly name: string; readonly reading: ManifestResult } | undefined;
  readonly edits: ReadonlyMap<FileId, FileEdits>;
  /** For all files without one of their own. */
  readonly comment: string;
  /** As the user has chosen; see `duplicatesOf`. */
  readonly duplicates: {
    readonly all: DuplicatePolicy | undefined;
    readonly ofItems: ReadonlyMap<number, DuplicatePolicy>;
  };
  /** Policy of the project; `undefined` until it is read. */
  readonly policy: PolicyReading | undefined;
  /** Attachments of earlier runs in this panel: see `PlanInput`. */
  readonly attached: NonNullable<PlanInput['attached']>;
  /** Computed from the members above, a moment later. */
  readonly plan: GroupedPlan;
  readonly run: PlannedRun | undefined;
  /** Whether work items are being read for a retry of the run. */
  readonly isRetrying: boolean;
  /** Whether an interrupted run could not be resumed: another frame has it, or its record is unreadable. */
  readonly isLost: boolean;
}

/** State of the panel with its changes. */
export interface PanelStore extends Pick<ReadonlyStore<PanelState>, 'getSnapshot'> {
  /** Merges facts into the state and schedules a new plan. */
  readonly change: (facts: Partial<PanelState> | ((state: PanelState) => Partial<PanelState>)) => void;
}

const NO_PLAN: GroupedPlan = { pairs: [], unmatched: [], unusedRows: [], byItem: new Map() };

/** State of a new panel. */
export const EMPTY: PanelState = {
  status: 'connecting',
  baseUrls: [],
  items: [],
  reading: [],
  related: undefined,
  problem: undefined,
  unknown: [],
  files: [],
  rejected: [],
  late: [],
  mapping: 'all',
  pattern: DEFAULT_PATTERN,
  manifest: undefined,
  edits: new Map(),
  comment: '',
  duplicates: { all: undefined, ofItems: new Map() },
  policy: undefined,
  attached: new Map(),
  plan: NO_PLAN,
  run: undefined,
  isRetrying: false,
  isLost: false,
};

/** Whether the project has switched off the panel. A run that goes on is finished. */
export function isSwitchedOff({ policy }: Pick<PanelState, 'policy'>): boolean {
  return policy?.policy?.hiddenParts.has('bulkPanel') ?? false;
}

/** Parses the typed pattern. */
export function patternOf({ pattern }: Pick<PanelState, 'pattern'>): PatternResult {
  return readPattern(pattern);
}

/** The panel asks before the run, so its first choice stands for a rule to ask. */
const USUAL: DuplicatePolicy = 'skip';

const POLICIES: Readonly<Record<DuplicatesRule, DuplicatePolicy>> = {
  ask: USUAL,
  skip: 'skip-name',
  replace: 'replace',
  keep: 'keep-both',
};

/** Work items with the rules of the policy of their project. */
export function itemsWithRules({
  items,
  policy: reading,
}: Pick<PanelState, 'items' | 'policy'>): readonly PlanItem[] {
  if (!reading?.policy) return items;
  const { policy, project } = reading;
  return rulesOfItems(items, (item) =>
    project === undefined || item.project === project ? policy : undefined,
  );
}

/** Treatment of existing names: the choice of the user, else the rule of the policy, also that of a type. */
export function duplicatesOf(
  state: Pick<PanelState, 'duplicates' | 'items' | 'policy'>,
): PlanInput['duplicates'] {
  const { all: chosen, ofItems } = state.duplicates;
  if (chosen || !state.policy?.policy) return { all: chosen ?? USUAL, ofItems };
  const all = policyOf(state.policy.policy.rules);
  const others = itemsWithRules(state)
    .map(({ id, rules }) => [id, policyOf(rules)] as const)
    .filter(([, policy]) => policy !== all);
  return { all, ofItems: new Map([...others, ...ofItems]) };
}

/** Whether the policy asks for comments, if only for one type. */
export function asksForComments({ policy: reading }: Pick<PanelState, 'policy'>): boolean {
  const { policy } = reading ?? {};
  return policy ? [policy.rules, ...policy.typeRules.values()].some((rules) => rules.requireComment) : false;
}

function policyOf({ duplicates = 'ask' }: PolicyRules = {}): DuplicatePolicy {
  return POLICIES[duplicates];
}

/** Files of a plan by work item, and pairs by file. */
export interface PairsBy {
  readonly item: PlannedFiles;
  readonly file: ReadonlyMap<FileId, readonly PlanPair[]>;
}

/** Groups a plan by work item and by file. The pairs by file are created on first use. */
export function pairsBy(plan: GroupedPlan): PairsBy {
  let file: Map<FileId, PlanPair[]> | undefined;
  return {
    item: plan.byItem,
    get file() {
      if (file) return file;
      file = new Map();
      for (const pair of plan.pairs) addTo(file, pair.fileId, pair);
      return file;
    },
  };
}
