import { coalesce } from '../../../base/coalesce';
import type { Runtime } from '../../../base/runtime';
import type { AuthenticatedChannel } from './channel';
import { openChannel } from './channel';
import { discoverPeers } from './discover-peers';
import type { FromGroup, FromObserver, Pending, PendingLink } from './protocol';
import type { Settings } from './signing';
import { loadSigner } from './signing';
import type { Tab } from './tab';

/** Tells the observer, if there is one, what it would have to finish. */
export interface HandoverSender {
  /** To be called each time that something may have changed; it is told soon, and once. What concerns a draft is told at once. */
  readonly changed: () => void;
}

/** What a sender is made of. */
export interface HandoverSenderOptions {
  readonly tab: Tab;
  /** What no other frame calls itself; in the journal, this one is called the same. */
  readonly sender: string;
  /** The host, as far as it keeps settings. */
  readonly settings: Settings;
  readonly runtime: Runtime;
  /** The links that would be unfinished if this frame were gone now, and the draft: see `Pending`. */
  readonly links: () => readonly PendingLink[];
  readonly draft: () => Pending['draft'];
}

/**
 * How long changes gather before they are told, in milliseconds. The last ones are told by a frame that goes, if the
 * browser lets it; a draft that is saved and closed in one go is known to nobody else.
 */
const GATHER_MS = 500;

/** The group's end of the handover. It looks for observers at once, and waits for those that come later. */
export function createHandoverSender(options: HandoverSenderOptions): HandoverSender {
  const { tab, sender, settings, runtime, links, draft } = options;
  /** Those whose other end has shown that it is ours, in that order. */
  const lines: AuthenticatedChannel<FromGroup>[] = [];
  let told = '';
  let toldDraft = textOf(undefined);
  const pending = (): Pending => ({ links: links(), draft: draft() });

  discoverPeers(tab, 'group', (port) => {
    void openChannel<FromGroup, FromObserver>({
      port,
      role: 'group',
      loadSigner: () => loadSigner(tab, settings),
      nonce: tab.secret(),
      onMessage(_ping, line) {
        if (!lines.includes(line)) {
          lines.push(line);
          line.send({ type: 'pending', sender, turn: lines.indexOf(line), pending: pending() });
        }
        line.send({ type: 'pong' });
      },
    });
  });

  function tell(): void {
    const now = pending();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    toldDraft = textOf(now.draft);
    lines.forEach((line, turn) => line.send({ type: 'pending', sender, turn, pending: now }));
  }

  const tellSoon = coalesce(runtime, GATHER_MS, tell);

  tab.onLeaving(() => {
    tell();
    for (const line of lines) line.send({ type: 'leaving' });
  });

  return {
    changed() {
      if (textOf(draft()) !== toldDraft) tell();
      tellSoon();
    },
  };
}

function textOf(draft: Pending['draft']): string {
  return JSON.stringify(draft ?? null);
}
