import * as React from 'react';
import type { LinkTarget } from '../azure/work-item';
import type { FormSession } from '../upload/form/form-session';
import { useLazy, useStore } from './hooks';

const loadResults = () => import(/* webpackChunkName: "pasted" */ './pasted-results');

/** Props of `PastedLines`. */
export interface PastedLinesProps {
  session: Pick<FormSession, 'pasted'>;
  /** Whether the work item is in the form. */
  isShown: (target: LinkTarget) => boolean;
}

/** Place of the lines about pasted images and the texts of their work item. Their code is loaded with the first one. */
export function PastedLines(props: PastedLinesProps): React.JSX.Element | null {
  const results = useStore(props.session.pasted);
  const { module } = useLazy(loadResults, results.length > 0);
  return module ? <module.PastedResults {...props} /> : null;
}
