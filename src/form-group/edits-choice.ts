import type { Host } from '../host/host';
import type { Store } from '../model/store';
import { createStore } from '../model/store';

/** What becomes of files that arrive beside edits which are not saved. */
export type EditsChoice = 'wait' | 'attach-now' | 'save-first';

/** What a person has chosen for good. */
export interface EditsChoices extends Pick<Store<EditsChoice, never>, 'getSnapshot' | 'subscribe'> {
  /** Remembers a choice: in this frame, and where the host keeps settings, for this person everywhere. */
  readonly choose: (chosen: EditsChoice) => void;
  /** Takes up what was chosen before. */
  readonly recall: () => Promise<void>;
}

const SETTING = 'unsaved-edits';

/** Files wait for a save until a person chooses otherwise. `announce`: see `createStore`. */
export function createEditsChoice(
  host: Pick<Host, 'readSetting' | 'writeSetting'>,
  announce: (tell: () => void) => void,
): EditsChoices {
  const store = createStore<EditsChoice, EditsChoice>((_, chosen) => chosen, 'wait', announce);
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    choose(chosen) {
      store.dispatch(chosen);
      host.writeSetting(SETTING, chosen);
    },

    async recall() {
      const chosen = await host.readSetting(SETTING);
      if (chosen === 'attach-now' || chosen === 'save-first') store.dispatch(chosen);
    },
  };
}
