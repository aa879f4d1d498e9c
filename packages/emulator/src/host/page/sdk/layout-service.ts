import type { ContentOptions, Layout, MessageOptions } from '../extensions/layout';

/**
 * `ms.vss-features.host-page-layout-service`. `onClose` is the only result: there is no handle, and no error
 * (host reference 3).
 *
 * @param isInvisible Whether calls are answered although nothing appears.
 */
export function createLayoutService(layout: Layout, isInvisible: () => boolean) {
  const show = (open: () => void): void => {
    if (!isInvisible()) open();
  };
  return {
    openPanel: (contributionId: string, options?: ContentOptions) =>
      show(() => layout.openContent('panel', contributionId, options)),
    openCustomDialog: (contributionId: string, options?: ContentOptions) =>
      show(() => layout.openContent('dialog', contributionId, options)),
    openMessageDialog: (message: string, options?: MessageOptions) =>
      show(() => layout.openMessage(message, options)),
    getFullScreenMode: () => layout.state.isFullScreen,
    setFullScreenMode: (isFullScreen: boolean) => layout.setFullScreen(isFullScreen),
  };
}
