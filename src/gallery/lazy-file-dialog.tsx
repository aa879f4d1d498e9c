import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { FileDialogProps } from './file-dialog';
import { LazyDialog } from './lazy-dialog';

const loadDialog = () => import(/* webpackChunkName: "file-dialog" */ './file-dialog');

/** A dialog of the gallery, loaded with the first one. */
export function LazyFileDialog(props: FileDialogProps): React.JSX.Element {
  return (
    <LazyDialog
      title={t('Files')}
      load={loadDialog}
      onClose={props.onClose}
      render={({ FileDialog }) => <FileDialog {...props} />}
    />
  );
}
