import { is, literal, object, picklist } from 'valibot';
import type { Port, Tab } from './tab';

/** Who hands over, and who takes over. */
export type Role = 'group' | 'observer';

/** Raised when frames of two versions of Stapler, which an update leaves in one tab, would not understand each other. */
const VERSION = 1;

/** Message by which frames find each other. */
const helloSchema = object({ stapler: literal(VERSION), role: picklist(['group', 'observer']) });

/**
 * Lets the frames of Stapler in one tab find one another, whichever comes first. A channel that all tabs share would
 * not do: a draft of another tab must never be taken for one of this.
 *
 * Each frame says hello to all others when it starts. A group answers the hello of an observer with its own, and an
 * observer answers that of a group with one that brings a port. Nothing in a hello is worth hiding, so that it goes to
 * everybody: naming the origin would make the browser log an error for each frame that has another.
 *
 * @param onPort Told of a port to a frame that plays the other role, or says so: frames of origin `null` cannot be told
 *   from strangers here.
 */
export function discoverPeers(tab: Tab, role: Role, onPort: (port: Port) => void): void {
  const hello = { stapler: VERSION, role };
  const targetOrigin = tab.origin === 'null' ? '*' : tab.origin;

  tab.onMessage(({ data, origin, source, port }) => {
    if (origin !== tab.origin || !source || !is(helloSchema, data) || data.role === role) return;
    if (role === 'observer') {
      const [ours, theirs] = tab.createPortPair();
      onPort(ours);
      source.post(hello, targetOrigin, theirs);
    } else if (port) onPort(port);
    else source.post(hello, targetOrigin);
  });

  for (const frame of tab.siblingFrames()) frame.post(hello, '*');
}
