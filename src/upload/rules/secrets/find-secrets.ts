import type { SecretRule } from './rules';
import { SECRET_RULES } from './rules';

/** Most characters of a secret: a private key. */
export const MAX_SECRET_LENGTH = 16 * 1024;

/** Characters before a secret that a check may see. */
export const CONTEXT_LENGTH = 400;

const MIN_KEY_LENGTH = 64;

/** A secret in a text. */
export interface FoundSecret {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds secrets in a text, in order and without overlaps. Takes time in proportion to its length.
 *
 * @param first Offset of the first character that may begin a secret. Those before it are context.
 * @param end Offset behind the last such character.
 */
export function findSecrets(text: string, first = 0, end = text.length): readonly FoundSecret[] {
  const found = SECRET_RULES.flatMap((rule, order) =>
    findByRule(text, rule)
      .filter(({ start }) => start >= first && start < end)
      .map((secret) => ({ ...secret, order })),
  );
  found.sort((one, other) => one.start - other.start || one.order - other.order);
  const secrets: { rule: string; start: number; end: number; order: number }[] = [];
  for (const secret of found) {
    const last = secrets.at(-1);
    if (!last || last.end <= secret.start) {
      secrets.push(secret);
      continue;
    }
    // The range of both is hidden.
    last.end = Math.max(last.end, secret.end);
    if (secret.order < last.order) [last.rule, last.order] = [secret.rule, secret.order];
  }
  return secrets.map(({ rule, start, end }) => ({ rule, start, end }));
}

function findByRule(text: string, { id, pattern, check }: SecretRule): FoundSecret[] {
  const found: FoundSecret[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const secret = match.at(-1) ?? match[0];
    let end = match.index + match[0].length;
    const start = id === 'private-key' ? match.index : end - secret.length;
    if (id === 'private-key') {
      const bodyEnd = endOfKey(text, end);
      if (bodyEnd - end < MIN_KEY_LENGTH) continue;
      end = bodyEnd;
      pattern.lastIndex = end;
    }
    const before = text.slice(Math.max(0, start - CONTEXT_LENGTH), start);
    if (!check || check(secret, before.slice(before.lastIndexOf('\n') + 1)))
      found.push({ rule: id, start, end });
  }
  return found;
}

/** Returns the end of the body of a private key with its last line. The next dashes end it, also those of another key. */
function endOfKey(text: string, start: number): number {
  const limit = start + MAX_SECRET_LENGTH - CONTEXT_LENGTH;
  const body = text.slice(start, limit);
  const dashes = body.indexOf('-----');
  if (dashes === -1) return start + (/^[\w+/=\s\\:,"]*/.exec(body)?.[0].length ?? 0);
  const last = /^-----END [A-Z0-9 ]{0,60}-----/.exec(body.slice(dashes, dashes + 80))?.[0] ?? '';
  return start + dashes + last.length;
}
