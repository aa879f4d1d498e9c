import { createHmac } from 'node:crypto';
import { loadSigner, ensureKey } from '../../../../../src/upload/recovery/channel/protocol';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createTestSettings, createTestTab } from './test-tab';

const KEY = 'handover-key';

test('loadSigner returns empty signatures without a key for an origin of its own', async () => {
  const settings = createTestSettings();
  const runtime = createFakeRuntime();
  const frame = createTestTab().open();
  await ensureKey(frame, settings, runtime);
  const sign = await loadSigner(frame, settings);
  expect(sign?.('text')).toBe('');
  expect(settings.values.size).toBe(0);
});

test('loadSigner signs with HMAC-SHA256 in a sandbox', async () => {
  const settings = createTestSettings();
  settings.values.set(KEY, 'secret');
  const sign = await loadSigner(createTestTab().open('null'), settings);
  for (const text of ['one', 'zwei ä', '']) {
    expect(sign?.(text)).toBe(createHmac('sha256', 'secret').update(text).digest('hex'));
  }
});

test('loadSigner returns no signer in a sandbox without a key', async () => {
  expect(await loadSigner(createTestTab().open('null'), createTestSettings())).toBeUndefined();
});

test('ensureKey creates a missing key and waits until it is stored', async () => {
  const settings = createTestSettings();
  const kept = new Map<string, string>();
  settings.writeSetting = (key, value) => void kept.set(key, value);
  const runtime = createFakeRuntime();
  let isDone = false;
  void ensureKey(createTestTab().open('null'), settings, runtime).then(() => (isDone = true));
  await flush();
  expect(kept.get(KEY)).toBe('secret 1');
  await runtime.pass(1_000);
  expect(isDone).toBe(false);
  settings.values.set(KEY, 'secret 1');
  await runtime.pass(100);
  expect(isDone).toBe(true);
});

test('ensureKey keeps an existing key', async () => {
  const settings = createTestSettings();
  settings.values.set(KEY, 'secret');
  await ensureKey(createTestTab().open('null'), settings, createFakeRuntime());
  expect(settings.values.get(KEY)).toBe('secret');
});
