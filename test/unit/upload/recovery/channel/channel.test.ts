import type { AuthenticatedChannel, Role } from '../../../../../src/upload/recovery/channel/channel';
import { openChannel } from '../../../../../src/upload/recovery/channel/channel';
import type { Port, Signer } from '../../../../../src/upload/recovery/channel/protocol';
import { flush } from '../../../../helpers/deferred';
import { createChannel } from './test-tab';

const OURS: Signer = (text) => `ours ${text}`;
const THEIRS: Signer = (text) => `theirs ${text}`;

/** One end of a channel, with its received and posted messages. */
interface End {
  readonly heard: string[];
  readonly posted: unknown[];
  /** Posts to the other end, bypassing the channel. */
  readonly post: Port['post'];
  readonly channel: () => AuthenticatedChannel<string>;
}

async function open(port: Port, role: Role, signer: Signer | undefined, nonce: string): Promise<End> {
  const heard: string[] = [];
  const posted: unknown[] = [];
  let channel!: AuthenticatedChannel<string>;
  await openChannel<string, string>({
    port: {
      ...port,
      post(data) {
        posted.push(data);
        port.post(data);
      },
    },
    role,
    loadSigner: () => Promise.resolve(signer),
    nonce,
    onOpen: (opened) => (channel = opened),
    onMessage: (message) => heard.push(message),
  });
  return { heard, posted, post: port.post, channel: () => channel };
}

async function openBoth(
  signers: { group?: Signer | undefined; observer?: Signer | undefined } = {},
  nonces = 'g o',
): Promise<{ group: End; observer: End }> {
  const [groupPort, observerPort] = createChannel();
  const [groupNonce = '', observerNonce = ''] = nonces.split(' ');
  const group = await open(groupPort, 'group', 'group' in signers ? signers.group : OURS, groupNonce);
  const observer = await open(
    observerPort,
    'observer',
    'observer' in signers ? signers.observer : OURS,
    observerNonce,
  );
  await flush();
  return { group, observer };
}

test('AuthenticatedChannel delivers messages in order, in both directions', async () => {
  const { group, observer } = await openBoth();
  group.channel().send('one');
  group.channel().send('two');
  observer.channel().send('three');
  await flush();
  expect(observer.heard).toEqual(['one', 'two']);
  expect(group.heard).toEqual(['three']);
});

test('openChannel sends nothing without a signer', async () => {
  const { group, observer } = await openBoth({ group: undefined });
  expect(group.posted).toEqual([]);
  expect(group.channel()).toBeUndefined();
  expect(observer.channel()).toBeUndefined();
});

test('AuthenticatedChannel ignores messages with another signature', async () => {
  const { group, observer } = await openBoth({ observer: THEIRS });
  group.channel().send('one');
  observer.channel().send('two');
  await flush();
  expect([...group.heard, ...observer.heard]).toEqual([]);
});

test('AuthenticatedChannel ignores replayed and reflected messages', async () => {
  const { group, observer } = await openBoth();
  group.channel().send('one');
  await flush();
  group.post(group.posted.at(-1));
  observer.post(group.posted.at(-1));
  await flush();
  expect(observer.heard).toEqual(['one']);
  expect(group.heard).toEqual([]);
});

test('AuthenticatedChannel ignores messages of another channel', async () => {
  const first = await openBoth();
  const second = await openBoth({}, 'g2 o2');
  first.group.channel().send('one');
  await flush();
  second.group.post(first.group.posted.at(-1));
  await flush();
  expect(second.observer.heard).toEqual([]);
});

test('AuthenticatedChannel ignores altered messages', async () => {
  const { group, observer } = await openBoth();
  group.channel().send('one');
  await flush();
  const said = group.posted.at(-1) as { count: number; text: string; seal: string };
  group.post({ ...said, count: 2 });
  group.post({ ...said, count: 2, text: '"two"' });
  await flush();
  expect(observer.heard).toEqual(['one']);
});

test.each([[null], ['text'], [{}], [{ nonce: 7 }], [{ nonce: 'another' }], [{ count: 1, text: '1' }]])(
  'AuthenticatedChannel ignores malformed data such as %j',
  async (nonsense) => {
    const { group, observer } = await openBoth();
    group.post(nonsense);
    group.channel().send('one');
    await flush();
    expect(observer.heard).toEqual(['one']);
  },
);

test('AuthenticatedChannel ignores malformed data before the nonce', async () => {
  const [groupPort, observerPort] = createChannel();
  groupPort.post({ count: 1, text: '"early"', seal: 'x' });
  const observer = await open(observerPort, 'observer', OURS, 'o');
  const group = await open(groupPort, 'group', OURS, 'g');
  await flush();
  group.channel().send('one');
  await flush();
  expect(observer.heard).toEqual(['one']);
});
