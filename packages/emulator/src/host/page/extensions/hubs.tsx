import * as React from 'react';
import type { Contribution, EmulatorConfig } from '../../../contract';
import { useHostPage } from '../host-page';
import { FrameConnection } from '../sdk/frame-connection';
import { FrameView } from '../sdk/frame-view';
import { fullIdOf, nameOfContribution } from '../sdk/handshake';
import { createServices } from '../sdk/host-services';
import { contributionsTo } from './contributions';

/** Supported groups of hubs. */
export const hubGroups = {
  boards: 'ms.vss-work-web.work-hub-group',
  projectSettings: 'ms.vss-web.project-admin-hub-group',
} as const;

/** Hub contributed by an extension. */
export interface Hub {
  contribution: Contribution;
  /** With publisher and extension, as addresses name it. */
  id: string;
  name: string;
}

/** The hubs contributed to any of the groups, in their order. */
export function hubsIn(config: EmulatorConfig, groupIds: readonly string[]): Hub[] {
  return contributionsTo(config, ['ms.vss-web.hub'], groupIds)
    .sort((one, other) => orderOf(one) - orderOf(other))
    .map((contribution) => ({
      contribution,
      id: fullIdOf(config, contribution),
      name: nameOfContribution(contribution),
    }));
}

/** A hub, over all the room there is; use the hub's id as its `key`. */
export function HubFrame({ hub }: { hub: Hub }) {
  const page = useHostPage();
  const [connection] = React.useState(
    () =>
      new FrameConnection(
        { contribution: hub.contribution, initialConfig: {} },
        { ...page, services: createServices(page, hub.id) },
      ),
  );
  return (
    <div className="hub-frame">
      <FrameView contribution={hub.contribution} connection={connection} />
    </div>
  );
}

function orderOf({ properties }: Contribution): number {
  return typeof properties['order'] === 'number' ? properties['order'] : Infinity;
}
