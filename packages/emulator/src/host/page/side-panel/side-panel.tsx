import * as React from 'react';
import { control } from '../control';
import { useHostPage, useTask } from '../host-page';
import { columnWidths, cultures, type ColumnWidth } from '../settings';
import { useStore } from '../store';
import { isThemeName, themes } from '../themes';
import { DeviceWindows } from './device-windows';
import { HostControls } from './host-controls';
import { NetworkControls } from './network-controls';
import { RequestLog } from './request-log';
import { ServiceControls } from './service-controls';
import { useRequests } from './use-requests';
import './side-panel.css';

/** The emulator's own panel: appearance, network, and log of requests. */
export function SidePanel() {
  const { settings } = useHostPage();
  const { sidePanelOpen } = useStore(settings);
  const [wasOpened, setWasOpened] = React.useState(sidePanelOpen);
  if (sidePanelOpen && !wasOpened) setWasOpened(true);
  const run = useTask();
  const reset = async (): Promise<void> => {
    await control.reset();
    window.location.assign('/');
  };
  return (
    <aside id="side-panel" className="side-panel" aria-label="Emulator" hidden={!sidePanelOpen}>
      <div className="side-panel-head">
        <h2>Emulator</h2>
        <button
          type="button"
          title="Work items, faults and network as at the start"
          onClick={() => run(reset)}
        >
          Reset
        </button>
      </div>
      <PageControls />
      {wasOpened && <EmulatorControls />}
    </aside>
  );
}

/** Controls of the host, the service and the network. Hundreds of elements, so they wait until the panel is opened. */
function EmulatorControls() {
  const { requests, clear } = useRequests();
  const faultHits = requests.filter(({ finished, fault }) => finished && fault !== null).length;
  return (
    <>
      <DeviceWindows />
      <HostControls />
      <ServiceControls />
      <NetworkControls faultHits={faultHits} />
      <RequestLog requests={requests} onClear={clear} />
    </>
  );
}

function PageControls() {
  const { settings } = useHostPage();
  const { theme, culture, columnWidth } = useStore(settings);
  return (
    <section className="controls" aria-label="Page">
      <label>
        <span>Theme</span>
        <select
          value={theme}
          onChange={({ target }) => isThemeName(target.value) && settings.change({ theme: target.value })}
        >
          {Object.entries(themes).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Language</span>
        <select value={culture} onChange={({ target }) => reloadWith('culture', target.value)}>
          {[...new Set([...cultures, culture])].map((name) => (
            <option key={name} value={name}>
              {name || 'not told'}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Column width</span>
        <select
          value={columnWidth}
          onChange={({ target }) => settings.change({ columnWidth: target.value as ColumnWidth })}
        >
          {columnWidths.map((width) => (
            <option key={width} value={width}>
              {width === 'auto' ? 'auto' : `${width} px`}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

/** A frame is told once, in its handshake. */
function reloadWith(name: string, value: string): void {
  const address = new URL(window.location.href);
  address.searchParams.set(name, value);
  window.location.assign(address);
}
