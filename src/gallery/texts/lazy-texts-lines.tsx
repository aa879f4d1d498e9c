import * as React from 'react';
import { useLazy } from '../../ui/hooks';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { removedButUsed } from './used-files';

const loadLines = () => import(/* webpackChunkName: "texts" */ './texts-lines');

/** Lines about files in texts. Without their code, the list is as good as before. */
export function LazyTextsLines(props: {
  state: GalleryState;
  session: GallerySession;
}): React.JSX.Element | null {
  const { state } = props;
  const isWanted = state.withTexts || state.copied !== undefined || removedButUsed(state).length > 0;
  const { module } = useLazy(loadLines, isWanted);
  return module ? <module.TextsLines {...props} /> : null;
}
