import * as React from 'react';
import { Glyph } from '../../../ui/icons';

/** A question mark in a circle: help. */
export function HelpIcon(): React.JSX.Element {
  return (
    <Glyph path="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zm0 1.8c1.300 0 2.200.8 2.200 1.900 0 .8-.4 1.300-1.100 1.800-.5.4-.6.6-.6 1.100v.3h-1v-.4c0-.8.3-1.300 1-1.800.5-.4.700-.6.700-1 0-.6-.5-.9-1.200-.9-.7 0-1.200.4-1.300 1.100h-1c.1-1.300 1-2.100 2.300-2.100zm-.5 6h1v1.100h-1v-1.100z" />
  );
}

/** A ribbon: saved searches. */
export function SavedIcon(): React.JSX.Element {
  return <Glyph path="M4 2h8v12l-4-3-4 3V2zm1 1v9l3-2.250L11 12V3H5z" />;
}
