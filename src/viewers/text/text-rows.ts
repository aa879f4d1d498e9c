import type { LoadedText } from './text-parts';

/** One row of a text on the screen: a line of it, or the gap where lines are missing. */
export type TextRow =
  | {
      readonly kind: 'line';
      readonly text: string;
      /** 1-based; `undefined` behind a gap, where nobody has counted. */
      readonly number: number | undefined;
    }
  | { readonly kind: 'gap'; readonly bytes: number };

/** How many rows there are. */
export function countRows({ head, tail, missingBytes }: LoadedText): number {
  return head.length + (missingBytes > 0 ? 1 + tail.length : 0);
}

/** The row at a place, 0-based; `undefined` behind the last one. */
export function rowAt({ head, tail, missingBytes }: LoadedText, index: number): TextRow | undefined {
  const line = head[index];
  if (line !== undefined) return { kind: 'line', text: line, number: index + 1 };
  if (missingBytes === 0) return undefined;
  if (index === head.length) return { kind: 'gap', bytes: missingBytes };
  const text = tail[index - head.length - 1];
  return text === undefined ? undefined : { kind: 'line', text, number: undefined };
}

/** Length of the longest line, in UTF-16 units. */
export function longestLine({ head, tail }: LoadedText): number {
  let longest = 0;
  for (const lines of [head, tail])
    for (const line of lines) if (line.length > longest) longest = line.length;
  return longest;
}
