import type { IGlobalMessagesService, IHostPageLayoutService, PanelSize } from 'azure-devops-extension-api';
import * as SDK from 'azure-devops-extension-sdk';
import { words } from '../i18n/words';
import { ask, getService } from './sdk-services';

const LAYOUT_SERVICE = 'ms.vss-features.host-page-layout-service';
const MESSAGES_SERVICE = 'ms.vss-tfs-web.tfs-global-messages-service';

/** Id of the panel's content in the manifest. */
const BULK_PANEL = 'bulk-panel';

/** The widest panel: in the API `PanelSize` is there for the compiler only. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the number is what the host reads
const LARGE = 2 as PanelSize;

/** Narrowest that a person may make the panel, in CSS pixels. */
const NARROWEST_PX = 340;

/** How long a toast stays, in milliseconds. */
const TOAST_MS = 6_000;

/**
 * Opens the panel that attaches many files to these work items, which may be very many: they travel as JSON.
 *
 * A click beside the panel does not close it, since closing ends what is under way (host reference 3).
 *
 * @throws HostError when the host cannot do that, or does not answer.
 */
export async function openBulkPanel(workItemIds: readonly number[]): Promise<void> {
  const layout = await getService<IHostPageLayoutService>(LAYOUT_SERVICE);
  const contributionId = `${SDK.getExtensionContext().id}.${BULK_PANEL}`;
  const options = {
    title: words('Attach files'),
    size: LARGE,
    lightDismiss: false,
    resizeOptions: { userResizable: true, minWidth: NARROWEST_PX },
    configuration: { workItemIds },
  };
  await ask(() => layout.openPanel(contributionId, options), 'a panel');
}

/** The work items that `openBulkPanel` was called with, inside the panel; none in a page that is no panel. */
export function workItemsOfPanel(): readonly number[] {
  const { workItemIds } = SDK.getConfiguration() as { workItemIds?: unknown };
  return Array.isArray(workItemIds) ? workItemIds.filter((id): id is number => Number.isInteger(id)) : [];
}

/** Closes the panel that this page is in, if it is in one. */
export function closePanel(): void {
  const { panel } = SDK.getConfiguration() as { panel?: { close?: () => unknown } };
  // A function of the host is a call across frames, whatever its type says.
  void Promise.resolve(panel?.close?.()).catch(() => undefined);
}

/** Says something in the middle of the page, until the person has read it. @throws HostError */
export async function showMessage(title: string, text: string): Promise<void> {
  const layout = await getService<IHostPageLayoutService>(LAYOUT_SERVICE);
  await ask(() => layout.openMessageDialog(text, { title }), 'a message');
}

/** Says something for a while; it outlives this frame. @throws HostError */
export async function showToast(message: string): Promise<void> {
  const messages = await getService<IGlobalMessagesService>(MESSAGES_SERVICE);
  await ask(() => messages.addToast({ message, duration: TOAST_MS }), 'a toast');
}
