import { formatBytes } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { browserRuntime } from '../../base/runtime';
import { joinSentences } from '../../upload/messages/problems';
import { applyRules } from '../../upload/rules/apply-rules';
import type { SecretsResult } from '../../upload/rules/file-rules';
import type { RuleBreak } from '../../upload/rules/policy/check-file';
import { checkContent, checkFile } from '../../upload/rules/policy/check-file';
import type { PolicyRules } from '../../upload/rules/policy/policy';
import { describeBreak } from '../../upload/rules/policy/rule-sentences';

/** Result of one rule for a file. */
export interface TriedRule {
  /** `note`: depends on the work item or the person, or changes the file. */
  readonly kind: 'passes' | 'breaks' | 'note';
  /** A sentence. */
  readonly text: string;
}

/** Options of `tryFile`. */
export interface TryOptions {
  /** Of the work item; empty for any. */
  readonly workItemType: string;
  /** Ends the search for secrets. */
  readonly signal: AbortSignal;
}

/**
 * Judges a file as an upload would, without sending it.
 *
 * @throws CancelledError after an abort.
 * @throws The error of the file if it cannot be read.
 */
export async function tryFile(
  file: File,
  rules: PolicyRules,
  { workItemType, signal }: TryOptions,
): Promise<readonly TriedRule[]> {
  const breaks = checkFile(
    // A comment is written later.
    { ...rules, requireComment: false },
    { name: file.name, size: file.size, comment: '' },
    { id: undefined, type: workItemType, fileCount: 0 },
  );
  const content = await checkContent(rules, file.name, file);
  const all = content ? [...breaks, content] : breaks;
  return [...byName(file, rules, all), ...(await byContent(file, rules, signal))];
}

function byName(
  { name, size }: File,
  { maxBytes, maxFiles, allow, block, requireComment, name: pattern, duplicates }: PolicyRules,
  breaks: readonly RuleBreak[],
): readonly TriedRule[] {
  const judged = (rule: RuleBreak['rule'], passed: string): readonly TriedRule[] => {
    const broken = breaks.filter((each) => each.rule === rule);
    if (broken.length === 0) return [{ kind: 'passes', text: passed }];
    return broken.map((each) => ({ kind: 'breaks', text: describeBreak(each) }));
  };
  return [
    ...(maxBytes === undefined
      ? []
      : judged(
          'maxBytes',
          t('The size of {size} is within the limit of {limit}.', {
            size: formatBytes(size),
            limit: formatBytes(maxBytes),
          }),
        )),
    ...(allow || block ? judged('type', t('The type is allowed, by extension and by content.')) : []),
    ...(pattern ? judged('name', t('The name {name} fits the pattern.', { name })) : []),
    ...(maxFiles === undefined ? [] : [note(describeBreak({ rule: 'maxFiles', maxFiles }))]),
    ...(requireComment ? [note(describeBreak({ rule: 'requireComment' }))] : []),
    ...(duplicates ? [note(t('A file of the same name is looked for on the work item.'))] : []),
  ];
}

async function byContent(
  file: File,
  { metadata, secrets }: PolicyRules,
  signal: AbortSignal,
): Promise<readonly TriedRule[]> {
  if (metadata === undefined && secrets === undefined) return [];
  const rules = { metadata: metadata ?? 'keep', secrets: secrets ?? 'off' } as const;
  const ruled = await applyRules(file, rules, { runtime: browserRuntime, signal });
  const tried: TriedRule[] = [];
  if (ruled.metadata)
    tried.push(
      note(
        ruled.metadata.kind === 'removed'
          ? t('Metadata is removed from a copy before the upload.')
          : t("The metadata stays: Stapler can't remove it from this file."),
      ),
    );
  else if (rules.metadata !== 'keep')
    tried.push({ kind: 'passes', text: t('The file has no metadata to remove.') });
  if (ruled.secrets) tried.push(describeSecrets(ruled.secrets));
  else if (rules.secrets !== 'off') tried.push({ kind: 'passes', text: t('No secrets were found.') });
  return tried;
}

function describeSecrets(result: SecretsResult): TriedRule {
  if (result.kind === 'not-scanned') return note(t('The file is too large to search it for secrets.'));
  const { count, outcome } = result;
  const found = t('{count, plural, one {# secret was found.} other {# secrets were found.}}', { count });
  switch (outcome) {
    case 'refused':
      return { kind: 'breaks', text: joinSentences(found, t('The file is refused.')) };
    case 'masked':
      return note(joinSentences(found, t('The upload gets asterisks in their places.')));
    case 'warned':
      return note(joinSentences(found, t('The person gets a warning.')));
  }
}

function note(text: string): TriedRule {
  return { kind: 'note', text };
}
