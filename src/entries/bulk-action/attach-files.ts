import type { ActionHost } from '../../azure/host/sdk-action';
import { withTimeout } from '../../base/async';
import { words } from '../../base/i18n/language';
import { browserRuntime } from '../../base/runtime';
import { selectionIn } from './selection';

/**
 * Handler of “Attach files…”: opens the panel with the selected work items, or shows the reason it cannot. Never
 * rejects, since the host would swallow the error.
 *
 * @param languageLoaded Resolves when the language is loaded, possibly after the first click. Never rejects.
 */
export function createAttachFiles(
  host: ActionHost,
  languageLoaded: () => Promise<void>,
): (context: unknown) => Promise<void> {
  let isBusy = false;
  return async (context) => {
    // The second click of a double click may come before or just after the panel opens.
    if (isBusy) return;
    isBusy = true;
    const doubleClickOver = new Promise((resolve) => setTimeout(resolve, DOUBLE_CLICK_MS));
    await languageLoaded();
    const hasOpened = await attachFiles(host, context);
    if (hasOpened) void doubleClickOver.then(() => (isBusy = false));
    else isBusy = false;
  };
}

/** Longer than the interval of a double click. */
const DOUBLE_CLICK_MS = 300;

/** Time to find out whether the panel is switched off, in milliseconds. Without an answer, it opens. */
const MAX_POLICY_MS = 2_500;

/** Resolves with the reason not to open the panel, if there is one. Never rejects. */
async function reasonAgainstPanel(): Promise<string | undefined> {
  const reading = import(/* webpackChunkName: "action-policy" */ './read-action-policy').then((part) =>
    part.reasonAgainstPanel(),
  );
  return withTimeout(reading, MAX_POLICY_MS, browserRuntime, () => new Error('No policy in time.')).catch(
    () => undefined,
  );
}

/** Resolves with true if the panel is open. */
async function attachFiles(host: ActionHost, context: unknown): Promise<boolean> {
  const selection = selectionIn(context);
  let reason: string | undefined;
  switch (selection.kind) {
    case 'work-items':
      reason = await reasonAgainstPanel();
      if (reason !== undefined) {
        await explain(host, reason);
        return false;
      }
      try {
        await host.openBulkPanel(selection.ids);
        return true;
      } catch {
        await host.explainMissingPanel().catch(() => undefined);
        return false;
      }
    case 'unsaved':
      await explain(
        host,
        words('Save the work item first, or drop the files in the Attachments group of its form.'),
      );
      return false;
    case 'nothing':
      await explain(host, words('Select work items, then choose “Attach files…”.'));
      return false;
  }
}

/** Shows a dialog, and a toast because a form may hide the dialog behind it although the host answers the call. */
async function explain(host: ActionHost, text: string): Promise<void> {
  await Promise.all([
    host.showMessage(words('Attach files'), text).catch(() => undefined),
    host.showToast(text).catch(() => undefined),
  ]);
}
