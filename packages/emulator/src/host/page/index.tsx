import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { App } from './app';
import { control } from './control';
import { BackgroundFrames } from './extensions/background-frames';
import { Layout } from './extensions/layout';
import { Board } from './form/board';
import { HostPageContext, type HostPage } from './host-page';
import { Messages } from './messages';
import { Navigation } from './navigation';
import { RestClient } from './rest';
import { workItemIdIn } from './routing';
import { createServices } from './sdk/host-services';
import { SettingsStore } from './settings';
import { applyTheme } from './themes';
import './page.css';

/** Entry of the host page: creates its parts and opens the work item named by the address. */
async function start(root: HTMLElement): Promise<void> {
  const settings = new SettingsStore(new URLSearchParams(window.location.search), window.innerWidth);
  const followTheme = (): void => applyTheme(settings.state.theme);
  settings.subscribe(followTheme);
  followTheme();
  keepDroppedFilesOut();

  const config = await control.readConfig();
  if (config.watch) control.watchBuilds(() => window.location.reload());
  const messages = new Messages();
  if (config.hint !== undefined) messages.showBanner({ level: 'info', text: config.hint, dismissable: true });
  await control.setNetworkOf(window.location.search).catch(messages.showError);
  const rest = new RestClient(config.restBaseUrl, config.mode);
  const board = new Board(rest, {
    project: config.project.name,
    readOnlyIds: config.readOnlyWorkItemIds,
    quirks: () => settings.state.quirks,
    confirm: (question) => messages.confirm(question),
  });
  const layout = new Layout(config);
  const services = createServices({ config, rest, board, messages, settings, layout }, 'background');
  const background = new BackgroundFrames({ config, settings, services });
  const navigation = new Navigation(board, config, messages.showError);
  const page: HostPage = { config, rest, board, messages, navigation, settings, layout, background };
  ReactDOM.render(
    <HostPageContext.Provider value={page}>
      <App />
    </HostPageContext.Provider>,
    root,
  );

  const id = workItemIdIn(window.location);
  await Promise.all([
    board.loadList(config.workItemIds),
    id === undefined ? undefined : board.open(id),
  ]).catch(messages.showError);
}

/** A file dropped beside the extension's frame would otherwise take the place of the page. */
function keepDroppedFilesOut(): void {
  for (const name of ['dragover', 'drop']) document.addEventListener(name, (event) => event.preventDefault());
}

const root = document.getElementById('root')!;
start(root).catch((error: unknown) => {
  root.textContent = `The emulator could not start: ${String(error)}`;
});
