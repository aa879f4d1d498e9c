import { is, literal, object, picklist } from 'valibot';
import type { Port, Tab } from './tab';

/** `group` frames hand over unfinished links to `observer` frames. */
export type Role = 'group' | 'observer';

/** Protocol version. An update may leave frames of two versions in one tab. */
const VERSION = 1;

/** Message by which frames find each other. */
const greetingSchema = object({ stapler: literal(VERSION), role: picklist(['group', 'observer']) });

/**
 * Pairs the frames of Stapler in one tab, in any order of start. A `BroadcastChannel` reaches all tabs and could assign
 * a draft to another tab.
 *
 * Each frame greets all others when it starts. A group greets an observer back, and an observer answers a group with a
 * port. A greeting holds no secret and has no target origin: naming one makes the browser log an error for each frame
 * with another origin.
 *
 * @param onPort Called with a port to a frame of the other role. With the origin `null`, any extension can claim to be
 *   one.
 */
export function discoverPeers(tab: Tab, role: Role, onPort: (port: Port) => void): void {
  const greeting = { stapler: VERSION, role };
  const targetOrigin = tab.origin === 'null' ? '*' : tab.origin;

  tab.onMessage(({ data, origin, source, port }) => {
    if (origin !== tab.origin || !source || !is(greetingSchema, data) || data.role === role) return;
    if (role === 'observer') {
      const [ours, theirs] = tab.createPortPair();
      onPort(ours);
      source.post(greeting, targetOrigin, theirs);
    } else if (port) onPort(port);
    else source.post(greeting, targetOrigin);
  });

  for (const frame of tab.siblingFrames()) frame.post(greeting, '*');
}
