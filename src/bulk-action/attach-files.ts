import type { ActionHost } from '../host/sdk-action';
import { selectionIn } from './selection';

const TITLE = 'Attach files';
const NOTHING_SELECTED = 'Select the work items first, then choose “Attach files…”.';
const NOT_SAVED =
  'Save the work item first. Until then, files for it can be dropped on the Stapler group in its form.';
const NOT_OPENED = 'Azure DevOps did not open the panel to attach files. Reload the page, then try again.';

/**
 * What happens at a click on “Attach files…”: the panel opens with the work items that the click was on, or a sentence
 * says why it does not. Never fails, since the host would keep that to itself.
 */
export function createAttachFiles(host: ActionHost): (context: unknown) => Promise<void> {
  let isBusy = false;
  return async (context) => {
    // The second click of a double click may come before anything has opened, or just after.
    if (isBusy) return;
    isBusy = true;
    const done = attachFiles(host, context);
    void Promise.all([done, moment()]).then(() => (isBusy = false));
    await done;
  };
}

/** Longer than the two clicks of a double click are apart; whoever clicks later meets what has opened. */
const DOUBLE_CLICK_MS = 300;

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, DOUBLE_CLICK_MS));
}

async function attachFiles(host: ActionHost, context: unknown): Promise<void> {
  const selection = selectionIn(context);
  switch (selection.kind) {
    case 'work-items':
      return host.openBulkPanel(selection.ids).catch(() => mention(host, NOT_OPENED));
    case 'unsaved':
      return explain(host, NOT_SAVED);
    case 'nothing':
      return explain(host, NOTHING_SELECTED);
  }
}

function explain(host: ActionHost, text: string): Promise<void> {
  return host.showMessage(TITLE, text).catch(() => mention(host, text));
}

/** A host that cannot even do this has nothing left to say it with. */
function mention(host: ActionHost, text: string): Promise<void> {
  return host.showToast(text).catch(() => undefined);
}
