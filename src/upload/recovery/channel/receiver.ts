import { coalesce } from '../../../base/async';
import type { Runtime } from '../../../base/runtime';
import type { AuthenticatedChannel } from './channel';
import { discoverPeers, openChannel } from './channel';
import type { FromGroup, FromObserver, Pending, Settings, Tab } from './protocol';
import { ensureKey, loadSigner } from './protocol';

/** Form group of this tab, with its latest unfinished work. */
export interface Group {
  readonly sender: string;
  /** Rank of this observer: 0 acts first; others act later, in case it is gone as well. */
  readonly turn: number;
  readonly pending: Pending;
  /** Set if the group closed without a message; in milliseconds since the epoch. */
  readonly lastHeartbeatAt?: number;
}

/** Dependencies of `receiveHandovers`. */
export interface HandoverReceiverOptions {
  readonly tab: Tab;
  /** Host settings. */
  readonly settings: Settings;
  readonly runtime: Runtime;
  /** Called when a group's unfinished work changes. */
  readonly onPending: (group: Group) => void;
  /** Called once when a group is gone and its work is left to others. */
  readonly onGone: (group: Group) => void;
}

/** Group with a heartbeat. */
interface Peer extends Group {
  readonly channel: AuthenticatedChannel<FromObserver>;
  /** Pings since the last heartbeat. */
  missedHeartbeats: number;
  heartbeatAt: number;
}

/** Interval of pings. Browsers may throttle it to a minute in background tabs. */
const PING_MS = 2_000;

/** Busy groups answer late, closed ones never. A count, not a time: timers stop while the machine sleeps. */
const MAX_MISSED_HEARTBEATS = 3;

/** Runs the observer's end of the handover, for the lifetime of the page. */
export async function receiveHandovers(options: HandoverReceiverOptions): Promise<void> {
  const { tab, settings, runtime, onPending, onGone } = options;
  const { now } = runtime;
  const peers = new Map<string, Peer>();

  await ensureKey(tab, settings, runtime);
  discoverPeers(tab, 'observer', (port) => {
    let sender = '';
    void openChannel<FromObserver, FromGroup>({
      port,
      role: 'observer',
      loadSigner: () => loadSigner(tab, settings),
      nonce: tab.secret(),
      onOpen: ping,
      onMessage(message, channel) {
        const known = peers.get(sender);
        if (message.type === 'pending') {
          sender = message.sender;
          const turn = Math.min(message.turn, peers.get(sender)?.turn ?? Infinity);
          const { pending } = message;
          const peer = { sender, turn, pending, channel, missedHeartbeats: 0, heartbeatAt: now() };
          peers.set(sender, peer);
          onPending(peer);
          pingLater();
        } else if (!known) return;
        else if (message.type === 'leaving') markDead(known);
        else Object.assign(known, { missedHeartbeats: 0, heartbeatAt: now() });
      },
    });
  });

  function ping(channel: AuthenticatedChannel<FromObserver>): void {
    channel.send({ type: 'ping' });
  }

  const pingAllLater = coalesce(runtime, PING_MS, pingAll);

  function pingLater(): void {
    if (peers.size > 0) pingAllLater();
  }

  function pingAll(): void {
    for (const peer of [...peers.values()]) {
      if (peer.missedHeartbeats >= MAX_MISSED_HEARTBEATS) markDead(peer, peer.heartbeatAt);
      else {
        peer.missedHeartbeats++;
        ping(peer.channel);
      }
    }
    pingLater();
  }

  function markDead({ sender, turn, pending }: Peer, lastHeartbeatAt?: number): void {
    peers.delete(sender);
    onGone({ sender, turn, pending, ...(lastHeartbeatAt !== undefined && { lastHeartbeatAt }) });
  }
}
