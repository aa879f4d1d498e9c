import type { IHostPageLayoutService, PanelSize } from 'azure-devops-extension-api';
import * as SDK from 'azure-devops-extension-sdk';

/** The host's service for panels, dialogs and full screen. */
export function getLayout(): Promise<IHostPageLayoutService> {
  return SDK.getService<IHostPageLayoutService>('ms.vss-features.host-page-layout-service');
}

/** The API's `PanelSize` is there for the compiler only. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the numbers are what the host reads
export const panelSize = { small: 0 as PanelSize, large: 2 as PanelSize };

/** The full id of one of our contributions, which is what the host opens pages by. */
export function fullId(contribution: string): string {
  return `${SDK.getExtensionContext().id}.${contribution}`;
}

/** Does something when a button of the page is clicked. */
export function onClick(buttonId: string, act: () => unknown): void {
  document.getElementById(buttonId)?.addEventListener('click', () => void act());
}
