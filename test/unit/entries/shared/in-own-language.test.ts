/** @jest-environment jsdom */
import type { FormEvent } from '../../../../src/azure/host/host';
import { currentLanguage, english, setLanguage } from '../../../../src/base/i18n/language';
import { loadLanguage } from '../../../../src/base/i18n/load-language';
import { inOwnLanguage } from '../../../../src/entries/shared/frame';
import { createDeferred } from '../../../helpers/deferred';
import { createTestHost } from '../../../helpers/host';

jest.mock('../../../../src/base/i18n/load-language', () => ({ loadLanguage: jest.fn() }));

const load = jest.mocked(loadLanguage);
const EVENTS: readonly FormEvent[] = [
  { type: 'loaded', workItemId: 7, isNew: false, isReadOnly: false },
  { type: 'changed', workItemId: 7 },
  { type: 'saved', workItemId: 7 },
];
const LATER: FormEvent = { type: 'unloaded', workItemId: 7 };

/** A host that fires events while connecting, before its language is known. */
function createTalkativeHost() {
  const host = createTestHost();
  host.getCulture.mockReturnValue('de-AT');
  host.connect.mockImplementation((onFormEvent) => {
    EVENTS.forEach((event) => onFormEvent(event));
    return Promise.resolve();
  });
  return host;
}

beforeEach(() => {
  jest.useFakeTimers();
  setLanguage(english('en-US'));
  load.mockReset().mockResolvedValue(undefined);
});
afterEach(() => void jest.useRealTimers());

test('inOwnLanguage holds back form events until the language is loaded, and keeps their order', async () => {
  const file = createDeferred<undefined>();
  load.mockReturnValue(file.promise);
  const told: FormEvent[] = [];
  const connecting = inOwnLanguage(createTalkativeHost()).connect((event) => told.push(event));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(load.mock.calls).toEqual([['de-AT']]);
  expect(told).toEqual([]);
  file.resolve(undefined);
  await connecting;
  await jest.advanceTimersByTimeAsync(0);
  expect(told).toEqual(EVENTS);
});

test('inOwnLanguage passes on later events at once, after the held ones', async () => {
  const host = createTalkativeHost();
  const told: FormEvent[] = [];
  await inOwnLanguage(host).connect((event) => told.push(event));
  host.connect.mock.calls[0]?.[0](LATER);
  await jest.advanceTimersByTimeAsync(0);
  expect(told).toEqual([...EVENTS, LATER]);
});

test('inOwnLanguage uses the language of the browser before the host timeout', async () => {
  const host = createTestHost();
  host.connect.mockReturnValue(new Promise(() => undefined));
  void inOwnLanguage(host).connect(() => undefined);
  await jest.advanceTimersByTimeAsync(6_999);
  expect(load).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  expect(load.mock.calls).toEqual([[undefined]]);
});

test('inOwnLanguage switches to the language of a host that responds late', async () => {
  const host = createTestHost();
  host.getCulture.mockReturnValue('ja-JP');
  const answer = createDeferred<undefined>();
  host.connect.mockReturnValue(answer.promise);
  const connecting = inOwnLanguage(host).connect(() => undefined);
  await jest.advanceTimersByTimeAsync(8_000);
  answer.resolve(undefined);
  await connecting;
  expect(load.mock.calls).toEqual([[undefined], ['ja-JP']]);
});

test('inOwnLanguage uses no other language before a timely response', async () => {
  await inOwnLanguage(createTalkativeHost()).connect(() => undefined);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(load.mock.calls).toEqual([['de-AT']]);
  expect(currentLanguage().tag).toBe('en');
});

test('inOwnLanguage rejects with the error of the host', async () => {
  const host = createTestHost();
  host.connect.mockRejectedValue(new Error('No.'));
  await expect(inOwnLanguage(host).connect(() => undefined)).rejects.toThrow('No.');
});

test('inOwnLanguage leaves the rest of the host unchanged', () => {
  const host = createTestHost();
  const own = inOwnLanguage(host);
  expect(own.connect).not.toBe(host.connect);
  expect({ ...own, connect: host.connect }).toEqual(host);
});
