import { createHmac } from 'node:crypto';
import type { Pending } from '../../../../../src/upload/recovery/channel/protocol';
import type { Group } from '../../../../../src/upload/recovery/channel/receiver';
import { receiveHandovers } from '../../../../../src/upload/recovery/channel/receiver';
import type { HandoverSender } from '../../../../../src/upload/recovery/channel/sender';
import { createHandoverSender } from '../../../../../src/upload/recovery/channel/sender';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { ITEM_7, linkable } from '../../../../helpers/uploads';
import type { TestFrame } from './test-tab';
import { createTestSettings, createTestTab } from './test-tab';

/** The real one is WebAssembly, and no test can await it without a clock (see signing.test.ts). */
jest.mock('hash-wasm', () => ({
  createSHA256: () => undefined,
  createHMAC: (_: unknown, key: string) => {
    let hash: ReturnType<typeof createHmac>;
    const hmac = {
      init: () => ((hash = createHmac('sha256', key)), hmac),
      update: (text: string) => (hash.update(text), hmac),
      digest: () => hash.digest('hex'),
    };
    return Promise.resolve(hmac);
  },
}));

/** Unfinished work with these attachments of work item 7. */
function pendingWith(...numbers: number[]): Pending {
  return {
    links: numbers.map((number) => ({
      target: ITEM_7,
      attachment: linkable(number),
      waitsForSave: false,
    })),
  };
}

interface TestGroup {
  readonly frame: TestFrame;
  readonly sender: HandoverSender;
  /** Sets the unfinished work and reports the change. */
  readonly now: (pending: Pending) => void;
}

interface TestObserver {
  readonly frame: TestFrame;
  /** Reports, oldest first, without repetitions: `pending 1 2, turn 0`, `gone 1 2, turn 0`. */
  readonly told: string[];
  readonly gone: readonly Group[];
}

/** Tab with groups and observers opened by the test. */
function stage(origin?: string) {
  const tab = createTestTab();
  const settings = createTestSettings();
  const runtime = createFakeRuntime();
  let groups = 0;

  return {
    tab,
    settings,
    pass: (ms: number): Promise<void> => runtime.pass(ms),

    group: async (pending: Pending = pendingWith(), from = origin): Promise<TestGroup> => {
      const frame = tab.open(from);
      let current = pending;
      const sender = createHandoverSender({
        tab: frame,
        sender: `group ${++groups}`,
        settings,
        runtime,
        links: () => current.links,
        draft: () => current.draft,
      });
      await flush();
      return {
        frame,
        sender,
        now(next) {
          current = next;
          sender.changed();
        },
      };
    },

    observer: async (from = origin): Promise<TestObserver> => {
      const frame = tab.open(from);
      const told: string[] = [];
      const gone: Group[] = [];
      const note = (what: string) => (group: Group) => {
        if (what === 'gone') gone.push(group);
        const numbers = group.pending.links.map(({ attachment }) => Number(attachment.name.slice(0, -4)));
        const line = `${[what, ...numbers].join(' ')}, turn ${group.turn}`;
        if (told.at(-1) !== line) told.push(line);
      };
      void receiveHandovers({
        tab: frame,
        settings,
        runtime,
        onPending: note('pending'),
        onGone: note('gone'),
      });
      await flush();
      return { frame, told, gone };
    },
  };
}

