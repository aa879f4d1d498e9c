import type { NumberInName } from '../../upload/rules/names/match-name';
import { matchingNumbers, prepareName } from '../../upload/rules/names/match-name';
import type { Alternative, Pattern } from '../../upload/rules/names/pattern';
import type { PlanItem, UnmatchedReason } from './plan';

/** A number found in a path by a pattern. */
export interface Explanation {
  readonly workItemId: PlanItem['id'];
  /** The matching alternative, as typed. */
  readonly alternative: string;
  /** The path in three parts, with the digits of the number in the middle. */
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

/** Numbers found by one alternative in one segment of a path. */
interface PathMatch {
  readonly alternative: Alternative;
  readonly numbers: readonly NumberInName[];
  readonly characters: readonly string[];
  /** Segments of the path, and the 0-based index of this one. */
  readonly segments: readonly string[];
  readonly index: number;
}

/** Work items named by a path, or the reason for having none. */
interface PathTarget {
  readonly ids: readonly PlanItem['id'][];
  readonly reason?: UnmatchedReason;
}

/**
 * Finds the work item named by a path. The file name takes precedence over its folders, and inner folders over outer
 * ones; within a name, alternatives are tried in order. The first listed work item wins, so a date in the file name
 * does not hide the number of its folder.
 *
 * @param path `folder/name`.
 */
export function workItemInPath(
  pattern: Pattern,
  path: string,
  items: ReadonlyMap<PlanItem['id'], PlanItem>,
): PathTarget {
  const unlisted = new Set<number>();
  for (const { numbers } of matchesIn(pattern, path, (id) => items.get(id)?.type)) {
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
 * Explains a pattern as it is typed: the numbers found in a path if every number is a work item of any type. Empty
 * without a match; several if the path is ambiguous.
 */
export function explain(pattern: Pattern, path: string): readonly Explanation[] {
  for (const { alternative, numbers, characters, segments, index } of matchesIn(
    pattern,
    path,
    () => undefined,
  ))
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

function* matchesIn(
  { alternatives }: Pattern,
  path: string,
  typeOf: (id: number) => string | undefined,
): Generator<PathMatch> {
  const segments = path.split('/');
  for (let index = segments.length - 1; index >= 0; index--) {
    const segment = segments[index] ?? '';
    if (!/\d/.test(segment)) continue;
    const name = prepareName(segment);
    for (const alternative of alternatives) {
      const numbers = matchingNumbers(alternative, name, typeOf);
      if (numbers.length > 0) yield { alternative, numbers, characters: name.characters, segments, index };
    }
  }
}
