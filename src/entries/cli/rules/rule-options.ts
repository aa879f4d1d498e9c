import type { ChosenRules } from '../../../engine/rules/check-files';
import type { MetadataRule, SecretsRule } from '../../../upload/rules/file-rules';
import { METADATA_RULES, SECRETS_RULES } from '../../../upload/rules/file-rules';
import type { Option, Values } from '../command';
import { textOf } from '../command';

/** Options of every command that sends files. */
export const RULE_OPTIONS: Readonly<Record<string, Option>> = {
  metadata: {
    value: '<rule>',
    choices: METADATA_RULES,
    help: 'of JPEG, PNG and WebP: "location" (default) removes places, thumbnails and trailing bytes, "all" the rest as well, "keep" nothing',
  },
  secrets: {
    value: '<rule>',
    choices: SECRETS_RULES,
    help: 'in text files: "warn" (default) names them, "mask" replaces them, "block" leaves the file out, "off" looks for none',
  },
};

/** Returns the chosen rules; `undefined` without a choice. */
export function rulesOf(values: Values): ChosenRules | undefined {
  const metadata = textOf(values, 'metadata') as MetadataRule | undefined;
  const secrets = textOf(values, 'secrets') as SecretsRule | undefined;
  if (metadata === undefined && secrets === undefined) return undefined;
  return { ...(metadata !== undefined && { metadata }), ...(secrets !== undefined && { secrets }) };
}
