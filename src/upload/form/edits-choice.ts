import type { Host } from '../../azure/host/host';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';

/** How to handle files next to unsaved edits. */
export type EditsChoice = 'wait' | 'attach-now' | 'save-first';

/** The person's remembered choice. */
export interface EditsChoices extends ReadonlyStore<EditsChoice> {
  /** Sets the choice in this frame, and in the person's settings if the host has any. */
  readonly choose: (choice: EditsChoice) => void;
  /** Reads the choice from the settings. */
  readonly recall: () => Promise<void>;
}

const SETTING = 'unsaved-edits';

/** Starts with `wait`. */
export function createEditsChoice(host: Pick<Host, 'readSetting' | 'writeSetting'>): EditsChoices {
  const store = createStateStore<EditsChoice>('wait');
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    choose(choice) {
      store.setState(choice);
      host.writeSetting(SETTING, choice);
    },

    async recall() {
      const choice = await host.readSetting(SETTING);
      if (choice === 'attach-now' || choice === 'save-first') store.setState(choice);
    },
  };
}
