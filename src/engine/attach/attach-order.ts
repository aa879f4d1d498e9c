import type { Mapping, PlanItem } from '../../bulk/plan/plan';
import type { ChosenPolicy } from '../policy/policies';
import type { ChosenRules } from '../rules/check-files';
import type { LocalFile } from './local-file';
import type { OverLimit } from './treat-large-files';

/** Treatment of a file whose name a work item has with another content. */
export type OnDuplicate = 'keep' | 'same-name' | 'skip' | 'replace';

/** Files for work items. */
export interface AttachOrder {
  readonly files: readonly LocalFile[];
  readonly workItemIds: readonly number[];
  readonly mapping: Mapping;
  /** Comment of all files without their own. Default: none. */
  readonly comment?: string;
  /** Whether comments tell the folder of a file. Default: true. */
  readonly keepsFolders?: boolean;
  /** Default: that of the policy, or else `keep`, with a number in the name. */
  readonly onDuplicate?: OnDuplicate;
  /** The stricter one of these and those of the policy counts. */
  readonly rules?: ChosenRules;
  readonly policy?: ChosenPolicy;
  /** Default: that of the policy, or else `send`. */
  readonly overLimit?: OverLimit;
}

/** Rules for files over the limit that this engine can follow, the strictest first. */
const RULES_FOR_LARGE = ['fail', 'skip', 'zip', 'split'] as const;

/**
 * Returns the treatment of files over the limit: a choice takes precedence over the policies. A file is treated alike on
 * all work items, by the strictest of their rules.
 */
export function overLimitOf(
  { overLimit }: Pick<AttachOrder, 'overLimit'>,
  items: readonly Pick<PlanItem, 'rules'>[],
): OverLimit {
  const rules = new Set(items.map((item) => item.rules?.overLimit));
  return overLimit ?? RULES_FOR_LARGE.find((rule) => rules.has(rule)) ?? 'send';
}
