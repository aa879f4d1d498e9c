import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import type { NoteKind } from './nodes';

/** Reference to a note in a text. It leads to the note. */
export function NoteReference(props: { kind: NoteKind; number: number }): React.JSX.Element {
  return (
    <sup>
      <NoteLink {...props} from="text" />
    </sup>
  );
}

/** Number of a note. It leads to and from the reference in the text. */
export function NoteLink(props: {
  kind: NoteKind;
  number: number;
  from: 'text' | 'note';
}): React.JSX.Element {
  const { kind, number, from } = props;
  const to = from === 'text' ? 'note' : 'text';
  const jump = ({ currentTarget }: React.MouseEvent<HTMLButtonElement>): void =>
    currentTarget
      .closest('.viewer-scroll')
      ?.querySelector<HTMLElement>(`[data-note="${to}-${kind}-${number}"]`)
      ?.focus();
  return (
    <button
      type="button"
      className="link-button"
      data-note={`${from}-${kind}-${number}`}
      aria-label={from === 'text' ? nameOf(kind, number) : t('Back to the text')}
      onClick={jump}
    >
      [{kind === 'comment' ? t('Comment {number}', { number }) : number}]
    </button>
  );
}

function nameOf(kind: NoteKind, number: number): string {
  switch (kind) {
    case 'footnote':
      return t('Footnote {number}', { number });
    case 'endnote':
      return t('Endnote {number}', { number });
    case 'comment':
      return t('Comment {number}', { number });
  }
}

/** Heading of the notes of a kind. */
export function nameOfNotes(kind: NoteKind): string {
  switch (kind) {
    case 'footnote':
      return t('Footnotes');
    case 'endnote':
      return t('Endnotes');
    case 'comment':
      return t('Comments');
  }
}
