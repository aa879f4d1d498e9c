import type { Host } from '../../azure/host/host';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';

/** What becomes of files that arrive beside edits which are not saved. */
export type EditsChoice = 'wait' | 'attach-now' | 'save-first';

/** What a person has chosen for good. */
export interface EditsChoices extends ReadonlyStore<EditsChoice> {
  /** Remembers a choice: in this frame, and where the host keeps settings, for this person everywhere. */
  readonly choose: (chosen: EditsChoice) => void;
  /** Takes up what was chosen before. */
  readonly recall: () => Promise<void>;
}

const SETTING = 'unsaved-edits';

/** Files wait for a save until a person chooses otherwise. */
export function createEditsChoice(host: Pick<Host, 'readSetting' | 'writeSetting'>): EditsChoices {
  const store = createStateStore<EditsChoice>('wait');
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    choose(chosen) {
      store.setState(chosen);
      host.writeSetting(SETTING, chosen);
    },

    async recall() {
      const chosen = await host.readSetting(SETTING);
      if (chosen === 'attach-now' || chosen === 'save-first') store.setState(chosen);
    },
  };
}
