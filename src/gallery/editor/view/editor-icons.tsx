import * as React from 'react';
import { Glyph } from '../../../ui/icons';
import type { Tool } from '../model/editor';

const PATHS: Readonly<Record<Tool, string>> = {
  select: 'M4 2l8.500 6.200-3.800.7 2.100 4-1.300.7-2.100-4L4.500 12.500z',
  redact: 'M1.500 5h13v6h-13V5z',
  arrow: 'M8 3h5v5h-1V4.700L4.200 12.500l-.7-.7L11.300 4H8V3z',
  line: 'M12.600 2.700l.7.7-10 10-.7-.7z',
  box: 'M2 3.500h12v9H2v-9zm1 1v7h10v-7H3z',
  ellipse:
    'M8 3.500c3.600 0 6.500 2 6.500 4.500s-2.900 4.500-6.500 4.500S1.500 10.500 1.500 8 4.400 3.500 8 3.500zm0 1C5 4.500 2.500 6.100 2.500 8S5 11.500 8 11.500s5.500-1.600 5.500-3.500S11 4.500 8 4.500z',
  pen: 'M3 12.500c-1.500-2 .5-3.500 2-4.500s3-2 1.500-3.300C5.700 4 4.300 4.600 3.500 5.200L2.900 4.400C4 3.500 6 2.800 7.200 4c2 2-.2 3.700-1.700 4.800-1.300.9-2.500 1.900-1.700 3 .8 1 2.300.3 3.500-.5l3-2.200c1.200-.8 2.500-1.400 3.300-.4.6.8.2 1.800-.2 2.800l-.9-.4c.3-.8.6-1.500.3-1.800-.3-.4-1.100 0-1.900.6l-3 2.200c-1.500 1-3.500 2-4.900.4z',
  text: 'M3 3h10v3h-1V4H8.500v8.500H10v1H6v-1h1.500V4H4v2H3V3z',
  step: 'M8 1.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zm0 1a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zm.6 2V11.500H7.500V6.200l-1.200.6-.4-.9L8 4.500h.6z',
  crop: 'M4 1.500h1V4h7v7h2.500v1H12v2.500h-1V12H4V5H1.500V4H4V1.500zM5 5v6h6V5H5z',
};

/** Icon of a tool. */
export function ToolIcon({ tool }: { tool: Tool }): React.JSX.Element {
  return <Glyph path={PATHS[tool]} />;
}

/** A curved arrow, to the left for undo or to the right for redo. */
export function UndoIcon({ isRedo = false }: { isRedo?: boolean }): React.JSX.Element {
  return (
    <Glyph
      className={isRedo ? 'editor-redo' : ''}
      path="M5.700 2.500l.7.7L4.600 5H10a4 4 0 0 1 0 8H6v-1h4a3 3 0 0 0 0-6H4.600l1.800 1.800-.7.7-3-3z"
    />
  );
}

/** A plus or minus: zoom in, zoom out. */
export function ZoomIcon({ isOut = false }: { isOut?: boolean }): React.JSX.Element {
  return <Glyph path={isOut ? 'M3 7.500h10v1H3z' : 'M7.500 3h1v4.500H13v1H8.500V13h-1V8.500H3v-1h4.500z'} />;
}

/** A frame with arrows to its corners: fit. */
export function FitIcon(): React.JSX.Element {
  return (
    <Glyph path="M2 2h4v1H3.700l2.600 2.600-.7.7L3 3.700V6H2V2zm8 0h4v4h-1V3.700l-2.600 2.600-.7-.7L12.300 3H10V2zM2 10h1v2.300l2.600-2.600.7.7L3.700 13H6v1H2v-4zm8.400-.3 2.600 2.600V10h1v4h-4v-1h2.300l-2.600-2.600z" />
  );
}
