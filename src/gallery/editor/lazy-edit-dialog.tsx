import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { quoteName } from '../../upload/messages/problems';
import { LazyDialog } from '../lazy-dialog';
import type { EditDialogProps } from './view/edit-dialog';

const loadDialog = () => import(/* webpackChunkName: "editor" */ './view/edit-dialog');

/** The editor of images, loaded with the first one. */
export function LazyEditDialog(props: EditDialogProps): React.JSX.Element {
  return (
    <LazyDialog
      title={t('Edit {name}', { name: quoteName(props.file.name) })}
      load={loadDialog}
      onClose={props.onClose}
      render={({ EditDialog }) => <EditDialog {...props} />}
    />
  );
}
