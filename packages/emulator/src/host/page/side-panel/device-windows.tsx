import * as React from 'react';
import { useHostPage } from '../host-page';
import { useStore } from '../store';

/** Common sizes of windows, in CSS pixels. */
const devices = [
  { name: 'Phone', width: 390, height: 844 },
  { name: 'Tablet', width: 768, height: 1024 },
];

/** Opens the current page in a window of another width, with the style sheet of such a device. */
export function DeviceWindows() {
  const { settings } = useHostPage();
  const { theme } = useStore(settings);
  return (
    <div className="devices" role="group" aria-labelledby="devices-label">
      <span id="devices-label">Open as</span>
      {devices.map(({ name, width, height }) => (
        <button
          key={name}
          type="button"
          onClick={() => {
            const address = new URL(window.location.href);
            address.searchParams.set('panel', 'closed');
            address.searchParams.set('theme', theme);
            window.open(address, '_blank', `popup,width=${width},height=${height}`);
          }}
        >
          {name}, {width} px
        </button>
      ))}
    </div>
  );
}
