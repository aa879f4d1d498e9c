import type { MetadataRule, SecretsRule } from '../file-rules';
import type { Pattern } from '../names/pattern';

/** What a policy asks of the files of a work item. A missing member asks nothing. */
export interface PolicyRules {
  /** In bytes. */
  readonly maxBytes?: number | undefined;
  /** Attachments of one work item. */
  readonly maxFiles?: number | undefined;
  /** Allowed types: extensions in lower case, without a dot. All others are refused. */
  readonly allow?: readonly string[] | undefined;
  /** Refused types: extensions in lower case, without a dot. */
  readonly block?: readonly string[] | undefined;
  readonly requireComment?: boolean | undefined;
  readonly name?: Pattern | undefined;
  readonly metadata?: MetadataRule | undefined;
  readonly secrets?: SecretsRule | undefined;
  readonly duplicates?: DuplicatesRule | undefined;
  readonly overLimit?: OverLimitRule | undefined;
  /** Sentence of the administrator, shown with each refusal. */
  readonly message?: string | undefined;
}

/** A file of a name that the work item has already. */
export const DUPLICATES_RULES = ['ask', 'skip', 'replace', 'keep'] as const;
/** One of `DUPLICATES_RULES`. */
export type DuplicatesRule = (typeof DUPLICATES_RULES)[number];

/** A file over the size limit of the server. */
export const OVER_LIMIT_RULES = ['ask', 'split', 'zip', 'shrink', 'skip', 'fail'] as const;
/** One of `OVER_LIMIT_RULES`. */
export type OverLimitRule = (typeof OVER_LIMIT_RULES)[number];

/** Parts of Stapler that a project can switch off. */
export const POLICY_PARTS = ['bulkPanel', 'previews', 'hub'] as const;
/** One of `POLICY_PARTS`. */
export type PolicyPart = (typeof POLICY_PARTS)[number];

/** Policy of a project. It guides: other ways to attach a file do not know it. */
export interface Policy {
  readonly rules: PolicyRules;
  /** Changes for work items of a type, by its name in lower case. Each member replaces that of `rules`. */
  readonly typeRules: ReadonlyMap<string, PolicyRules>;
  /** Parts that are switched off. */
  readonly hiddenParts: ReadonlySet<PolicyPart>;
}

/** Returns the rules for work items of a type. */
export function rulesFor({ rules, typeRules }: Policy, workItemType: string): PolicyRules {
  return { ...rules, ...typeRules.get(workItemType.toLowerCase()) };
}
