import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { LazyDialog } from '../lazy-dialog';
import type { HistoryDialogProps } from './history-dialog';

const loadDialog = () => import(/* webpackChunkName: "history" */ './history-dialog');

/** The history of files, loaded when it is opened first. */
export function LazyHistoryDialog(props: HistoryDialogProps): React.JSX.Element {
  return (
    <LazyDialog
      title={t('History of files')}
      load={loadDialog}
      onClose={props.onClose}
      render={({ HistoryDialog }) => <HistoryDialog {...props} />}
    />
  );
}
