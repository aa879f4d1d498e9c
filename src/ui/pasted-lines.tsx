import * as React from 'react';
import { useLazy, useStore } from './hooks';
import type { PastedResultsProps } from './pasted-results';

const loadResults = () => import(/* webpackChunkName: "pasted" */ './pasted-results');

/** Place of the lines about pasted images and the texts of their work item. Their code is loaded with the first one. */
export function PastedLines(props: PastedResultsProps): React.JSX.Element | null {
  const results = useStore(props.session.pasted);
  const { module } = useLazy(loadResults, results.length > 0);
  return module ? <module.PastedResults {...props} /> : null;
}
