import type { IGlobalMessagesService, IHostPageLayoutService, PanelSize } from 'azure-devops-extension-api';
import * as SDK from 'azure-devops-extension-sdk';
import { words } from '../../base/i18n/language';
import type { AttachmentOfItem } from '../work-item';
import { onPanelOpen } from './panel-signal';
import { callHost, getService } from './sdk-services';
import { hostAnswer } from './time-out';

const LAYOUT_SERVICE = 'ms.vss-features.host-page-layout-service';
const MESSAGES_SERVICE = 'ms.vss-tfs-web.tfs-global-messages-service';

/** Id of the panel's content in the manifest. */
const BULK_PANEL = 'bulk-panel';

/** The widest panel: at run time, the API has no `PanelSize`. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the number is what the host reads
const PANEL_SIZE_LARGE = 2 as PanelSize;

/** Minimum width of the panel, in CSS pixels. */
const MIN_WIDTH_PX = 340;

/** Duration of a toast, in milliseconds. */
const TOAST_DURATION_MS = 6_000;

/**
 * Opens the panel for attaching files to these work items, possibly thousands: they travel as JSON.
 *
 * A click outside does not close the panel, since closing it aborts the run (host reference 3).
 *
 * Resolves when the panel confirms: some hosts answer the call and show nothing.
 *
 * @param attached See `Host`.
 * @throws HostError if unsupported, without a response, or without a panel on the screen.
 */
export async function openBulkPanel(
  workItemIds: readonly number[],
  attached?: readonly AttachmentOfItem[],
): Promise<void> {
  const layout = await getService<IHostPageLayoutService>(LAYOUT_SERVICE);
  const contributionId = `${SDK.getExtensionContext().id}.${BULK_PANEL}`;
  let confirm = (): void => undefined;
  const isOpen = new Promise<void>((resolve) => (confirm = resolve));
  const options = {
    title: words('Attach files'),
    size: PANEL_SIZE_LARGE,
    lightDismiss: false,
    resizeOptions: { userResizable: true, minWidth: MIN_WIDTH_PX },
    configuration: { workItemIds, ...(attached && { attached }) },
    // The person may close it before it has loaded.
    onClose: () => confirm(),
  };
  const stopListening = onPanelOpen(confirm);
  const confirmation = hostAnswer(isOpen, 'a panel on the screen');
  const request = callHost(() => layout.openPanel(contributionId, options), 'a panel');
  try {
    await Promise.race([confirmation, request.then(() => confirmation)]);
  } finally {
    stopListening();
  }
}

/** Shows a toast about a panel that did not open. Reports of invisible ones are about forms. @throws HostError */
export function explainMissingPanel(): Promise<void> {
  return showToast(
    words(
      "Azure DevOps didn't open the panel. Reload the page, or open the panel from a work item's menu in a query or backlog.",
    ),
  );
}

/** Work items passed to `openBulkPanel`, inside the panel; empty in other pages. */
export function workItemsOfPanel(): readonly number[] {
  const { workItemIds } = SDK.getConfiguration() as { workItemIds?: unknown };
  return Array.isArray(workItemIds) ? workItemIds.filter((id): id is number => Number.isInteger(id)) : [];
}

/** Attachments passed to `openBulkPanel`, inside the panel; empty in other pages. */
export function attachedOfPanel(): readonly AttachmentOfItem[] {
  const { attached } = SDK.getConfiguration() as { attached?: unknown };
  return Array.isArray(attached) ? attached.filter(isAttachmentOfItem) : [];
}

function isAttachmentOfItem(value: unknown): value is AttachmentOfItem {
  const { workItemId, attachmentId } = (value ?? {}) as Partial<Record<keyof AttachmentOfItem, unknown>>;
  return Number.isInteger(workItemId) && typeof attachmentId === 'string';
}

/** Closes the panel of this page, if any. */
export function closePanel(): void {
  const { panel } = SDK.getConfiguration() as { panel?: { close?: () => unknown } };
  // A function of the host is an asynchronous call across frames, whatever its type.
  void Promise.resolve(panel?.close?.()).catch(() => undefined);
}

/** Shows a dialog until the user closes it. @throws HostError */
export async function showMessage(title: string, text: string): Promise<void> {
  const layout = await getService<IHostPageLayoutService>(LAYOUT_SERVICE);
  await callHost(() => layout.openMessageDialog(text, { title }), 'a message');
}

/**
 * Shows a dialog and waits until the user has closed it: the host answers the call before.
 *
 * @throws HostError if it is not closed in time. It may be invisible.
 */
export async function waitForMessage(title: string, text: string, timeoutMs: number): Promise<void> {
  const layout = await getService<IHostPageLayoutService>(LAYOUT_SERVICE);
  const closed = new Promise<void>((resolve, reject) => {
    const open = (): unknown => layout.openMessageDialog(text, { title, onClose: () => resolve() });
    callHost(open, 'a message').catch(reject);
  });
  await callHost(() => closed, 'a closed message', timeoutMs);
}

/** Shows a toast; it outlives this frame. @throws HostError */
export async function showToast(message: string): Promise<void> {
  const messages = await getService<IGlobalMessagesService>(MESSAGES_SERVICE);
  await callHost(() => messages.addToast({ message, duration: TOAST_DURATION_MS }), 'a toast');
}
