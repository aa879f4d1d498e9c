import type { ContentOptions, Layout, MessageOptions } from '../extensions/layout';

/**
 * `ms.vss-features.host-page-layout-service`. `onClose` is the only result: there is no handle, and no error
 * (host reference 3).
 */
export function createLayoutService(layout: Layout) {
  return {
    openPanel: (contributionId: string, options?: ContentOptions) =>
      layout.openContent('panel', contributionId, options),
    openCustomDialog: (contributionId: string, options?: ContentOptions) =>
      layout.openContent('dialog', contributionId, options),
    openMessageDialog: (message: string, options?: MessageOptions) => layout.openMessage(message, options),
    getFullScreenMode: () => layout.state.isFullScreen,
    setFullScreenMode: (isFullScreen: boolean) => layout.setFullScreen(isFullScreen),
  };
}
