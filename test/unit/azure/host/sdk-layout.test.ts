import { workItemsOfPanel } from '../../../../src/azure/host/sdk-layout';
import type * as FakeSdk from './fake-sdk';
import { sdk, setUpFakeSdk } from './fake-sdk';

jest.mock('azure-devops-extension-sdk', () => jest.requireActual<typeof FakeSdk>('./fake-sdk').sdk);

setUpFakeSdk();

test.each<[string, object, number[]]>([
  ['as it was opened with', { workItemIds: [8, 12], panel: {} }, [8, 12]],
  ['without those that are no numbers', { workItemIds: [8, '9', null, 1.5] }, [8]],
  ['empty in a page that is no panel', {}, []],
  ['empty where something else is told', { workItemIds: '8' }, []],
])('workItemsOfPanel returns the selection %s', (_, configuration, ids) => {
  sdk.getConfiguration.mockReturnValue(configuration);
  expect(workItemsOfPanel()).toEqual(ids);
});
