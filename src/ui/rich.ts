import * as React from 'react';
import { parts } from '../base/i18n/translate';
import type { RichValues } from '../base/i18n/translate';

/**
 * A message with elements in it (see `parts`):
 * `rich('Drop files here, or <browse>browse</browse>', { browse: (inside) => <b>{inside}</b> })`.
 */
export function rich(message: string, values: RichValues<React.JSX.Element>): React.JSX.Element {
  return React.createElement(React.Fragment, null, ...parts(message, values));
}
