import type { Surroundings } from '../model/surroundings';
import type { Line } from './line';
import { openLine } from './line';
import { meet } from './meet';
import type { Pending } from './pending';
import type { Settings } from './seals';
import { createSeals } from './seals';
import type { Tab } from './tab';

/** What an observer says to a group: are you there? */
export interface FromObserver {
  readonly type: 'ping';
}

/** What a group says to an observer. */
export type FromGroup =
  | { readonly type: 'pending'; readonly sender: string; readonly pending: Pending }
  | { readonly type: 'pong' | 'leaving' };

/** Tells the observer, if there is one, what it would have to finish. */
export interface HandoverSender {
  /** To be called with everything, each time that something changes; equal repeats cost nothing. */
  readonly tell: (pending: Pending) => void;
}

/** What a sender is made of. */
export interface HandoverSenderOptions {
  readonly tab: Tab;
  /** The host, as far as it keeps settings. */
  readonly settings: Settings;
  readonly later: Surroundings['later'];
}

/** The group's end of the handover. It looks for observers at once, and waits for those that come later. */
export function createHandoverSender({ tab, settings, later }: HandoverSenderOptions): HandoverSender {
  const seals = createSeals(tab, settings, later);
  const sender = tab.secret();
  /** Those whose other end has shown that it is ours. */
  const lines = new Set<Line<FromGroup>>();
  let told: Pending = { links: [], drafts: [] };

  meet(tab, 'group', (port) => {
    const line: Line<FromGroup> = openLine<FromGroup, FromObserver>({
      port,
      role: 'group',
      seals,
      nonce: tab.secret(),
      onMessage() {
        if (!lines.has(line)) line.send({ type: 'pending', sender, pending: told });
        lines.add(line);
        line.send({ type: 'pong' });
      },
    });
  });

  function tellAll(message: FromGroup): void {
    for (const line of lines) line.send(message);
  }

  tab.onLeaving(() => tellAll({ type: 'leaving' }));

  return {
    tell(pending) {
      if (JSON.stringify(pending) === JSON.stringify(told)) return;
      told = pending;
      tellAll({ type: 'pending', sender, pending });
    },
  };
}
