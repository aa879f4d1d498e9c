import { coalesce } from '../../../base/coalesce';
import type { Runtime } from '../../../base/runtime';
import type { AuthenticatedChannel } from './channel';
import { openChannel } from './channel';
import { discoverPeers } from './discover-peers';
import type { FromGroup, FromObserver, Pending } from './protocol';
import type { Settings } from './signing';
import { loadSigner, ensureKey } from './signing';
import type { Tab } from './tab';

/** A form group of this tab, and what it told last. */
export interface Group {
  readonly sender: string;
  /** 0 for the observer that shall act; others step in later, in case it is gone as well. */
  readonly turn: number;
  readonly pending: Pending;
  /** When it was heard of last, in milliseconds since the epoch, where it is gone and did not say so. */
  readonly lastHeartbeatAt?: number;
}

/** What a receiver is made of. */
export interface HandoverReceiverOptions {
  readonly tab: Tab;
  /** The host, as far as it keeps settings. */
  readonly settings: Settings;
  readonly runtime: Runtime;
  /** Told of a group each time that it tells something new. */
  readonly onPending: (group: Group) => void;
  /** Told once of a group that is gone: whatever it told last is now to be finished by others. */
  readonly onGone: (group: Group) => void;
}

/** A group that is there, as far as is known. */
interface LivingGroup extends Group {
  readonly line: AuthenticatedChannel<FromObserver>;
  /** Pings since its last sign of life, and when that was. */
  unanswered: number;
  heardAt: number;
}

/** Time between two pings, in milliseconds. A browser may make it a minute for a tab in the background. */
const PING_MS = 2_000;

/** A group that is busy answers late; one that is gone never. Counted, not timed: timers stop with the machine. */
const MOST_UNANSWERED = 3;

/** The observer's end of the handover. Begins to look for groups, for as long as the page lives. */
export async function receiveHandovers(options: HandoverReceiverOptions): Promise<void> {
  const { tab, settings, runtime, onPending, onGone } = options;
  const { now } = runtime;
  const groups = new Map<string, LivingGroup>();

  await ensureKey(tab, settings, runtime);
  discoverPeers(tab, 'observer', (port) => {
    let sender = '';
    void openChannel<FromObserver, FromGroup>({
      port,
      role: 'observer',
      loadSigner: () => loadSigner(tab, settings),
      nonce: tab.secret(),
      onOpen: ping,
      onMessage(message, line) {
        const known = groups.get(sender);
        if (message.type === 'pending') {
          sender = message.sender;
          const turn = Math.min(message.turn, groups.get(sender)?.turn ?? Infinity);
          const group = { sender, turn, pending: message.pending, line, unanswered: 0, heardAt: now() };
          groups.set(sender, group);
          onPending(group);
          pingLater();
        } else if (!known) return;
        else if (message.type === 'leaving') bury(known);
        else Object.assign(known, { unanswered: 0, heardAt: now() });
      },
    });
  });

  function ping(line: AuthenticatedChannel<FromObserver>): void {
    line.send({ type: 'ping' });
  }

  const pingAllLater = coalesce(runtime, PING_MS, pingAll);

  function pingLater(): void {
    if (groups.size > 0) pingAllLater();
  }

  function pingAll(): void {
    for (const group of [...groups.values()]) {
      if (group.unanswered >= MOST_UNANSWERED) bury(group, group.heardAt);
      else {
        group.unanswered++;
        ping(group.line);
      }
    }
    pingLater();
  }

  function bury({ sender, turn, pending }: LivingGroup, silentSince?: number): void {
    groups.delete(sender);
    onGone({ sender, turn, pending, ...(silentSince !== undefined && { lastHeartbeatAt: silentSince }) });
  }
}
