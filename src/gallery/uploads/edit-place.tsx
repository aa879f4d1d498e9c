import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useLazy, useStore } from '../../ui/hooks';
import { LoadProblem } from '../../ui/load-problem';
import type { FocusAfterClose } from '../../ui/use-modal';
import type { FormSession } from '../../upload/form/form-session';
import { isInEditor } from '../../upload/upload-state';

const loadEditor = () => import(/* webpackChunkName: "editor" */ '../editor/view/edit-upload-dialog');

/** Place of the editor for uploads that wait for it, one after the other. Its code is loaded with the first one. */
export function EditPlace(props: {
  session: Pick<FormSession, 'queue' | 'attachEdited'>;
  /** See `EditUploadDialog`. */
  fallback: FocusAfterClose;
}): React.JSX.Element | null {
  const upload = useStore(props.session.queue).find(isInEditor);
  const { module, problem, retry } = useLazy(loadEditor, upload !== undefined);
  if (!upload) return null;
  if (module) return <module.EditUploadDialog key={upload.id} upload={upload} {...props} />;
  return problem ? <LoadProblem problem={problem} subject={t('The editor')} onRetry={retry} /> : null;
}
