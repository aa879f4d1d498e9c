import { memoize } from '../../base/memoize';
import type { Problem } from '../../base/errors';
import { readComment } from '../../upload/intake/folder-mark';
import type { Alternative, Pattern } from '../../upload/rules/names/pattern';
import { matchesName, matchingNumbers, prepareName } from '../../upload/rules/names/match-name';
import type { JudgedFile, JudgedItem, RuleBreak } from '../../upload/rules/policy/check-file';
import { checkFile, checkType } from '../../upload/rules/policy/check-file';
import type { ContentType } from '../../upload/rules/policy/content-type';
import type { Policy, PolicyRules } from '../../upload/rules/policy/policy';
import { rulesFor } from '../../upload/rules/policy/policy';
import { problemOfBreaks } from '../../upload/rules/policy/rule-sentences';

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

/** Returns the problem of a file on a work item; `undefined` if it breaks no rule. */
type Judgment = (workItemId: number | undefined) => Problem | undefined;

/**
 * Returns the problem of a file that breaks rules; `undefined` if it breaks none.
 *
 * @param file Its comment may tell a folder.
 */
export function problemByRules(
  rules: PolicyRules,
  file: PlannedContent,
  { id, type, fileCount }: JudgedItem,
): Problem | undefined {
  return judge(rules, file, { type, fileCount })(id);
}

/** Judges a file for all work items of a type: a plan has many, and names are slow to compare with a pattern. */
function judge(
  { name: pattern, ...rules }: PolicyRules,
  { contentType, ...file }: PlannedContent,
  { type, fileCount }: Omit<JudgedItem, 'id'>,
): Judgment {
  const { comment } = readComment(file.comment);
  const breaks = checkFile(rules, { ...file, comment }, { id: undefined, type, fileCount });
  const disguise = checkType(rules, file.name, contentType) ?? [];
  const others = breaks.concat(disguise);
  const problem = others.length > 0 ? problemOfBreaks(rules, others) : undefined;
  if (!pattern) return () => problem;
  const fits = fittingItems(pattern, file.name, type);
  const wrongName: RuleBreak = { rule: 'name', pattern: pattern.text };
  const misnamed = problemOfBreaks(rules, [...breaks, wrongName].concat(disguise));
  return (id) => (fits(id) ? problem : misnamed);
}

/** Returns the test for the numbers of work items that a name may have by a pattern. */
function fittingItems(pattern: Pattern, name: string, type: string): (id: number | undefined) => boolean {
  const prepared = prepareName(name);
  const hasNumber = ({ tokens }: Alternative): boolean => tokens.some(({ kind }) => kind === 'id');
  const isFree = pattern.alternatives.some(
    (each) => !hasNumber(each) && matchesName(each, prepared, { id: undefined, type }),
  );
  const numbers = pattern.alternatives
    .filter(hasNumber)
    .flatMap((each) => matchingNumbers(each, prepared, () => type).map(({ value }) => value));
  return (id) => isFree || (id === undefined ? numbers.length > 0 : numbers.includes(id));
}

/** Judgments of the files of a plan, by rules. */
const known = new WeakMap<PolicyRules, WeakMap<object, Judgment>>();

/**
 * Same as `problemByRules`, for a file that a plan assigns to many work items. Their number does not count.
 *
 * @param candidate Identifies the file with its name and comment.
 */
export function problemOfCandidate(
  rules: PolicyRules,
  candidate: object,
  fileOf: () => PlannedContent,
  { id, type }: Pick<JudgedItem, 'id' | 'type'>,
): Problem | undefined {
  // The rules are those of one type.
  const judgments = known.get(rules) ?? new WeakMap<object, Judgment>();
  known.set(rules, judgments);
  const judgment = judgments.get(candidate) ?? judge(rules, fileOf(), { type, fileCount: 0 });
  judgments.set(candidate, judgment);
  return judgment(id);
}
