/** @jest-environment jsdom */
import { HostError } from '../../../../../src/base/errors';
import { createPolicySource } from '../../../../../src/upload/rules/policy/create-policy-source';
import { createBrowserPolicyStorage } from '../../../../../src/upload/rules/policy/policy-storage';

const PROJECT = 'AB5FE1C2-0000-4000-8000-000000000001';
const GOOD = { text: '{ "version": 1, "maxFiles": 5 }' };
const NEWER = { text: '{ "version": 1, "maxFiles": 7 }' };
const unreadable = () => Promise.reject(new HostError('Refused.', { cause: new Error('503') }));
/** The host has no extension data, or does not answer. */
const silent = () => Promise.reject(new HostError('No answer.'));

/** Reads the policy as a new page does. */
function readOnPage(read: (id: string) => Promise<unknown>, organization = 'fabrikam') {
  return createPolicySource({
    documents: { read },
    project: () => Promise.resolve({ id: PROJECT, name: 'Fabrikam' }),
    storage: createBrowserPolicyStorage(() => organization),
  }).read();
}

const found = (value: unknown) => () => Promise.resolve(value);
const maxFiles = (count: number) => ({
  policy: expect.objectContaining({ rules: { maxFiles: count } }) as unknown,
});
const current = (count: number) => ({ ...maxFiles(count), project: 'Fabrikam' });

beforeEach(() => localStorage.clear());
afterEach(() => void jest.restoreAllMocks());

test('PolicySource reads the document of its project, once', async () => {
  const read = jest.fn(found(GOOD));
  const source = createPolicySource({
    documents: { read },
    project: () => Promise.resolve({ id: PROJECT, name: 'Fabrikam' }),
    storage: createBrowserPolicyStorage(() => 'fabrikam'),
  });
  expect(await source.read()).toEqual(current(5));
  await source.read();
  expect(read.mock.calls).toEqual([[PROJECT.toLowerCase()]]);
});

test('PolicySource knows a project without a policy from one whose policy cannot be read', async () => {
  expect(await readOnPage(found(undefined))).toEqual({ policy: undefined });
  expect(await readOnPage(unreadable)).toEqual({ policy: undefined, problem: 'unavailable' });
});

test('PolicySource falls back to the last policy that it understood', async () => {
  await readOnPage(found(GOOD));
  await readOnPage(found(NEWER));
  expect(await readOnPage(unreadable)).toEqual({ ...maxFiles(7), problem: 'unavailable' });
  for (const damaged of [{ text: '{ "version": 2 }' }, { text: '{' }, { text: 7 }, 'text', []])
    expect(await readOnPage(found(damaged))).toEqual({ ...maxFiles(7), problem: 'invalid' });
});

test('PolicySource keeps the policies of organizations apart', async () => {
  await readOnPage(found(GOOD), 'fabrikam');
  expect(await readOnPage(unreadable, 'contoso')).toEqual({ policy: undefined, problem: 'unavailable' });
  await readOnPage(found(GOOD), '');
  expect(localStorage).toHaveLength(1);
});

test('PolicySource forgets a policy that was removed', async () => {
  await readOnPage(found(GOOD));
  await readOnPage(found(undefined));
  expect(await readOnPage(unreadable)).toEqual({ policy: undefined, problem: 'unavailable' });
});

test('PolicySource reads without a remembered policy where the browser stores nothing', async () => {
  for (const method of ['getItem', 'setItem', 'removeItem'] as const)
    jest.spyOn(Storage.prototype, method).mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
  expect(await readOnPage(found(GOOD))).toEqual(current(5));
  expect(await readOnPage(found(undefined))).toEqual({ policy: undefined });
  expect(await readOnPage(unreadable)).toEqual({ policy: undefined, problem: 'unavailable' });
});

test('PolicySource has no policy if the page does not tell its project', async () => {
  const source = createPolicySource({
    documents: { read: found(GOOD) },
    project: unreadable,
    storage: createBrowserPolicyStorage(() => 'fabrikam'),
  });
  expect(await source.read()).toEqual({ policy: undefined, problem: 'unavailable' });
});

test('PolicySource reports nothing for a host without extension data, unless it has had a policy', async () => {
  expect(await readOnPage(silent)).toEqual({ policy: undefined });
  await readOnPage(found(GOOD));
  expect(await readOnPage(silent)).toEqual({ ...maxFiles(5), problem: 'unavailable' });
});
