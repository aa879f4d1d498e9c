import * as React from 'react';

/** A file's name on one line. Where it does not fit its middle is left out; a right-to-left name stays in its place. */
export function FileName({ name }: { name: string }): React.JSX.Element {
  const { head, tail } = splitName(name);
  return (
    <bdi className="file-name" title={name}>
      <span className="file-name-head">{head}</span>
      <span className="file-name-tail">{tail}</span>
    </bdi>
  );
}

/** Characters at the end of a name that stay visible when its middle is left out. */
const TAIL = 12;

/** Letters of which each is one character by itself. */
const IS_PLAIN = /^[\x20-\x7e]*$/;

/** Costs a millisecond to make. */
let segmenter: Intl.Segmenter | undefined;

/**
 * A name in two parts, so that a narrow column can leave out the middle and keep what tells files apart: the end
 * and the extension. Never cuts through a character, an emoji of several code points included.
 */
export function splitName(name: string): { head: string; tail: string } {
  // No character is shorter than one unit of the string.
  if (name.length <= 2 * TAIL) return { head: name, tail: '' };
  if (IS_PLAIN.test(name)) return { head: name.slice(0, -TAIL), tail: name.slice(-TAIL) };
  segmenter ??= new Intl.Segmenter();
  const characters = Array.from(segmenter.segment(name), ({ segment }) => segment);
  if (characters.length <= 2 * TAIL) return { head: name, tail: '' };
  return { head: characters.slice(0, -TAIL).join(''), tail: characters.slice(-TAIL).join('') };
}
