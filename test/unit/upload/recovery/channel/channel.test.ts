import type { AuthenticatedChannel } from '../../../../../src/upload/recovery/channel/channel';
import { openChannel } from '../../../../../src/upload/recovery/channel/channel';
import type { Role } from '../../../../../src/upload/recovery/channel/discover-peers';
import type { Signer } from '../../../../../src/upload/recovery/channel/signing';
import type { Port } from '../../../../../src/upload/recovery/channel/tab';
import { flush } from '../../../../helpers/deferred';
import { createChannel } from './test-tab';

const OURS: Signer = (text) => `ours ${text}`;
const THEIRS: Signer = (text) => `theirs ${text}`;

/** One end of a line, what it heard, and what it posted. */
interface End {
  readonly heard: string[];
  readonly posted: unknown[];
  /** Posts to the other end whatever the test wants, past the line. */
  readonly post: Port['post'];
  readonly line: () => AuthenticatedChannel<string>;
}

async function open(port: Port, role: Role, seal: Signer | undefined, nonce: string): Promise<End> {
  const heard: string[] = [];
  const posted: unknown[] = [];
  let line!: AuthenticatedChannel<string>;
  await openChannel<string, string>({
    port: {
      ...port,
      post(data) {
        posted.push(data);
        port.post(data);
      },
    },
    role,
    loadSigner: () => Promise.resolve(seal),
    nonce,
    onOpen: (opened) => (line = opened),
    onMessage: (message) => heard.push(message),
  });
  return { heard, posted, post: port.post, line: () => line };
}

async function openBoth(
  seals: { group?: Signer | undefined; observer?: Signer | undefined } = {},
  nonces = 'g o',
): Promise<{ group: End; observer: End }> {
  const [groupPort, observerPort] = createChannel();
  const [groupNonce = '', observerNonce = ''] = nonces.split(' ');
  const group = await open(groupPort, 'group', 'group' in seals ? seals.group : OURS, groupNonce);
  const observer = await open(
    observerPort,
    'observer',
    'observer' in seals ? seals.observer : OURS,
    observerNonce,
  );
  await flush();
  return { group, observer };
}

test('what is sent arrives, in its order, in both directions', async () => {
  const { group, observer } = await openBoth();
  group.line().send('one');
  group.line().send('two');
  observer.line().send('three');
  await flush();
  expect(observer.heard).toEqual(['one', 'two']);
  expect(group.heard).toEqual(['three']);
});

test('without a seal nothing is said at all', async () => {
  const { group, observer } = await openBoth({ group: undefined });
  expect(group.posted).toEqual([]);
  expect(group.line()).toBeUndefined();
  expect(observer.line()).toBeUndefined();
});

test('what carries another seal is not heard', async () => {
  const { group, observer } = await openBoth({ observer: THEIRS });
  group.line().send('one');
  observer.line().send('two');
  await flush();
  expect([...group.heard, ...observer.heard]).toEqual([]);
});

test('what is posted again is heard once, and what is posted back not at all', async () => {
  const { group, observer } = await openBoth();
  group.line().send('one');
  await flush();
  group.post(group.posted.at(-1));
  observer.post(group.posted.at(-1));
  await flush();
  expect(observer.heard).toEqual(['one']);
  expect(group.heard).toEqual([]);
});

test('what was said on one line is not heard on another', async () => {
  const first = await openBoth();
  const second = await openBoth({}, 'g2 o2');
  first.group.line().send('one');
  await flush();
  second.group.post(first.group.posted.at(-1));
  await flush();
  expect(second.observer.heard).toEqual([]);
});

test('a word that was changed on its way is not heard', async () => {
  const { group, observer } = await openBoth();
  group.line().send('one');
  await flush();
  const said = group.posted.at(-1) as { count: number; text: string; seal: string };
  group.post({ ...said, count: 2 });
  group.post({ ...said, count: 2, text: '"two"' });
  await flush();
  expect(observer.heard).toEqual(['one']);
});

test.each([[null], ['text'], [{}], [{ nonce: 7 }], [{ nonce: 'another' }], [{ count: 1, text: '1' }]])(
  'nonsense such as %j does no harm',
  async (nonsense) => {
    const { group, observer } = await openBoth();
    group.post(nonsense);
    group.line().send('one');
    await flush();
    expect(observer.heard).toEqual(['one']);
  },
);

test('nonsense that comes first does no harm either', async () => {
  const [groupPort, observerPort] = createChannel();
  groupPort.post({ count: 1, text: '"early"', seal: 'x' });
  const observer = await open(observerPort, 'observer', OURS, 'o');
  const group = await open(groupPort, 'group', OURS, 'g');
  await flush();
  group.line().send('one');
  await flush();
  expect(observer.heard).toEqual(['one']);
});
