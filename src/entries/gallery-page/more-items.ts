import { t } from '../../base/i18n/translate';
import type { GallerySession } from '../../gallery/gallery-session';
import type { GalleryUploads } from '../../gallery/uploads/gallery-uploads';
import type { MenuItem } from '../../ui/menu';
import { canCaptureScreen, captureFor, pickCaptured } from '../../upload/capture/capture-for-form';
import { createBrowserLearned } from '../../upload/learned';
import { describeWorkItem } from '../../upload/messages/work-items';
import { askForLink } from '../../upload/file-links/link-requests';
import type { PartitionHost } from '../../upload/recovery/journal/browser-journal';
import { partitionOf } from '../../upload/recovery/journal/browser-journal';

export { GalleryLinks } from './gallery-links';

/** Dependencies of `createMoreItems`. */
export interface MoreItemsOptions {
  readonly host: PartitionHost;
  readonly gallery: Pick<GallerySession, 'getSnapshot'>;
  readonly uploads: Pick<GalleryUploads, 'attachCaptured'>;
}

/**
 * Creates the menu items to link a file and to capture the screen, once the answers of the organization are read:
 * capturing needs a window that reaches back. A captured file goes to the work item of the press.
 */
export async function createMoreItems({
  host,
  gallery,
  uploads,
}: MoreItemsOptions): Promise<() => readonly MenuItem[]> {
  const learned = createBrowserLearned(() => partitionOf(host));
  await learned.whenLoaded();
  const canCapture = canCaptureScreen() && learned.answers().windowReaches === true;
  return () => {
    const { status, workItemId, isReadOnly, members } = gallery.getSnapshot();
    if (status !== 'open' || isReadOnly) return [];
    const type = members.find((member) => member.workItemId === workItemId)?.type ?? '';
    const attach = (file: File): boolean => {
      uploads.attachCaptured(pickCaptured(file), workItemId);
      return true;
    };
    const capture = (): void => captureFor(describeWorkItem(workItemId, type), attach);
    return [
      { text: t('Add link…'), onSelect: () => askForLink() },
      ...(canCapture ? [{ text: t('Capture…'), onSelect: capture }] : []),
    ];
  };
}
