import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useFileDrops } from '../../ui/drop-zone';
import { LockIcon } from '../../ui/icons';
import type { GalleryState } from '../gallery-state';
import type { GalleryUploads } from './gallery-uploads';

/** Takes dropped and pasted files anywhere on the page, or answers that the work item accepts none. */
export function DropTarget(props: {
  state: GalleryState;
  uploads: GalleryUploads;
}): React.JSX.Element | null {
  const { state, uploads } = props;
  const { status, workItemId, isReadOnly, files, problem } = state;
  /** Work item that refused files. */
  const [refused, setRefused] = React.useState(0);
  const isTarget = useFileDrops({
    // Without files, a problem takes the place of the list, and of the uploads.
    takesFiles: status === 'open' && !isReadOnly && (files !== undefined || !problem),
    onDrop: uploads.attachDropped,
    onPaste: uploads.attachPasted,
    onRefused: () => setRefused(workItemId),
  });
  if (isTarget)
    return (
      <p className="gallery-drop" role="presentation">
        <span>{t('Drop to attach')}</span>
      </p>
    );
  if (!isReadOnly || refused !== workItemId) return null;
  return (
    <p className="note gallery-refusal" role="alert">
      <LockIcon />
      <span>{t("You don't have permission to add files to this work item.")}</span>
    </p>
  );
}
