import { makeSecret } from '../../../base/secret';
import { siblingWindows } from '../../../base/sibling-windows';
import type { Frame, Port, Tab } from './protocol';

/** Tab of the browser. */
export const browserTab: Tab = {
  // Unlike `location.origin`, it is `null` in a sandbox.
  origin: window.origin,

  siblingFrames: () => siblingWindows().map(toFrame),

  onMessage(listener) {
    window.addEventListener('message', ({ data, origin, source, ports: [port] }) =>
      listener({
        data,
        origin,
        // Messages to a window come from a window.
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
      // Back/forward cache: a persisted page is frozen, not gone.
      if (!persisted) listener();
    });
  },

  secret: makeSecret,
};

function toFrame(target: Window): Frame {
  return {
    post(data, targetOrigin, port) {
      const transfer = port ? [nativePorts.get(port)].filter((each) => each !== undefined) : [];
      target.postMessage(data, targetOrigin, transfer);
    },
  };
}

/** Native ports by wrapper. Only these can be transferred to another frame. */
const nativePorts = new WeakMap<Port, MessagePort>();

function toPort(native: MessagePort): Port {
  const port: Port = {
    post: (data) => native.postMessage(data),
    listen(listener) {
      native.onmessage = ({ data }) => listener(data);
    },
  };
  nativePorts.set(port, native);
  return port;
}
