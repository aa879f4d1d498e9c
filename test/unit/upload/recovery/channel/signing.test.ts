import { createHmac } from 'node:crypto';
import { loadSigner, ensureKey } from '../../../../../src/upload/recovery/channel/signing';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createTestSettings, createTestTab } from './test-tab';

const KEY = 'handover-key';

test('where the browser vouches for the origin, the seal is empty and needs no key', async () => {
  const settings = createTestSettings();
  const runtime = createFakeRuntime();
  const frame = createTestTab().open();
  await ensureKey(frame, settings, runtime);
  const seal = await loadSigner(frame, settings);
  expect(seal?.('text')).toBe('');
  expect(settings.values.size).toBe(0);
});

test('in a sandbox it is the HMAC-SHA256 of the text, again and again', async () => {
  const settings = createTestSettings();
  settings.values.set(KEY, 'secret');
  const seal = await loadSigner(createTestTab().open('null'), settings);
  for (const text of ['one', 'zwei ä', '']) {
    expect(seal?.(text)).toBe(createHmac('sha256', 'secret').update(text).digest('hex'));
  }
});

test('in a sandbox without a key there is no seal', async () => {
  expect(await loadSigner(createTestTab().open('null'), createTestSettings())).toBeUndefined();
});

test('a key that is missing is made, and waited for until it is kept', async () => {
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

test('a key that is there stays', async () => {
  const settings = createTestSettings();
  settings.values.set(KEY, 'secret');
  await ensureKey(createTestTab().open('null'), settings, createFakeRuntime());
  expect(settings.values.get(KEY)).toBe('secret');
});
