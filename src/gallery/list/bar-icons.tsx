import * as React from 'react';
import { Glyph } from '../../ui/icons';

// Apart from the other icons, which the form and the panel load at once.

/** A magnifying glass: search. */
export function SearchIcon(): React.JSX.Element {
  return (
    <Glyph path="M6.800 2a4.800 4.800 0 0 1 3.750 7.800l3.300 3.300-.7.7-3.300-3.300A4.800 4.800 0 1 1 6.800 2zm0 1a3.800 3.800 0 1 0 0 7.600 3.800 3.800 0 0 0 0-7.600z" />
  );
}

/** Lines: show as a list. */
export function ListIcon(): React.JSX.Element {
  return (
    <Glyph
      className="glyph-ahead"
      path="M2 3.500h2v1H2v-1zm4 0h8v1H6v-1zm-4 4h2v1H2v-1zm4 0h8v1H6v-1zm-4 4h2v1H2v-1zm4 0h8v1H6v-1z"
    />
  );
}

/** Four squares: show as cards. */
export function GridIcon(): React.JSX.Element {
  return (
    <Glyph path="M2.500 2.500h5v5h-5v-5zm1 1v3h3v-3h-3zm5-1h5v5h-5v-5zm1 1v3h3v-3h-3zm-7 5h5v5h-5v-5zm1 1v3h3v-3h-3zm5-1h5v5h-5v-5zm1 1v3h3v-3h-3z" />
  );
}

/** An arrow up and one down: sort. */
export function SortIcon(): React.JSX.Element {
  return (
    <Glyph path="M4.500 2.300 7.700 5.500l-.7.7-2-2V13H4V4.200l-2 2-.7-.7 3.200-3.200zM11.500 13.700 8.300 10.500l.7-.7 2 2V3h1v8.800l2-2 .7.7-3.200 3.200z" />
  );
}
