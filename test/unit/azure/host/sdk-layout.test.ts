import { attachedOfPanel, waitForMessage, workItemsOfPanel } from '../../../../src/azure/host/sdk-layout';
import type * as FakeSdk from './fake-sdk';
import { NEVER, sdk, serve, setUpFakeSdk } from './fake-sdk';

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

test('attachedOfPanel returns the attachments of the configuration, without anything else', () => {
  const attached = [{ workItemId: 7, attachmentId: 'a' }, { workItemId: '8', attachmentId: 'b' }, null, 'c'];
  sdk.getConfiguration.mockReturnValue({ attached });
  expect(attachedOfPanel()).toEqual([{ workItemId: 7, attachmentId: 'a' }]);
  sdk.getConfiguration.mockReturnValue({});
  expect(attachedOfPanel()).toEqual([]);
});

describe('waitForMessage', () => {
  type Open = (text: string, options: { onClose: () => void }) => unknown;

  function serveMessages(openMessageDialog: Open): void {
    serve({ 'ms.vss-features.host-page-layout-service': { openMessageDialog } });
  }

  test('waits until the person closes the message, although the host answers the call before', async () => {
    let close = (): void => undefined;
    serveMessages((_, { onClose }) => void (close = onClose));
    let isClosed = false;
    const waiting = waitForMessage('title', 'text', 60_000).then(() => (isClosed = true));
    await jest.advanceTimersByTimeAsync(30_000);
    expect(isClosed).toBe(false);
    close();
    await waiting;
    expect(isClosed).toBe(true);
  });

  test.each<[string, Open]>([
    ['never opens', () => NEVER],
    ['the host accepts and does not show', () => undefined],
  ])('rejects for a message that %s', async (_, open) => {
    serveMessages(open);
    const waiting = waitForMessage('title', 'text', 60_000);
    const outcome = expect(waiting).rejects.toMatchObject({ kind: 'host-silent' });
    await jest.advanceTimersByTimeAsync(60_000);
    await outcome;
  });

  test('rejects at once for a host without messages', async () => {
    serve({ 'ms.vss-features.host-page-layout-service': {} });
    await expect(waitForMessage('title', 'text', 60_000)).rejects.toMatchObject({ kind: 'host-silent' });
  });
});
