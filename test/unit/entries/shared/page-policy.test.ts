/** @jest-environment jsdom */
import { createPagePolicy } from '../../../../src/entries/shared/page-policy';

const openPagePolicy = jest.fn();
jest.mock('../../../../src/entries/shared/open-page-policy', () => ({
  openPagePolicy: (...args: unknown[]) => openPagePolicy(...args) as unknown,
}));

test('The policy of a page is opened with the first read, and shared', async () => {
  const read = jest.fn(() => Promise.resolve({ policy: undefined }));
  openPagePolicy.mockReturnValue({ read });
  const policy = createPagePolicy({ getOrganization: () => 'fabrikam' });
  expect(openPagePolicy).not.toHaveBeenCalled();
  expect(await Promise.all([policy.read(), policy.read()])).toEqual([
    { policy: undefined },
    { policy: undefined },
  ]);
  expect(openPagePolicy).toHaveBeenCalledTimes(1);
});

test('The policy of a page is unavailable if its code cannot be loaded, until the next read', async () => {
  openPagePolicy.mockImplementationOnce(() => {
    throw new Error('The part is gone.');
  });
  const policy = createPagePolicy({ getOrganization: () => 'fabrikam' });
  expect(await policy.read()).toEqual({ policy: undefined, problem: 'unavailable' });
  openPagePolicy.mockReturnValue({ read: () => Promise.resolve({ policy: undefined }) });
  expect(await policy.read()).toEqual({ policy: undefined });
});

test('The policy of a page hides the parts that it switches off, once it is read', async () => {
  const reading = { policy: { hiddenParts: new Set(['hub']) } };
  openPagePolicy.mockReturnValue({ read: () => Promise.resolve(reading) });
  const policy = createPagePolicy({ getOrganization: () => 'fabrikam' });
  expect(policy.isHidden('hub')).toBe(false);
  await policy.read();
  expect([policy.isHidden('hub'), policy.isHidden('previews')]).toEqual([true, false]);
});
