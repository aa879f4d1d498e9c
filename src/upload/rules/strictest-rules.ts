import type { FileRules, MetadataRule, SecretsRule } from './file-rules';
import { DEFAULT_RULES } from './file-rules';
import type { PolicyRules } from './policy/policy';

/** From the mildest rule to the strictest. */
const METADATA_ORDER: readonly MetadataRule[] = ['keep', 'location', 'all'];
const SECRETS_ORDER: readonly SecretsRule[] = ['off', 'warn', 'mask', 'block'];

/** A work item, or a type of work items, with the rules of its policy. */
interface ItemWithRules {
  readonly rules?: PolicyRules;
}

/**
 * Returns the rules for the bytes of files: the strictest of the chosen ones and those of all their work items. Only
 * where nothing is chosen, a policy can ask for less than usual.
 *
 * @param usual Rules of a work item without a policy.
 */
export function strictestRules(
  chosen: Partial<FileRules> = {},
  items: readonly ItemWithRules[],
  usual: FileRules = DEFAULT_RULES,
): FileRules {
  const valuesOf = <Name extends keyof FileRules>(name: Name) => items.map(({ rules }) => rules?.[name]);
  return {
    metadata: strictest(METADATA_ORDER, chosen.metadata, usual.metadata, valuesOf('metadata')),
    secrets: strictest(SECRETS_ORDER, chosen.secrets, usual.secrets, valuesOf('secrets')),
  };
}

/** @param asked Rule of each work item; `undefined` without one. */
function strictest<Rule>(
  order: readonly Rule[],
  chosen: Rule | undefined,
  usual: Rule,
  asked: readonly (Rule | undefined)[],
): Rule {
  const rules = chosen === undefined ? asked.map((rule) => rule ?? usual) : [chosen, ...asked];
  const rank = Math.max(...rules.map((rule) => (rule === undefined ? -1 : order.indexOf(rule))));
  return order[rank] ?? usual;
}
