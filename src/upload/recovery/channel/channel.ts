import { is, literal, number, object, picklist, string } from 'valibot';
import type { Port, Signer, Tab } from './protocol';

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

/** Channel that delivers only messages with a valid signature. */
export interface AuthenticatedChannel<Sent> {
  /** Sends at once, so that a last message leaves a closing frame. */
  readonly send: (message: Sent) => void;
}

/** Dependencies of `openChannel`. */
export interface ChannelOptions<Sent, Received> {
  readonly port: Port;
  readonly role: Role;
  /** Called once per channel, since the key may change. Without a signer, the channel stays closed. */
  readonly loadSigner: () => Promise<Signer | undefined>;
  /** Text unique to this channel. */
  readonly nonce: string;
  /** Called once messages can be sent. The peer is not authenticated by then. */
  readonly onOpen?: (channel: AuthenticatedChannel<Sent>) => void;
  /** Called with each authenticated message, in order. */
  readonly onMessage: (message: Received, channel: AuthenticatedChannel<Sent>) => void;
}

/** First message of each end. */
const nonceSchema = object({ nonce: string() });

/** Every later message. `count` is 1-based and rises; `text` is the message as JSON, `seal` its signature. */
const envelopeSchema = object({ count: number(), text: string(), seal: string() });

/**
 * Opens this end of a channel. Each end first sends a nonce. The signature of a message covers both nonces, so that it
 * is valid on no other channel, as well as role and number of the sender, against reflection and replay. Third parties
 * can read messages, but not forge them.
 */
export async function openChannel<Sent, Received>(options: ChannelOptions<Sent, Received>): Promise<void> {
  const { port, role, loadSigner, nonce, onOpen, onMessage } = options;
  const sign = await loadSigner();
  if (!sign) return;
  let peerNonce: string | undefined;
  let sent = 0;
  let received = 0;

  const signOwn = (count: number, text: string): string =>
    sign(JSON.stringify([role, nonce, peerNonce, count, text]));
  const signPeers = (count: number, text: string): string =>
    sign(JSON.stringify([role === 'group' ? 'observer' : 'group', peerNonce, nonce, count, text]));

  const channel: AuthenticatedChannel<Sent> = {
    send(message) {
      const count = ++sent;
      const text = JSON.stringify(message);
      port.post({ count, text, seal: signOwn(count, text) });
    },
  };

  port.listen((data) => {
    if (peerNonce === undefined) {
      if (!is(nonceSchema, data)) return;
      peerNonce = data.nonce;
      onOpen?.(channel);
    } else if (
      is(envelopeSchema, data) &&
      data.count > received &&
      data.seal === signPeers(data.count, data.text)
    ) {
      received = data.count;
      onMessage(JSON.parse(data.text) as Received, channel);
    }
  });
  port.post({ nonce });
}
