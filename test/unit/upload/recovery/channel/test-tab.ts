import type {
  Frame,
  FrameMessage,
  Port,
  Settings,
  Tab,
} from '../../../../../src/upload/recovery/channel/protocol';

/** Frame of a test tab. */
export interface TestFrame extends Tab {
  /** Closes the frame, as when the host removes it. It receives nothing afterwards. */
  leave(): void;
  /** Stops the frame without a last message. */
  crash(): void;
}

/** Creates a tab without frames. Messages arrive in order, in microtasks. */
export function createTestTab(): { open: (origin?: string) => TestFrame } {
  const frames: { tab: TestFrame; hear: (message: FrameMessage) => void }[] = [];
  let secrets = 0;

  function toFrame(from: TestFrame, to: TestFrame): Frame {
    return {
      post(data, targetOrigin, port) {
        if (targetOrigin !== '*' && targetOrigin !== to.origin) return;
        const message = { data, origin: from.origin, source: toFrame(to, from), port };
        void Promise.resolve().then(() => frames.find(({ tab }) => tab === to)?.hear(message));
      },
    };
  }

  return {
    open(origin = 'https://stapler.gallerycdn.vsassets.io') {
      const listeners: ((message: FrameMessage) => void)[] = [];
      const leaving: (() => void)[] = [];
      let isHere = true;
      const tab: TestFrame = {
        origin,
        siblingFrames: () =>
          frames.filter((frame) => frame.tab !== tab).map((frame) => toFrame(tab, frame.tab)),
        onMessage: (listener) => void listeners.push(listener),
        createPortPair: createChannel,
        onLeaving: (listener) => void leaving.push(listener),
        secret: () => `secret ${++secrets}`,
        leave() {
          for (const listener of leaving) listener();
          tab.crash();
        },
        crash() {
          isHere = false;
          frames.splice(
            frames.findIndex((frame) => frame.tab === tab),
            1,
          );
        },
      };
      frames.push({ tab, hear: (message) => listeners.forEach((listener) => listener(ofFrame(message))) });
      return tab;

      /** A port closes with its frame. */
      function ofFrame(message: FrameMessage): FrameMessage {
        const { port } = message;
        return port ? { ...message, port: whileHere(port) } : message;
      }

      function whileHere(port: Port): Port {
        return {
          post: (data) => isHere && port.post(data),
          listen: (listener) => port.listen((data) => isHere && listener(data)),
        };
      }
    },
  };
}

/** Creates a pair of ports. They deliver earlier messages as well. */
export function createChannel(): readonly [Port, Port] {
  const ends = [0, 1].map(() => ({
    kept: [] as unknown[],
    hear: undefined as Parameters<Port['listen']>[0] | undefined,
  }));
  const portTo = (own: number): Port => ({
    post(data) {
      const other = ends[1 - own]!;
      // The other end gets a copy, as in the browser.
      const copy = structuredClone(data);
      void Promise.resolve().then(() => (other.hear ? other.hear(copy) : other.kept.push(copy)));
    },
    listen(listener) {
      const end = ends[own]!;
      end.hear = listener;
      for (const data of end.kept.splice(0)) listener(data);
    },
  });
  return [portTo(0), portTo(1)];
}

/** Settings visible to the test. */
export interface TestSettings extends Settings {
  readonly values: Map<string, string>;
  writeSetting: Settings['writeSetting'];
}

/** Creates settings of one user, shared by all frames of an extension. */
export function createTestSettings(): TestSettings {
  const values = new Map<string, string>();
  return {
    values,
    readSetting: (key) => Promise.resolve(values.get(key)),
    writeSetting: (key, value) => void values.set(key, value),
  };
}
