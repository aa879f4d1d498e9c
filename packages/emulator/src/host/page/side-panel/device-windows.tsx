import * as React from 'react';
import { useHostPage } from '../host-page';
import { useStore } from '../store';

/** Sizes of the window that people look at pages with, in CSS pixels. */
const devices = [
  { name: 'Phone', width: 390, height: 844 },
  { name: 'Tablet', width: 768, height: 1024 },
];

/** Opens the page as it is in a window of another width, where its style sheet answers as on such a device. */
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
