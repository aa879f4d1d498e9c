import type { ActionHost } from '../host/sdk-action';
import { words } from '../i18n/words';
import { selectionIn } from './selection';

/**
 * What happens at a click on “Attach files…”: the panel opens with the work items that the click was on, or a sentence
 * says why it does not. Never fails, since the host would keep that to itself.
 *
 * @param canSpeak The person's language is known; the first click comes before that.
 */
export function createAttachFiles(
  host: ActionHost,
  canSpeak: Promise<void>,
): (context: unknown) => Promise<void> {
  let isBusy = false;
  return async (context) => {
    // The second click of a double click may come before anything has opened, or just after.
    if (isBusy) return;
    isBusy = true;
    await canSpeak;
    const hasOpened = await attachFiles(host, context);
    if (hasOpened) setTimeout(() => (isBusy = false), DOUBLE_CLICK_MS);
    else isBusy = false;
  };
}

/** Longer than the two clicks of a double click are apart. */
const DOUBLE_CLICK_MS = 300;

/** Resolves with whether the panel is open. */
async function attachFiles(host: ActionHost, context: unknown): Promise<boolean> {
  const selection = selectionIn(context);
  switch (selection.kind) {
    case 'work-items':
      try {
        await host.openBulkPanel(selection.ids);
        return true;
      } catch {
        await mention(
          host,
          words('Azure DevOps did not open the panel to attach files. Reload the page, then try again.'),
        );
        return false;
      }
    case 'unsaved':
      await explain(
        host,
        words(
          'Save the work item first. Until then, files for it can be dropped on the Stapler group in its form.',
        ),
      );
      return false;
    case 'nothing':
      await explain(host, words('Select the work items first, then choose “Attach files…”.'));
      return false;
  }
}

function explain(host: ActionHost, text: string): Promise<void> {
  return host.showMessage(words('Attach files'), text).catch(() => mention(host, text));
}

/** A host that cannot even do this has nothing left to say it with. */
function mention(host: ActionHost, text: string): Promise<void> {
  return host.showToast(text).catch(() => undefined);
}
