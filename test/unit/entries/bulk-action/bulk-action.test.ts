/** @jest-environment jsdom */
import type * as FakeSdk from '../../azure/host/fake-sdk';
import { sdk, setUpFakeSdk } from '../../azure/host/fake-sdk';

jest.mock(
  'azure-devops-extension-sdk',
  () => jest.requireActual<typeof FakeSdk>('../../azure/host/fake-sdk').sdk,
);

setUpFakeSdk();

test('bulk-action registers both actions before the handshake and shows the frame at once', async () => {
  const order: string[] = [];
  sdk.register.mockImplementation((id) => void order.push(id));
  sdk.init.mockImplementation((options) => {
    order.push(JSON.stringify(options));
    return Promise.resolve();
  });
  sdk.notifyLoadSucceeded.mockImplementation(() => {
    order.push('loaded');
    return Promise.resolve();
  });
  await import('../../../../src/entries/bulk-action/bulk-action');
  await jest.advanceTimersByTimeAsync(0);
  expect(order).toEqual([
    'bulk-action',
    'fabrikam.stapler.bulk-action',
    'bulk-action-query-toolbar',
    'fabrikam.stapler.bulk-action-query-toolbar',
    '{"loaded":false}',
    // Contribution id used by the host.
    'fabrikam.stapler.form-group',
    'loaded',
  ]);
  const objects = new Set(sdk.register.mock.calls.map(([, object]) => object));
  expect([...objects]).toEqual([{ execute: expect.any(Function) as unknown }]);
});
