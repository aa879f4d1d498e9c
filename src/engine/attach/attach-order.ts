import type { Mapping } from '../../bulk/plan/plan';
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
  /** Default: `send`. */
  readonly overLimit?: OverLimit;
}
