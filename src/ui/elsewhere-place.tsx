import * as React from 'react';
import type { ElsewhereProps } from './elsewhere';
import { useLazy } from './hooks';

const loadElsewhere = () => import(/* webpackChunkName: "elsewhere" */ './elsewhere');

/** Place of the summaries of uploads for other work items. Their code is loaded with the first one. */
export function ElsewherePlace(props: ElsewhereProps): React.JSX.Element | null {
  const { module } = useLazy(loadElsewhere, props.uploads.length > 0);
  return module ? <module.Elsewhere {...props} /> : null;
}
