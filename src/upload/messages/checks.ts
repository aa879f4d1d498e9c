import { formatBytes, listOf } from '../../base/format';
import { t } from '../../base/i18n/translate';
import type { CheckFact, HeldReason } from '../checks/checks-state';
import type { HarSecretKind } from '../rules/secrets/mask-har';
import { FORMAT_NAMES } from '../rules/metadata/cleaned';
import { MAX_SCANNED_BYTES } from '../rules/secrets/scan';
import { describeError, joinSentences, quoteName } from './problems';

/** Longest name of an author in a line, in UTF-16 units. */
const MAX_AUTHOR_LENGTH = 80;

function shortened(name: string): string {
  return name.length <= MAX_AUTHOR_LENGTH ? name : `${name.slice(0, MAX_AUTHOR_LENGTH)}…`;
}

/** Describes a fact about files that were let go. Files with the same fact have the same key. */
export function describeFact(fact: CheckFact, names: readonly string[]): string {
  const count = names.length;
  const name = count === 1 ? quoteName(names[0] ?? '') : t('{count, number} files', { count });
  switch (fact.kind) {
    case 'removed':
      return fact.removed.location
        ? t('Location removed from {name}.', { name })
        : t('Metadata removed from {name}.', { name });
    case 'kept': {
      const format = FORMAT_NAMES[fact.format];
      return fact.reason === 'format'
        ? t('Metadata not removed from {name} ({format}).', { name, format })
        : t("Metadata not removed from {name}. A part of the image can't be read.", { name });
    }
    case 'not-searched':
      return joinSentences(
        t('{name}: not searched for secrets.', { name }),
        fact.isTooLarge &&
          t('Only files up to {limit} are searched.', { limit: formatBytes(MAX_SCANNED_BYTES) }),
      );
    case 'authors':
      return joinSentences(
        t('Author of {name}: {authors}', { name, authors: listOf(fact.names.map(shortened)) }),
        fact.removal === 'signed' && t('It is signed, so Stapler leaves it as it is.'),
      );
    case 'authors-unread':
      return fact.reason === 'locked'
        ? t("{name} has a password, so its author wasn't checked.", { name })
        : t("The author of {name} wasn't checked: the PDF is packed or encrypted.", { name });
    case 'authors-removed':
      return t('Author removed from {name}.', { name });
    case 'policy-unread':
      return t("The project's policy couldn't be read, so {name} wasn't checked against it.", { name });
    case 'masked':
      return t('{count, plural, one {# secret masked in {name}.} other {# secrets masked in {name}.}}', {
        count: fact.count,
        name,
      });
  }
}

/** Returns equal keys for facts that one line describes. */
export function keyOfFact(fact: CheckFact): string {
  switch (fact.kind) {
    case 'removed':
      return `removed ${String(fact.removed.location)}`;
    case 'kept':
      return `kept ${fact.reason} ${fact.format}`;
    case 'not-searched':
      return `not-searched ${String(fact.isTooLarge)}`;
    case 'masked':
      return `masked ${fact.count}`;
    case 'authors':
      return `authors ${fact.removal} ${JSON.stringify(fact.names)}`;
    case 'authors-unread':
      return `authors-unread ${fact.reason}`;
    case 'authors-removed':
    case 'policy-unread':
      return fact.kind;
  }
}

/** Describes why a file waits for a decision. */
export function describeHeld(
  name: string,
  reason: Exclude<HeldReason, { kind: 'over-limit' | 'no-room' }>,
): string {
  const file = quoteName(name);
  if (reason.kind === 'comment') return t('This project asks for a comment on {name}.', { name: file });
  if (reason.kind === 'unchecked')
    return joinSentences(t("{name} couldn't be checked.", { name: file }), describeError(reason.problem));
  const { count, counts } = reason.found;
  return joinSentences(
    t('{count, plural, one {{name} seems to contain # secret.} other {{name} seems to contain # secrets.}}', {
      count,
      name: file,
    }),
    counts && t('Found: {kinds}.', { kinds: describeCounts(counts) }),
    !reason.isMaskable && t("Some of them can't be masked."),
  );
}

const KINDS: Readonly<Record<HarSecretKind, (count: number) => string>> = {
  cookie: (count) => t('{count, plural, one {# cookie} other {# cookies}}', { count }),
  header: (count) => t('{count, plural, one {# header} other {# headers}}', { count }),
  parameter: (count) => t('{count, plural, one {# parameter} other {# parameters}}', { count }),
  body: (count) => t('{count, plural, one {# value in a body} other {# values in bodies}}', { count }),
  found: (count) => t('{count, plural, one {# other text} other {# other texts}}', { count }),
};

/** `3 cookies, 1 header`. */
function describeCounts(counts: Readonly<Record<HarSecretKind, number>>): string {
  return listOf(
    (Object.keys(KINDS) as HarSecretKind[])
      .filter((kind) => counts[kind] > 0)
      .map((kind) => KINDS[kind](counts[kind])),
  );
}
