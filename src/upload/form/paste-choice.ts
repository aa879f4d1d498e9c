import type { Host } from '../../azure/host/host';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';

/** The person's remembered choice whether pasted images are inserted into a text of the form. */
export interface PasteChoice extends ReadonlyStore<boolean> {
  /** Sets the choice in this frame, and in the person's settings if the host has any. */
  readonly choose: (isInserting: boolean) => void;
  /** Reads the choice from the settings, once. */
  readonly recall: () => Promise<void>;
}

const SETTING = 'insert-pasted';

/** Starts with `false`. */
export function createPasteChoice(host: Pick<Host, 'readSetting' | 'writeSetting'>): PasteChoice {
  const store = createStateStore(false);
  let isChosen = false;
  let recalled: Promise<void> | undefined;

  async function read(): Promise<void> {
    const setting = await host.readSetting(SETTING);
    if (!isChosen) store.setState(setting === 'yes');
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    choose(isInserting) {
      isChosen = true;
      store.setState(isInserting);
      host.writeSetting(SETTING, isInserting ? 'yes' : 'no');
    },

    recall: () => (recalled ??= read()),
  };
}
