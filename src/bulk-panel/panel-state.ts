import type { PlannedRun } from '../bulk/bulk-pipeline';
import type { Problem } from '../model/errors';
import type { PickedFile, RejectedFile } from '../model/upload';
import type { ManifestResult } from '../plan/manifest';
import type {
  DuplicatePolicy,
  FileEdits,
  FileId,
  Mapping,
  Plan,
  PlanFile,
  PlanInput,
  PlanItem,
} from '../plan/plan';
import type { PatternResult } from '../plan/pattern';
import { DEFAULT_PATTERN, readPattern } from '../plan/pattern';

/** A file of the plan with its bytes. */
export type PanelFile = PlanFile & PickedFile;

/** The ways in which files find their work items. */
export type MappingKind = Mapping['kind'];

/** Everything that the panel shows. */
export interface PanelState {
  /** `connecting`: the host has not answered. */
  readonly status: 'connecting' | 'open';
  /** Whether the host is silent for too long. */
  readonly isLate: boolean;
  /** In the order in which they were selected or added. */
  readonly items: readonly PlanItem[];
  /** Work items that are being read. */
  readonly reading: readonly number[];
  /** Why they could not be read. */
  readonly problem: Problem | undefined;
  /** What was typed to add work items and means none. */
  readonly unknown: readonly string[];
  readonly files: readonly PanelFile[];
  readonly rejected: readonly RejectedFile[];
  readonly mapping: MappingKind;
  /** As it was typed. */
  readonly pattern: string;
  readonly manifest: { readonly name: string; readonly reading: ManifestResult } | undefined;
  readonly edits: ReadonlyMap<FileId, FileEdits>;
  /** For all files without one of their own. */
  readonly comment: string;
  readonly duplicates: {
    readonly all: DuplicatePolicy;
    readonly ofItems: ReadonlyMap<number, DuplicatePolicy>;
  };
  /** What runs of this panel have attached: see `PlanInput`. */
  readonly attached: NonNullable<PlanInput['attached']>;
  /** Follows from all of the above, a moment later. */
  readonly plan: Plan;
  /** Whether files of one size are being compared before the run. */
  readonly isComparing: boolean;
  readonly run: PlannedRun | undefined;
  /** A run could not be gone on with: somebody else has it, or nobody understands what was kept of it. */
  readonly isLost: boolean;
}

const NO_PLAN: Plan = { pairs: [], unmatched: [], unusedRows: [] };

/** A panel that was just opened. */
export const EMPTY: PanelState = {
  status: 'connecting',
  isLate: false,
  items: [],
  reading: [],
  problem: undefined,
  unknown: [],
  files: [],
  rejected: [],
  mapping: 'all',
  pattern: DEFAULT_PATTERN,
  manifest: undefined,
  edits: new Map(),
  comment: '',
  duplicates: { all: 'skip', ofItems: new Map() },
  attached: new Map(),
  plan: NO_PLAN,
  isComparing: false,
  run: undefined,
  isLost: false,
};

/** The pattern that was typed. */
export function patternOf({ pattern }: Pick<PanelState, 'pattern'>): PatternResult {
  return readPattern(pattern);
}
