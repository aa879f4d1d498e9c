import { is, number, object, string } from 'valibot';
import type { Role } from './discover-peers';
import type { Signer } from './signing';
import type { Port } from './tab';

/** A port on which only what carries the right seal is heard. */
export interface AuthenticatedChannel<Sent> {
  /** At once, so that a last word gets out of a frame that is going. */
  readonly send: (message: Sent) => void;
}

/** What a line is made of. */
export interface ChannelOptions<Sent, Received> {
  readonly port: Port;
  readonly role: Role;
  /** Asked for each line, since the key may have changed. No seal, no line. */
  readonly loadSigner: () => Promise<Signer | undefined>;
  /** A text that no other line has. */
  readonly nonce: string;
  /** Told once messages can be sent. Nobody knows then who is at the other end. */
  readonly onOpen?: (line: AuthenticatedChannel<Sent>) => void;
  /** Told of what came with the right seal, in order. */
  readonly onMessage: (message: Received, line: AuthenticatedChannel<Sent>) => void;
}

/** First message of each end. */
const nonceSchema = object({ nonce: string() });

/** Every later message. `count` is 1-based and rises; `text` is the message as JSON, `seal` its signature. */
const envelopeSchema = object({ count: number(), text: string(), seal: string() });

/**
 * Opens our end. Each end tells a nonce first; the seal of a message covers both, so that it fits no other line, and
 * who sent it and as which, so that nobody can send it back or again. A stranger in between can listen, and say
 * nothing of its own.
 */
export async function openChannel<Sent, Received>(options: ChannelOptions<Sent, Received>): Promise<void> {
  const { port, role, loadSigner: findSeal, nonce, onOpen, onMessage } = options;
  const seal = await findSeal();
  if (!seal) return;
  let otherNonce: string | undefined;
  let sent = 0;
  let received = 0;

  const ours = (count: number, text: string): string =>
    seal(JSON.stringify([role, nonce, otherNonce, count, text]));
  const theirs = (count: number, text: string): string =>
    seal(JSON.stringify([role === 'group' ? 'observer' : 'group', otherNonce, nonce, count, text]));

  const line: AuthenticatedChannel<Sent> = {
    send(message) {
      const count = ++sent;
      const text = JSON.stringify(message);
      port.post({ count, text, seal: ours(count, text) });
    },
  };

  port.listen((data) => {
    if (otherNonce === undefined) {
      if (!is(nonceSchema, data)) return;
      otherNonce = data.nonce;
      onOpen?.(line);
    } else if (
      is(envelopeSchema, data) &&
      data.count > received &&
      data.seal === theirs(data.count, data.text)
    ) {
      received = data.count;
      onMessage(JSON.parse(data.text) as Received, line);
    }
  });
  port.post({ nonce });
}
