/** Words and conditions; a quoted value can contain spaces: `by:"Anna Smith"`. */
const PART = /(?:[^\s"]|"[^"]*"?)+/g;

/** Condition with its keyword: `size:>10mb`. */
const CONDITION = /^-?([a-z]+):/i;

/** Splits a search into its words and conditions. */
function partsOf(text: string): readonly string[] {
  return text.match(PART) ?? [];
}

function keywordOf(part: string): string | undefined {
  return CONDITION.exec(part)?.[1]?.toLowerCase();
}

const isSame = (part: string) => (other: string) => part.toLowerCase() === other.toLowerCase();

/** Whether a search contains a condition. A condition can have several parts: `after:2026-01 before:2026-02`. */
export function hasCondition(text: string, condition: string): boolean {
  const parts = partsOf(text);
  const wanted = partsOf(condition);
  return wanted.length > 0 && wanted.every((part) => parts.some(isSame(part)));
}

/** Returns the search without a condition. */
export function withoutCondition(text: string, condition: string): string {
  const removed = partsOf(condition);
  return partsOf(text)
    .filter((part) => !removed.some(isSame(part)))
    .join(' ');
}

/** Returns the search without the conditions that have the same keywords as this one. */
export function withoutKeywordsOf(text: string, condition: string): string {
  const keywords = new Set(partsOf(condition).map(keywordOf));
  return partsOf(text)
    .filter((part) => {
      const keyword = keywordOf(part);
      return keyword === undefined || !keywords.has(keyword);
    })
    .join(' ');
}

/** Returns the search with a condition in place of those with the same keywords. */
export function withCondition(text: string, condition: string): string {
  return [withoutKeywordsOf(text, condition), ...partsOf(condition)].filter(Boolean).join(' ');
}

/** Adds a condition to a search, or removes it if it is there. */
export function toggleCondition(text: string, condition: string): string {
  return hasCondition(text, condition) ? withoutCondition(text, condition) : withCondition(text, condition);
}
