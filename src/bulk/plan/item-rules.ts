import { memoize } from '../../base/memoize';
import type { Problem } from '../../base/errors';
import { readComment } from '../../upload/intake/folder-mark';
import type { JudgedFile, JudgedItem, RuleBreak } from '../../upload/rules/policy/check-file';
import { checkFile, checkType } from '../../upload/rules/policy/check-file';
import type { ContentType } from '../../upload/rules/policy/content-type';
import type { Policy, PolicyRules } from '../../upload/rules/policy/policy';
import { rulesFor } from '../../upload/rules/policy/policy';
import { describeBreak } from '../../upload/rules/policy/rule-sentences';

/** Adds the rules of policies to work items, those for their types. Items without a policy stay as they are. */
export function rulesOfItems<T extends { readonly type: string }>(
  items: readonly T[],
  policyOf: (item: T) => Policy | undefined,
): readonly (T & { readonly rules?: PolicyRules })[] {
  const rulesOf = memoize((policy: Policy) => memoize((type: string) => rulesFor(policy, type)));
  return items.map((item) => {
    const policy = policyOf(item);
    return policy ? { ...item, rules: rulesOf(policy)(item.type) } : item;
  });
}

/** A file that a plan judges. */
export interface PlannedContent extends JudgedFile {
  /** By its first bytes; `undefined` if it is unknown. */
  readonly contentType?: ContentType | undefined;
}

/**
 * Returns the problem of a file that breaks rules; `undefined` if it breaks none.
 *
 * @param file Its comment may tell a folder.
 */
export function problemByRules(
  rules: PolicyRules,
  { contentType, ...file }: PlannedContent,
  item: JudgedItem,
): Problem | undefined {
  const { comment } = readComment(file.comment);
  const breaks = checkFile(rules, { ...file, comment }, item);
  const disguise = checkType(rules, file.name, contentType);
  return breaks.length > 0 || disguise
    ? problemOfBreaks(rules, [...breaks, ...(disguise ? [disguise] : [])])
    : undefined;
}

/** Returns the problem of a file, with a sentence for each rule that it breaks and the message of the policy. */
export function problemOfBreaks({ message }: PolicyRules, breaks: readonly RuleBreak[]): Problem {
  const sentences = breaks.map(describeBreak);
  return { kind: 'breaks-policy', brokenRules: message ? [...sentences, message] : sentences };
}
