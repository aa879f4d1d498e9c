import type { Role } from './meet';
import type { Seal, Seals } from './seals';
import type { Port } from './tab';

/** A port on which only what carries the right seal is heard. */
export interface Line<Sent> {
  /** At once where the line is ready, so that a last word gets out of a frame that is going. */
  readonly send: (message: Sent) => void;
  /** Looks for another seal: the other end has not understood ours. */
  readonly renew: () => void;
}

/** What a line is made of. */
export interface LineOptions<Received> {
  readonly port: Port;
  readonly role: Role;
  readonly seals: Seals;
  /** A text that no other line has. */
  readonly nonce: string;
  /** Told of what came with the right seal, in order. */
  readonly onMessage: (message: Received) => void;
}

/** A message as it goes over the port. */
interface Envelope {
  /** 1-based, rising. */
  readonly count: number;
  readonly text: string;
  readonly seal: string;
}

/** A stranger who sends nonsense can make us look for another key so often, and no more. */
const MOST_RENEWALS = 3;

/**
 * Opens our end. Each end tells a nonce first; the seal of a message covers both, so that it fits no other line, and
 * who sent it and as which, so that nobody can send it back or again. A stranger in between can listen, and say
 * nothing of its own.
 */
export function openLine<Sent, Received>(options: LineOptions<Received>): Line<Sent> {
  const { port, role, seals, nonce, onMessage } = options;
  const outbox: string[] = [];
  const inbox: Envelope[] = [];
  let otherNonce: string | undefined;
  let seal: Seal | undefined;
  let renewals = 0;
  let sent = 0;
  let received = 0;

  function sealOf(sealing: Seal, from: Role, count: number, text: string): string {
    const nonces = from === role ? [nonce, otherNonce] : [otherNonce, nonce];
    return sealing(JSON.stringify([from, ...nonces, count, text]));
  }

  /** Sends and hears what waits, as soon as both nonces and the seal are there. */
  function moveOn(): void {
    if (otherNonce === undefined) return;
    while (seal && outbox.length > 0) {
      const text = outbox.shift() ?? '';
      const count = ++sent;
      port.post({ count, text, seal: sealOf(seal, role, count, text) });
    }
    while (seal && inbox[0]) {
      const { count, text, seal: theirs } = inbox[0];
      if (theirs === sealOf(seal, role === 'group' ? 'observer' : 'group', count, text)) {
        inbox.shift();
        if (count <= received) continue;
        received = count;
        onMessage(JSON.parse(text) as Received);
      } else if (renewals < MOST_RENEWALS) void renew();
      else inbox.shift();
    }
  }

  async function renew(): Promise<void> {
    renewals++;
    seal = undefined;
    seal = await seals.renew();
    moveOn();
  }

  port.listen((data) => {
    if (isNonce(data)) otherNonce ??= data.nonce;
    else if (isEnvelope(data)) inbox.push(data);
    moveOn();
  });
  port.post({ nonce });
  void seals.get().then((found) => {
    seal = found;
    moveOn();
  });

  return {
    send(message) {
      outbox.push(JSON.stringify(message));
      moveOn();
    },
    renew: () => void renew(),
  };
}

function isNonce(data: unknown): data is { readonly nonce: string } {
  return typeof data === 'object' && data !== null && 'nonce' in data && typeof data.nonce === 'string';
}

function isEnvelope(data: unknown): data is Envelope {
  if (typeof data !== 'object' || data === null) return false;
  const { count, text, seal } = data as Partial<Record<keyof Envelope, unknown>>;
  return typeof count === 'number' && typeof text === 'string' && typeof seal === 'string';
}
