import type { Frame, Port, Tab } from './tab';

/** The tab by way of the browser. */
export const browserTab: Tab = {
  // Not `location.origin`, which a sandbox leaves as it is.
  origin: window.origin,

  siblingFrames: () =>
    (window.top === null ? [] : framesOf(window.top).filter((each) => each !== window)).map(toFrame),

  onMessage(listener) {
    window.addEventListener('message', ({ data, origin, source, ports: [port] }) =>
      listener({
        data,
        origin,
        // What comes to a window comes from one.
        source: source === null ? undefined : toFrame(source as Window),
        port: port && toPort(port),
      }),
    );
  },

  createPortPair() {
    const { port1, port2 } = new MessageChannel();
    return [toPort(port1), toPort(port2)];
  },

  onLeaving(listener) {
    window.addEventListener('pagehide', ({ persisted }) => {
      // A page that the browser keeps may come back, and does until then as little as all others in its tab.
      if (!persisted) listener();
    });
  },

  secret: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    ),
};

/** `from` and all frames inside it. What another origin shows of a window is enough for that. */
function framesOf(from: Window): readonly Window[] {
  try {
    const inside = Array.from({ length: from.length }, (_, index) => from[index]);
    return [from, ...inside.flatMap((frame) => (frame ? framesOf(frame) : []))];
  } catch {
    // A browser that shows less has frames that nobody meets.
    return [from];
  }
}

function toFrame(target: Window): Frame {
  return {
    post(data, targetOrigin, port) {
      const transfer = port ? [realPorts.get(port)].filter((each) => each !== undefined) : [];
      target.postMessage(data, targetOrigin, transfer);
    },
  };
}

/** Only the browser's own can be sent to another frame. */
const realPorts = new WeakMap<Port, MessagePort>();

function toPort(real: MessagePort): Port {
  const port: Port = {
    post: (data) => real.postMessage(data),
    listen(listener) {
      real.onmessage = ({ data }) => listener(data);
    },
  };
  realPorts.set(port, real);
  return port;
}