describe('discoverPeers', () => {
  test('pairs a group with an earlier observer', async () => {
    const { group, observer } = stage();
    const { told } = await observer();
    await group(pendingWith(1));
    expect(told).toEqual(['pending 1, turn 0']);
  });

  test('pairs an observer with an earlier group', async () => {
    const { group, observer } = stage();
    await group(pendingWith(1));
    const { told } = await observer();
    expect(told).toEqual(['pending 1, turn 0']);
  });

  test('pairs an observer with one group when both start at the same time', async () => {
    const { group, observer, pass } = stage();
    const [{ told }, { frame }] = await Promise.all([observer(), group(pendingWith(1))]);
    expect(new Set(told)).toEqual(new Set(['pending 1, turn 0']));
    frame.leave();
    await pass(60_000);
    expect(told.filter((each) => each.startsWith('gone'))).toEqual(['gone 1, turn 0']);
  });

  test('ignores frames of another origin', async () => {
    const { group, observer, pass } = stage();
    const { told } = await observer();
    const { frame } = await group(pendingWith(1), 'https://somebody.else.example');
    frame.leave();
    await pass(60_000);
    expect(told).toEqual([]);
  });

  test('ignores frames of another version', async () => {
    const { tab, observer } = stage();
    await observer();
    const old = tab.open();
    const heard: unknown[] = [];
    old.onMessage(({ data }) => heard.push(data));
    for (const hello of [{ stapler: 2, role: 'group' }, { role: 'group' }, 'hello', null]) {
      old.siblingFrames().forEach((frame) => frame.post(hello, '*'));
    }
    await flush();
    expect(heard).toEqual([]);
  });

  test('does not pair two groups or two observers', async () => {
    const { group, observer, tab } = stage();
    const spy = tab.open();
    const heard: unknown[] = [];
    spy.onMessage(({ data }) => heard.push(data));
    await group();
    await group();
    expect(heard).toHaveLength(2);
    await observer();
    await observer();
    expect(heard).toHaveLength(4);
  });
});

describe('HandoverSender', () => {
  test('sends unfinished work again, once for many changes', async () => {
    const { group, observer, pass } = stage();
    const { told } = await observer();
    const { now, sender } = await group();
    now(pendingWith(1));
    now(pendingWith(1, 2));
    await pass(499);
    expect(told).toEqual(['pending, turn 0']);
    await pass(1);
    expect(told).toEqual(['pending, turn 0', 'pending 1 2, turn 0']);
    sender.changed();
    await pass(500);
    expect(told).toHaveLength(2);
  });

  test('sends changes of a draft at once', async () => {
    const { group, observer, pass } = stage();
    const { told } = await observer();
    const { now } = await group();
    const draft = { draftId: 'draft 1', openedAt: 0, type: 'Bug', isAwaitingFiles: false };
    now({ ...pendingWith(1), draft });
    await flush();
    expect(told).toEqual(['pending, turn 0', 'pending 1, turn 0']);
    now({ ...pendingWith(1, 2), draft });
    await flush();
    expect(told).toHaveLength(2);
    now({ ...pendingWith(1, 2, 3), draft: { ...draft, isAwaitingFiles: true } });
    await flush();
    expect(told.at(-1)).toBe('pending 1 2 3, turn 0');
    now(pendingWith(4));
    await flush();
    expect(told.at(-1)).toBe('pending 4, turn 0');
    now(pendingWith(5));
    await pass(499);
    expect(told.at(-1)).toBe('pending 4, turn 0');
    await pass(1);
    expect(told.at(-1)).toBe('pending 5, turn 0');
  });

  test('sends the latest unfinished work when the group closes', async () => {
    const { group, observer } = stage();
    const { told } = await observer();
    const { now, frame } = await group();
    now(pendingWith(1));
    frame.leave();
    await flush();
    expect(told).toEqual(['pending, turn 0', 'pending 1, turn 0', 'gone 1, turn 0']);
  });

  test('sends the unfinished work of each group', async () => {
    const { group, observer } = stage();
    const { told } = await observer();
    const first = await group(pendingWith(1));
    await group(pendingWith(2));
    first.frame.leave();
    await flush();
    expect(told).toEqual(['pending 1, turn 0', 'pending 2, turn 0', 'pending 1, turn 0', 'gone 1, turn 0']);
  });
});

