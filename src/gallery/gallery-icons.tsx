import * as React from 'react';
import { Glyph, PICTURES } from '../ui/icons';

/** A speech bubble: comment. */
export function CommentIcon(): React.JSX.Element {
  return <Glyph path="M2 3h12v8.500H7.400L4.500 14v-2.500H2V3zm1 1v6.500h2.500v1.400l1.600-1.400H13V4H3z" />;
}

/** A picture: copy the image. */
export function ImageIcon(): React.JSX.Element {
  return <Glyph path={PICTURES.image} />;
}

/** A box: move into a zip. */
export function ArchiveIcon(): React.JSX.Element {
  return <Glyph path={PICTURES.archive} />;
}

/** An arrow out of a window: open in a new tab. */
export function NewTabIcon(): React.JSX.Element {
  return (
    <Glyph path="M3 3h5v1H4v8h8V8h1v5H3V3zm6.500-.500h4v4h-1V4.200L8.100 8.600l-.7-.7 4.400-4.400H9.500v-1z" />
  );
}

/** Four corners, pointing out or in: full screen. */
export function FullScreenIcon({ isOn }: { isOn: boolean }): React.JSX.Element {
  return (
    <Glyph
      path={
        isOn
          ? 'M6 2h1v5H2V6h4V2zm3 0h1v4h4v1H9V2zM2 9h5v5H6v-4H2V9zm7 0h5v1h-4v4H9V9z'
          : 'M2 2h5v1H3v4H2V2zm7 0h5v5h-1V3H9V2zM2 9h1v4h4v1H2V9zm11 0h1v5H9v-1h4V9z'
      }
    />
  );
}
