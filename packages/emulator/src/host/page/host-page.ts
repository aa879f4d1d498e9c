import { createContext, useCallback, useContext } from 'react';
import type { EmulatorConfig } from '../../contract';
import type { BackgroundFrames } from './extensions/background-frames';
import type { Layout } from './extensions/layout';
import type { Board } from './form/board';
import type { Messages } from './messages';
import type { Navigation } from './navigation';
import type { RestClient } from './rest';
import type { SettingsStore } from './settings';

/** What the page is made of; its components reach it through `useHostPage`. */
export interface HostPage {
  config: EmulatorConfig;
  rest: RestClient;
  board: Board;
  messages: Messages;
  navigation: Navigation;
  settings: SettingsStore;
  /** What extensions have put over the page. */
  layout: Layout;
  /** Pages of extensions that run without being seen. */
  background: BackgroundFrames;
}

/** Provided once, around the whole page. */
export const HostPageContext = createContext<HostPage | undefined>(undefined);

export function useHostPage(): HostPage {
  const page = useContext(HostPageContext);
  if (!page) throw new Error('This component belongs inside the host page.');
  return page;
}

/** Starts work that a person asked for; what goes wrong is shown in the banner until something works. */
export function useTask(): (work: () => Promise<unknown>) => void {
  const { messages } = useHostPage();
  return useCallback(
    (work) => {
      work().then(() => messages.clearError(), messages.showError);
    },
    [messages],
  );
}
