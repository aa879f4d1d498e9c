import type { NumberInName } from './match-name';
import { numbersThatFit, takeApart } from './match-name';
import type { Alternative, Pattern } from './pattern';
import type { PlanItem, UnmatchedReason } from './plan';

/** One number that a pattern takes out of a path. */
export interface Explanation {
  readonly workItemId: PlanItem['id'];
  /** The way of naming that took it, as it was typed. */
  readonly alternative: string;
  /** The path in three parts, the digits of the number in the middle. */
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

/** Numbers that one way of naming finds in one segment of a path. */
interface Find {
  readonly alternative: Alternative;
  readonly numbers: readonly NumberInName[];
  readonly characters: readonly string[];
  /** Segments of the path, and which of them it is, 0-based. */
  readonly segments: readonly string[];
  readonly index: number;
}

/** The work item that a path names, or why it names none. */
interface NamedItem {
  readonly ids: readonly PlanItem['id'][];
  readonly reason?: UnmatchedReason;
}

/**
 * The work item whose number a path carries. The file's own name counts before its folders, and inner folders before
 * outer ones; within a name the alternatives count in their order. The first that yields a listed work item decides,
 * so that a date in a file's name does not hide the number of its folder.
 *
 * @param path `folder/name`.
 */
export function itemNamedBy(
  pattern: Pattern,
  path: string,
  items: ReadonlyMap<PlanItem['id'], PlanItem>,
): NamedItem {
  const unlisted = new Set<number>();
  for (const { numbers } of findsIn(pattern, path, (id) => items.get(id)?.type)) {
    const ids = [...new Set(numbers.map(({ value }) => value))];
    const listed = ids.filter((id) => items.has(id));
    if (listed.length > 1) return { ids: [], reason: { kind: 'ambiguous-number', workItemIds: listed } };
    if (listed.length === 1) return { ids: listed };
    for (const id of ids) unlisted.add(id);
  }
  if (unlisted.size === 0) return { ids: [], reason: { kind: 'no-number' } };
  return { ids: [...unlisted] };
}

/**
 * For a field where a person tries a pattern: the numbers that it takes out of a path when all of them are work
 * items, of any type. Empty where it takes none; several where the path is ambiguous.
 */
export function explain(pattern: Pattern, path: string): readonly Explanation[] {
  for (const { alternative, numbers, characters, segments, index } of findsIn(pattern, path, () => undefined))
    return numbers.map(({ value, start, end }) => {
      const outer = segments.slice(0, index).map((segment) => `${segment}/`);
      const inner = segments.slice(index + 1).map((segment) => `/${segment}`);
      return {
        workItemId: value,
        alternative: alternative.text,
        before: outer.join('') + characters.slice(0, start).join(''),
        digits: characters.slice(start, end).join(''),
        after: characters.slice(end).join('') + inner.join(''),
      };
    });
  return [];
}

function* findsIn(
  { alternatives }: Pattern,
  path: string,
  typeOf: (id: number) => string | undefined,
): Generator<Find> {
  const segments = path.split('/');
  for (let index = segments.length - 1; index >= 0; index--) {
    const segment = segments[index] ?? '';
    if (!/\d/.test(segment)) continue;
    const name = takeApart(segment);
    for (const alternative of alternatives) {
      const numbers = numbersThatFit(alternative, name, typeOf);
      if (numbers.length > 0) yield { alternative, numbers, characters: name.characters, segments, index };
    }
  }
}
