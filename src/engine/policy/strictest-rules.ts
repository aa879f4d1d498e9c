import type { FileRules, MetadataRule, SecretsRule } from '../../upload/rules/file-rules';
import { DEFAULT_RULES } from '../../upload/rules/file-rules';
import type { PolicyRules } from '../../upload/rules/policy/policy';
import type { ChosenRules } from '../rules/check-files';

/** From the mildest rule to the strictest. */
const METADATA_ORDER: readonly MetadataRule[] = ['keep', 'location', 'all'];
const SECRETS_ORDER: readonly SecretsRule[] = ['off', 'warn', 'mask', 'block'];

/** A work item with the rules of its policy. */
interface ItemWithRules {
  readonly rules?: PolicyRules;
}

/**
 * Returns the rules for the bytes of an order: the strictest of the chosen ones and those of all its work items. Only
 * where nothing is chosen, a policy can ask for less than the default.
 */
export function strictestRules(chosen: ChosenRules = {}, items: readonly ItemWithRules[]): FileRules {
  const valuesOf = <Name extends keyof FileRules>(name: Name) => items.map(({ rules }) => rules?.[name]);
  return {
    metadata: strictest(METADATA_ORDER, chosen.metadata, DEFAULT_RULES.metadata, valuesOf('metadata')),
    secrets: strictest(SECRETS_ORDER, chosen.secrets, DEFAULT_RULES.secrets, valuesOf('secrets')),
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
