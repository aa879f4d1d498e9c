import * as React from 'react';
import { HubFrame, hubGroups, hubsIn } from '../extensions/hubs';
import { useHostPage } from '../host-page';
import { useStore } from '../store';

/** A page of an extension among those of Azure Boards. */
export function HubPage() {
  const { config, navigation } = useHostPage();
  const { hub: chosen } = useStore(navigation);
  const hub = hubsIn(config, [hubGroups.boards]).find(({ id }) => id === chosen);
  if (hub) return <HubFrame key={hub.id} hub={hub} />;
  return (
    <div className="welcome">
      <h2>There is no such page</h2>
      <p>The extension does not contribute {chosen}.</p>
    </div>
  );
}
