/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';
import { control } from '../../src/host/page/control';
import { HostPageContext, type HostPage } from '../../src/host/page/host-page';
import { Messages } from '../../src/host/page/messages';
import { SettingsStore } from '../../src/host/page/settings';
import { SidePanel } from '../../src/host/page/side-panel/side-panel';

const place = document.body.appendChild(document.createElement('div'));
const endWatch = jest.fn();
let calls: jest.SpyInstance[];

beforeEach(() => {
  const silent = () => new Promise<never>(() => undefined);
  const reads = ['readFaults', 'readScenarios', 'readNetwork', 'readAssumptions', 'readClock'] as const;
  calls = [
    jest.spyOn(control, 'watchRequests').mockReturnValue(endWatch),
    ...reads.map((name) => jest.spyOn(control, name).mockImplementation(silent)),
  ];
});
afterEach(() => {
  ReactDOM.unmountComponentAtNode(place);
  jest.restoreAllMocks();
});

function open(query: string): SettingsStore {
  const settings = new SettingsStore(new URLSearchParams(query), 1280);
  const page = { settings, messages: new Messages() } as unknown as HostPage;
  act(() => {
    ReactDOM.render(
      <HostPageContext.Provider value={page}>
        <SidePanel />
      </HostPageContext.Provider>,
      place,
    );
  });
  return settings;
}

const log = () => place.querySelector('[aria-label="Requests"]');

describe('SidePanel', () => {
  it('draws no log and asks for nothing while it has never been open', () => {
    open('panel=closed');
    expect(log()).toBeNull();
    for (const call of calls) expect(call).not.toHaveBeenCalled();
  });

  it('keeps its log when it is closed again', () => {
    const settings = open('panel=closed');
    act(() => settings.change({ sidePanelOpen: true }));
    const opened = log();
    expect(opened).not.toBeNull();
    act(() => settings.change({ sidePanelOpen: false }));
    expect(log()).toBe(opened);
    expect(calls[0]).toHaveBeenCalledTimes(1);
    expect(endWatch).not.toHaveBeenCalled();
  });
});