describe('receiveHandovers', () => {
  test('keeps a group with heartbeats', async () => {
    const { group, observer, pass } = stage();
    const { told } = await observer();
    await group(pendingWith(1));
    await pass(600_000);
    expect(told).toEqual(['pending 1, turn 0']);
  });

  test('reports the last heartbeat of a crashed group', async () => {
    const { group, observer, pass } = stage();
    const { gone } = await observer();
    const [first, second] = [await group(pendingWith(1)), await group(pendingWith(2))];
    await pass(2_500);
    first.frame.leave();
    second.frame.crash();
    await pass(60_000);
    // The fake clock starts at one million, and each ping is answered at once.
    expect(gone.map(({ lastHeartbeatAt }) => lastHeartbeatAt)).toEqual([undefined, 1_002_000]);
  });

  test('reports a crashed group after three missed heartbeats', async () => {
    const { group, observer, pass } = stage();
    const { told } = await observer();
    const { frame } = await group(pendingWith(1));
    frame.crash();
    await pass(7_999);
    expect(told).toEqual(['pending 1, turn 0']);
    await pass(1);
    expect(told).toEqual(['pending 1, turn 0', 'gone 1, turn 0']);
    await pass(600_000);
    expect(told).toHaveLength(2);
  });

  test('reports a closed group once', async () => {
    const { group, observer, pass } = stage();
    const { told } = await observer();
    const { frame } = await group(pendingWith(1));
    frame.leave();
    await pass(600_000);
    expect(told).toEqual(['pending 1, turn 0', 'gone 1, turn 0']);
  });

  test('gives each observer its rank', async () => {
    const { group, observer } = stage();
    const first = await observer();
    const second = await observer();
    const { frame } = await group(pendingWith(1));
    const third = await observer();
    frame.leave();
    await flush();
    expect(first.told.at(-1)).toBe('gone 1, turn 0');
    expect(second.told.at(-1)).toBe('gone 1, turn 1');
    expect(third.told.at(-1)).toBe('gone 1, turn 2');
  });
});

describe('the handover with the origin null', () => {
  const KEY = 'handover-key';

  test('pairs frames after the observer has created a key', async () => {
    const { group, observer, pass, settings } = stage('null');
    await group(pendingWith(1));
    const { told } = await observer();
    expect(told).toEqual([]);
    await pass(1_000);
    expect(settings.values.has(KEY)).toBe(true);
    expect(told).toEqual(['pending 1, turn 0']);
  });

  test('pairs no frames if no key can be stored', async () => {
    const { group, observer, pass, settings } = stage('null');
    settings.writeSetting = () => undefined;
    const { told } = await observer();
    await pass(10_000);
    const { frame } = await group(pendingWith(1));
    frame.leave();
    await pass(60_000);
    expect(told).toEqual([]);
  });

  test('uses a changed key for the next pair', async () => {
    const { group, observer, settings } = stage('null');
    settings.values.set(KEY, 'old');
    const { told } = await observer();
    await group(pendingWith(1));
    settings.values.set(KEY, 'new');
    const { frame } = await group(pendingWith(2));
    frame.leave();
    await flush();
    expect(told).toEqual(['pending 1, turn 0', 'pending 2, turn 0', 'gone 2, turn 0']);
  });

  test('reveals no unfinished work to a foreign observer', async () => {
    const { group, tab, settings } = stage('null');
    settings.values.set(KEY, 'ours');
    const { frame } = await group(pendingWith(1));
    const stranger = tab.open('null');
    const [port, theirs] = stranger.createPortPair();
    const heard: unknown[] = [];
    port.listen((data) => heard.push(data));
    stranger.siblingFrames().forEach((each) => each.post({ stapler: 1, role: 'observer' }, '*', theirs));
    port.post({ nonce: 'x' });
    port.post({ count: 1, text: '{"type":"ping"}', seal: 'guessed' });
    await flush();
    frame.leave();
    await flush();
    expect(heard).toEqual([{ nonce: 'secret 1' }]);
  });

  test('ignores the work of a foreign group', async () => {
    const { observer, tab, settings, pass } = stage('null');
    settings.values.set(KEY, 'ours');
    const { told } = await observer();
    const stranger = tab.open('null');
    stranger.onMessage(({ port }) => {
      port?.post({ nonce: 'x' });
      const pending = { type: 'pending', sender: 's', turn: 0, pending: pendingWith(1) };
      port?.post({ count: 1, text: JSON.stringify(pending), seal: '' });
      port?.post({ count: 2, text: '{"type":"leaving"}', seal: '' });
    });
    stranger.siblingFrames().forEach((each) => each.post({ stapler: 1, role: 'group' }, '*'));
    await pass(60_000);
    expect(told).toEqual([]);
  });
});
