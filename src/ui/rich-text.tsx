import * as React from 'react';
import { extensionOf } from '../base/file-kind';
import type { RichValues } from '../base/i18n/translate';
import { parts } from '../base/i18n/translate';
import { makeVisible } from '../base/visible-text';

/**
 * A message with elements in it (see `parts`):
 * `rich('Drop files here, or <browse>browse</browse>', { browse: (inside) => <b>{inside}</b> })`.
 */
export function rich(message: string, values: RichValues<React.JSX.Element>): React.JSX.Element {
  return React.createElement(React.Fragment, null, ...parts(message, values));
}

/**
 * A file's name on one line, without its middle if it is too long. A right-to-left name keeps its place. Screen readers
 * get an uncut name: they would read the two parts with a space between them.
 */
export function FileName(props: {
  name: string;
  /** Whether it has the width of a tile or a card. */
  isNarrow?: boolean;
}): React.JSX.Element {
  const { isNarrow = false } = props;
  const name = makeVisible(props.name);
  const { head, tail } = splitName(name, isNarrow ? narrowTailOf(name) : TAIL);
  return (
    <bdi className="file-name" title={name}>
      {tail && <span className="for-screen-readers">{name}</span>}
      <span className="file-name-head" aria-hidden={tail ? true : undefined}>
        {head}
      </span>
      {tail && (
        <span className="file-name-tail" aria-hidden={true}>
          {tail}
        </span>
      )}
    </bdi>
  );
}

/** Characters kept at the end of a shortened name in a list. */
const TAIL = 12;

/** Returns the number of characters kept in a narrow place: the extension, and a little before it. */
function narrowTailOf(name: string): number {
  return name.includes('.') ? Math.min(8, extensionOf(name).length + 3) : 4;
}

/** Text with one code unit per character. */
const IS_PLAIN = /^[\x20-\x7e]*$/;

/** Created on first use, because it takes a millisecond. */
let segmenter: Intl.Segmenter | undefined;

/** Characters of a text; its code points in a browser without a segmenter (Firefox before 125). */
function charactersOf(text: string): readonly string[] {
  if (!('Segmenter' in Intl)) return Array.from(text);
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/**
 * Splits a name for a narrow column, to hide its middle and keep the end with the extension. Never cuts through a
 * character, such as an emoji of several code points.
 */
export function splitName(name: string, length = TAIL): { head: string; tail: string } {
  // A character has at least one code unit.
  if (name.length <= 2 * length) return { head: name, tail: '' };
  if (IS_PLAIN.test(name)) return { head: name.slice(0, -length), tail: name.slice(-length) };
  const characters = charactersOf(name);
  if (characters.length <= 2 * length) return { head: name, tail: '' };
  return { head: characters.slice(0, -length).join(''), tail: characters.slice(-length).join('') };
}
