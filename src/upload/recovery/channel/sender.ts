import { coalesce } from '../../../base/async';
import type { Runtime } from '../../../base/runtime';
import type { AuthenticatedChannel } from './channel';
import { discoverPeers, openChannel } from './channel';
import type { FromGroup, FromObserver, Pending, PendingLink, Settings, Tab } from './protocol';
import { loadSigner } from './protocol';

/** Tells observers about unfinished work. */
export interface HandoverSender {
  /** Schedules a message, if anything changed. Changes of the draft are sent at once. */
  readonly changed: () => void;
}

/** Dependencies of `createHandoverSender`. */
export interface HandoverSenderOptions {
  readonly tab: Tab;
  /** Unique name of this frame, the same as in the journal. */
  readonly sender: string;
  /** Host settings. */
  readonly settings: Settings;
  readonly runtime: Runtime;
  /** Unfinished links and the draft; see `Pending`. */
  readonly links: () => readonly PendingLink[];
  readonly draft: () => Pending['draft'];
}

/** Delay of messages. A closing frame sends its last changes, if the browser lets it. */
const SEND_DELAY_MS = 500;

/** Runs the group's end of the handover, with current and later observers. */
export function createHandoverSender(options: HandoverSenderOptions): HandoverSender {
  const { tab, sender, settings, runtime, links, draft } = options;
  /** Channels with an authenticated peer, by rank. */
  const channels: AuthenticatedChannel<FromGroup>[] = [];
  let sent = '';
  let sentDraft = textOf(undefined);
  const pending = (): Pending => ({ links: links(), draft: draft() });

  discoverPeers(tab, 'group', (port) => {
    void openChannel<FromGroup, FromObserver>({
      port,
      role: 'group',
      loadSigner: () => loadSigner(tab, settings),
      nonce: tab.secret(),
      onMessage(_ping, channel) {
        if (!channels.includes(channel)) {
          channels.push(channel);
          const turn = channels.indexOf(channel);
          channel.send({ type: 'pending', sender, turn, pending: pending() });
        }
        channel.send({ type: 'pong' });
      },
    });
  });

  function send(): void {
    const now = pending();
    const text = JSON.stringify(now);
    if (text === sent) return;
    sent = text;
    sentDraft = textOf(now.draft);
    channels.forEach((channel, turn) => channel.send({ type: 'pending', sender, turn, pending: now }));
  }

  const sendSoon = coalesce(runtime, SEND_DELAY_MS, send);

  tab.onLeaving(() => {
    send();
    for (const channel of channels) channel.send({ type: 'leaving' });
  });

  return {
    changed() {
      if (textOf(draft()) !== sentDraft) send();
      sendSoon();
    },
  };
}

function textOf(draft: Pending['draft']): string {
  return JSON.stringify(draft ?? null);
}
