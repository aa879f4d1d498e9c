import { createContext, useCallback, useContext } from 'react';
import type { EmulatorConfig } from '../../contract';
import type { BackgroundFrames } from './extensions/background-frames';
import type { Layout } from './extensions/layout';
import type { Board } from './form/board';
import type { Messages } from './messages';
import type { Navigation } from './navigation';
import type { RestClient } from './rest';
import type { SettingsStore } from './settings';

/** Parts of the page; components get them through `useHostPage`. */
export interface HostPage {
  config: EmulatorConfig;
  rest: RestClient;
  board: Board;
  messages: Messages;
  navigation: Navigation;
  settings: SettingsStore;
  /** Panels and dialogs of extensions. */
  layout: Layout;
  /** Invisible pages of extensions. */
  background: BackgroundFrames;
}

/** Provided once, around the whole page. */
export const HostPageContext = createContext<HostPage | undefined>(undefined);

export function useHostPage(): HostPage {
  const page = useContext(HostPageContext);
  if (!page) throw new Error('This component belongs inside the host page.');
  return page;
}

/** Starts work for the user; the banner shows an error until the next success. */
export function useTask(): (work: () => Promise<unknown>) => void {
  const { messages } = useHostPage();
  return useCallback(
    (work) => {
      work().then(() => messages.clearError(), messages.showError);
    },
    [messages],
  );
}
