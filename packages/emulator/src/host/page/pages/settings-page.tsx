import * as React from 'react';
import { HubFrame, hubGroups, hubsIn, type Hub } from '../extensions/hubs';
import { useHostPage } from '../host-page';
import { PlaceLink } from '../place-link';
import { useStore } from '../store';

/** Project settings contributed by extensions; the host has none of its own. */
export function SettingsPage() {
  const { config, navigation } = useHostPage();
  const { hub: chosen } = useStore(navigation);
  const hubs = hubsIn(config, [hubGroups.projectSettings]);
  const hub = hubs.find(({ id }) => id === chosen);
  return (
    <div className="settings-page">
      {hubs.length > 0 && (
        <nav className="settings-list" aria-label="Project settings">
          <h2>Extensions</h2>
          <ul>
            {hubs.map(({ id, name }) => (
              <li key={id}>
                <PlaceLink place={{ page: 'settings', hub: id }}>{name}</PlaceLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {hub ? <HubFrame key={hub.id} hub={hub} /> : <NoHub hubs={hubs} />}
    </div>
  );
}

function NoHub({ hubs }: { hubs: readonly Hub[] }) {
  if (hubs.length > 0)
    return (
      <div className="welcome">
        <h2>Choose a page</h2>
        <p>The extension brings the pages in the list.</p>
      </div>
    );
  return (
    <div className="welcome">
      <h2>No settings yet</h2>
      <p>
        The extension adds none. A contribution of the type <code>ms.vss-web.hub</code> that targets{' '}
        <code>{hubGroups.projectSettings}</code> shows here.
      </p>
    </div>
  );
}
