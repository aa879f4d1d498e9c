import type { FormEvent, Host } from '../../../../src/azure/host/host';
import { createSdkHost, readExtensionData, upgradeToHttps } from '../../../../src/azure/host/sdk-host';
import { flush, rejectionOf } from '../../../helpers/deferred';
import type * as FakeSdk from './fake-sdk';
import {
  afterTimeout,
  FULL_ID,
  hostFailure,
  NEVER,
  panelOpens,
  refusing,
  sdk,
  serve,
  unheardDuring,
  setUpFakeSdk,
} from './fake-sdk';

jest.mock('azure-devops-extension-sdk', () => jest.requireActual<typeof FakeSdk>('./fake-sdk').sdk);

setUpFakeSdk();

const FORM_NAVIGATION = 'ms.vss-work-web.work-item-form-navigation-service';

function serveLocation(location: object): void {
  serve({ 'ms.vss-features.location-service': location });
}

describe('connect', () => {
  const registeredIds = (): string[] => sdk.register.mock.calls.map(([id]) => id);

  test('registers the form object under both ids before the handshake', async () => {
    const order: string[] = [];
    sdk.register.mockImplementation((id) => void order.push(`register ${id}`));
    sdk.init.mockImplementation(() => {
      order.push('init');
      return Promise.resolve();
    });
    await createSdkHost('form-group').connect(() => undefined);
    expect(order).toEqual(['register form-group', `register ${FULL_ID}`, 'init', `register ${FULL_ID}`]);
    expect(sdk.init.mock.calls).toEqual([[{ loaded: false }]]);
  });

  test('registers under the id used by the host', async () => {
    sdk.getContributionId.mockReturnValue('other.stapler-dev.form-group');
    await createSdkHost('form-group').connect(() => undefined);
    expect(registeredIds()).toEqual(['form-group', FULL_ID, 'other.stapler-dev.form-group']);
    expect(new Set(sdk.register.mock.calls.map(([, instance]) => instance)).size).toBe(1);
  });

  test('works without an id from the host', async () => {
    sdk.getContributionId.mockImplementation(() => {
      throw new Error('Attempted to call getContributionId() before init() was complete.');
    });
    await createSdkHost('form-group').connect(() => undefined);
    expect(registeredIds()).toEqual(['form-group', FULL_ID]);
  });

  test('stays pending without a response', async () => {
    sdk.init.mockReturnValue(NEVER);
    const connected = jest.fn();
    void createSdkHost('form-group')
      .connect(() => undefined)
      .then(connected);
    await flush();
    expect(connected).not.toHaveBeenCalled();
    expect(registeredIds()).toEqual(['form-group', FULL_ID]);
  });

  test('tells the host to show the frame and ignores a refusal', async () => {
    sdk.notifyLoadSucceeded.mockRejectedValue(new Error('Gone.'));
    createSdkHost('form-group').loadSucceeded();
    await flush();
    expect(sdk.notifyLoadSucceeded).toHaveBeenCalledTimes(1);
  });
});

describe('form object', () => {
  /** Fires one host event and returns the events passed on. */
  function told(name: string, args: object): FormEvent[] {
    const events: FormEvent[] = [];
    void createSdkHost('form-group').connect((event) => events.push(event));
    const form = sdk.register.mock.calls[0]![1] as Record<string, (args: object) => void>;
    form[name]!(args);
    return events;
  }

  test.each([
    [
      'onLoaded',
      { id: 7, isNew: false, isReadOnly: true },
      { type: 'loaded', workItemId: 7, isNew: false, isReadOnly: true },
    ],
    [
      'onLoaded',
      { id: 0, isNew: true, isReadOnly: false },
      { type: 'loaded', workItemId: 0, isNew: true, isReadOnly: false },
    ],
    ['onLoaded', { id: 7 }, { type: 'loaded', workItemId: 7, isNew: false, isReadOnly: false }],
    ['onSaved', { id: 7 }, { type: 'saved', workItemId: 7 }],
    ['onRefreshed', { id: 7 }, { type: 'refreshed', workItemId: 7 }],
    ['onReset', { id: 7 }, { type: 'reset', workItemId: 7 }],
    ['onUnloaded', { id: -3 }, { type: 'unloaded', workItemId: -3 }],
    ['onFieldChanged', { id: 7, changedFields: {} }, { type: 'changed', workItemId: 7 }],
    [
      'onFieldChanged',
      { id: 7, changedFields: { 'System.Rev': 2, 'System.State': 'Active' } },
      { type: 'changed', workItemId: 7 },
    ],
  ])('passes on %s with %j', (name, args, event) => {
    expect(told(name, args)).toEqual([event]);
  });

  test('ignores changes of fields that only the service sets', () => {
    const changedFields = {
      'System.Id': 31,
      'System.Rev': 1,
      'System.ChangedDate': '',
      'System.CreatedBy': {},
    };
    expect(told('onFieldChanged', { id: 31, changedFields })).toEqual([]);
  });
});

describe('getToken', () => {
  test('requests a token each time', async () => {
    sdk.getAccessToken.mockResolvedValueOnce('one').mockResolvedValueOnce('two');
    const host = createSdkHost('form-group');
    expect([await host.getToken(), await host.getToken()]).toEqual(['one', 'two']);
  });

  test.each([
    ['nothing', () => Promise.resolve(undefined)],
    ['an empty one', () => Promise.resolve('')],
    ['something else', () => Promise.resolve({ token: 'x' })],
    ['a refusal', () => Promise.reject(new TypeError('token is undefined'))],
  ])('rejects with signed-out when the token is %s', async (_, answer) => {
    sdk.getAccessToken.mockImplementation(answer as () => Promise<string>);
    expect(await rejectionOf(createSdkHost('form-group').getToken())).toMatchObject({ kind: 'signed-out' });
  });

  test('rejects with a host failure when the host cannot renew the token', async () => {
    // Errors of the host are plain objects (host reference 6.2).
    sdk.getAccessToken.mockRejectedValue({ message: 'TF400893: Unable to contact the server.' });
    expect(await rejectionOf(createSdkHost('form-group').getToken())).toMatchObject({ kind: 'host-silent' });
  });

  test('rejects with a host timeout without a response', async () => {
    sdk.getAccessToken.mockReturnValue(NEVER);
    const asked = rejectionOf(createSdkHost('form-group').getToken());
    expect(await afterTimeout(asked)).toMatchObject({ kind: 'host-silent' });
  });
});

describe('upgradeToHttps', () => {
  const page = (protocol: string, hostname: string, port = '') => ({ protocol, hostname, port });

  test.each([
    ['http://tfs.corp/tfs/Main/', page('https:', 'tfs.corp'), 'https://tfs.corp/tfs/Main/'],
    ['http://tfs.corp:8080/tfs/Main/', page('https:', 'tfs.corp'), 'https://tfs.corp/tfs/Main/'],
    ['http://tfs.corp:8080/tfs/Main/', page('https:', 'tfs.corp', '8443'), 'https://tfs.corp:8443/tfs/Main/'],
    ['http://TFS.corp/tfs/Main/', page('https:', 'tfs.corp', '8443'), 'https://tfs.corp:8443/tfs/Main/'],
    ['http://tfs.corp:9090/tfs/Main/', page('https:', 'tfs.corp'), 'https://tfs.corp:9090/tfs/Main/'],
  ])('upgrades %s on the page %j', (url, on, upgraded) => {
    expect(upgradeToHttps(url, on)).toBe(upgraded);
  });

  test.each([
    ['http://tfs.corp:8080/tfs/Main', page('http:', 'tfs.corp', '8080')],
    ['http://other.corp/tfs/Main', page('https:', 'tfs.corp')],
    ['https://dev.azure.com/fabrikam', page('https:', 'ms.gallerycdn.vsassets.io')],
  ])('leaves %s alone on the page %j', (url, on) => {
    expect(upgradeToHttps(url, on)).toBe(url);
  });
});

describe('getBaseUrl', () => {
  const AREA = '5264459e-e5e0-4bd8-b118-0985e68a4ec5';

  test('returns the URL of Work Item Tracking, requested once', async () => {
    const getResourceAreaLocation = jest.fn(() => Promise.resolve('https://dev.azure.com/fabrikam/'));
    serveLocation({ getResourceAreaLocation });
    const host = createSdkHost('form-group');
    expect(await Promise.all([host.getBaseUrl(), host.getBaseUrl()])).toEqual([
      'https://dev.azure.com/fabrikam/',
      'https://dev.azure.com/fabrikam/',
    ]);
    expect(getResourceAreaLocation.mock.calls).toEqual([[AREA]]);
  });

  test.each([
    ['refused', () => Promise.reject(new Error('No such area.'))],
    ['not answered', () => NEVER],
    // A rejection without a value arrives as an empty response (host reference 6.2).
    ['answered with nothing', () => Promise.resolve(undefined)],
    ['a question that the service does not know', undefined],
  ])('returns the URL of the organization when that is %s', async (_, getResourceAreaLocation) => {
    const getServiceLocation = () => Promise.resolve('https://tfs/Collection/');
    serveLocation({ getResourceAreaLocation, getServiceLocation });
    expect(await afterTimeout(createSdkHost('form-group').getBaseUrl())).toBe('https://tfs/Collection/');
  });

  test.each([
    [
      'both are refused',
      {
        getResourceAreaLocation: () => Promise.reject(new Error()),
        getServiceLocation: () => Promise.reject(new Error()),
      },
    ],
    [
      'both are nothing',
      {
        getResourceAreaLocation: () => Promise.resolve(undefined),
        getServiceLocation: () => Promise.resolve(undefined),
      },
    ],
    [
      'it is no web address',
      {
        getResourceAreaLocation: () => Promise.resolve('/tfs/Collection'),
        getServiceLocation: () => Promise.resolve(''),
      },
    ],
  ])('rejects when %s', async (_, location) => {
    serveLocation(location);
    expect(await rejectionOf(createSdkHost('form-group').getBaseUrl())).toMatchObject({
      kind: 'host-silent',
    });
  });

  test('rejects without a location service', async () => {
    serve({});
    expect(await rejectionOf(createSdkHost('form-group').getBaseUrl())).toMatchObject({
      kind: 'host-silent',
      message: 'Azure DevOps has no service ms.vss-features.location-service.',
    });
  });

  test('requests the URL again after a failure', async () => {
    serve({});
    const host = createSdkHost('form-group');
    await rejectionOf(host.getBaseUrl());
    serveLocation({ getResourceAreaLocation: () => Promise.resolve('https://h/') });
    expect(await host.getBaseUrl()).toBe('https://h/');
  });
});

describe('reloadPage', () => {
  const NAVIGATION = 'ms.vss-features.host-navigation-service';

  test('reloads the page of the host, and does nothing if the host cannot', async () => {
    const reload = jest.fn();
    serve({ [NAVIGATION]: { reload } });
    createSdkHost('form-group').reloadPage();
    await flush();
    expect(reload).toHaveBeenCalledTimes(1);
    serve({});
    expect(() => createSdkHost('form-group').reloadPage()).not.toThrow();
    await flush();
  });
});

describe('openInNewTab', () => {
  const NAVIGATION = 'ms.vss-features.host-navigation-service';
  const open = (): Promise<void> => createSdkHost('gallery-page').openInNewTab('https://h/a');

  test('uses the page of the host', async () => {
    const openNewWindow = jest.fn();
    serve({ [NAVIGATION]: { openNewWindow } });
    await open();
    expect(openNewWindow.mock.calls).toEqual([['https://h/a', '']]);
  });

  test.each<[string, () => void]>([
    ['has no such service', () => serve({})],
    ['refuses', () => serve({ [NAVIGATION]: { openNewWindow: refusing(hostFailure('No.')) } })],
  ])('rejects if the host %s', async (_, prepare) => {
    prepare();
    expect(await rejectionOf(open())).toMatchObject({ kind: 'host-silent' });
  });
});

describe.each([
  [
    'a work item to be opened',
    'ms.vss-work-web.work-item-form-navigation-service',
    'openWorkItem',
    (host: Host) => host.openWorkItem(7),
    [7],
  ],
  [
    'a message that outlives the frame',
    'ms.vss-tfs-web.tfs-global-messages-service',
    'addToast',
    (host: Host) => host.showToast('Done.'),
    [{ message: 'Done.', duration: 6000 }],
  ],
] as const)('createSdkHost, %s', (_, id, method, ask, args) => {
  const call = async (): Promise<void> => {
    ask(createSdkHost('form-group'));
    await jest.advanceTimersByTimeAsync(60_000);
  };

  test('calls the service', async () => {
    const service = { [method]: jest.fn() };
    serve({ [id]: service });
    await call();
    expect(service[method]!.mock.calls).toEqual([args]);
  });

  test.each<[string, () => void]>([
    ['has no such service', () => serve({})],
    ['has a service that cannot do it', () => serve({ [id]: {} })],
    ['refuses', () => serve({ [id]: { [method]: refusing(hostFailure('No.')) } })],
    ['refuses with nothing', () => serve({ [id]: { [method]: refusing() } })],
    ['refuses the service', () => sdk.getService.mockRejectedValue(hostFailure())],
    ['never answers', () => sdk.getService.mockReturnValue(NEVER)],
  ])('does nothing if the host %s', async (_what, prepare) => {
    prepare();
    expect(await unheardDuring(call)).toBe(false);
  });

  test('waits for a late service', async () => {
    const service = { [method]: jest.fn() };
    sdk.getService.mockImplementation(
      () => new Promise((resolve) => setTimeout(() => resolve(service), 5000)),
    );
    await call();
    expect(service[method]).toHaveBeenCalledTimes(1);
  });
});

test.each<[string, object]>([
  ['has no service for it', {}],
  ['has a service that cannot do it', { [FORM_NAVIGATION]: {} }],
  ['refuses', { [FORM_NAVIGATION]: { openWorkItem: refusing(hostFailure('No.')) } }],
])('openWorkItem opens the page of the work item in a new window if the host %s', async (_, services) => {
  const openNewWindow = jest.fn();
  serve({
    ...services,
    'ms.vss-features.host-navigation-service': { openNewWindow },
    'ms.vss-features.location-service': {
      getResourceAreaLocation: () => Promise.resolve('https://tfs.contoso.com/tfs/DefaultCollection/'),
    },
  });
  // Called without its object, as sessions do.
  const { openWorkItem } = createSdkHost('bulk-panel');
  openWorkItem(7);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(openNewWindow.mock.calls).toEqual([
    ['https://tfs.contoso.com/tfs/DefaultCollection/_workitems/edit/7', ''],
  ]);
});

test('openWorkItem opens one page if the form answers late', async () => {
  const openNewWindow = jest.fn();
  const openWorkItem = jest.fn(() => NEVER);
  serve({
    [FORM_NAVIGATION]: { openWorkItem },
    'ms.vss-features.host-navigation-service': { openNewWindow },
  });
  createSdkHost('bulk-panel').openWorkItem(7);
  await jest.advanceTimersByTimeAsync(60_000);
  expect([openWorkItem.mock.calls, openNewWindow.mock.calls]).toEqual([[[7]], []]);
});

describe('openBulkPanel', () => {
  const MISSING = /^Azure DevOps didn't open the panel\. Reload the page/;

  /** Opens the panel of work item 7 and returns the toasts. */
  async function toastsAfter(
    openPanel: (id: unknown, options: { onClose: () => void }) => unknown,
  ): Promise<string[]> {
    const addToast = jest.fn<undefined, [{ message: string }]>();
    serve({
      'ms.vss-features.host-page-layout-service': { openPanel },
      'ms.vss-tfs-web.tfs-global-messages-service': { addToast },
    });
    createSdkHost('form-group').openBulkPanel([7]);
    await jest.advanceTimersByTimeAsync(60_000);
    return addToast.mock.calls.map(([{ message }]) => message);
  }

  test('shows no toast if the panel confirms', async () => {
    expect(await toastsAfter(panelOpens)).toEqual([]);
  });

  test('shows no toast if the person closes the panel before it has loaded', async () => {
    const closed = (_id: unknown, { onClose }: { onClose: () => void }): void => onClose();
    expect(await toastsAfter(closed)).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    ['answers and shows nothing', () => Promise.resolve()],
    ['refuses', refusing(hostFailure('No.'))],
    ['never answers', () => NEVER],
  ])('explains a missing panel in a toast if the host %s', async (_, openPanel) => {
    expect(await toastsAfter(openPanel)).toEqual([expect.stringMatching(MISSING)]);
  });
});

describe('readSetting and writeSetting', () => {
  /** A host with settings, and the calls it received. */
  function serveData(answers: Partial<Record<'getValue' | 'setValue', () => Promise<unknown>>> = {}) {
    const manager = {
      getValue: jest.fn(answers.getValue ?? (() => Promise.resolve('attach-now'))),
      setValue: jest.fn(answers.setValue ?? (() => Promise.resolve('attach-now'))),
    };
    const getExtensionDataManager = jest.fn(() => Promise.resolve(manager));
    serve({ 'ms.vss-features.extension-data-service': { getExtensionDataManager } });
    return { ...manager, getExtensionDataManager };
  }

  test('readExtensionData asks for a value and stores nothing', async () => {
    const { getValue, setValue } = serveData({ getValue: () => Promise.resolve(undefined) });
    await readExtensionData();
    expect([getValue.mock.calls.length, setValue.mock.calls.length]).toEqual([1, 0]);
  });

  test('readExtensionData rejects if the host refuses', async () => {
    serveData({ getValue: refusing(hostFailure('No.')) });
    await expect(readExtensionData()).rejects.toThrow('a setting');
  });

  test('read a value of this user', async () => {
    const { getValue, getExtensionDataManager } = serveData();
    expect(await createSdkHost('form-group').readSetting('unsaved-edits')).toBe('attach-now');
    expect(getExtensionDataManager.mock.calls).toEqual([['fabrikam.stapler', 'token']]);
    expect(getValue.mock.calls).toEqual([['unsaved-edits', { scopeType: 'User' }]]);
  });

  test('store a value of this user', async () => {
    const { setValue } = serveData();
    createSdkHost('form-group').writeSetting('unsaved-edits', 'wait');
    await flush();
    expect(setValue.mock.calls).toEqual([['unsaved-edits', 'wait', { scopeType: 'User' }]]);
  });

  test('request a fresh token each time', async () => {
    const { getExtensionDataManager } = serveData();
    sdk.getAccessToken.mockResolvedValueOnce('one').mockResolvedValueOnce('two');
    const host = createSdkHost('form-group');
    await host.readSetting('unsaved-edits');
    await host.readSetting('unsaved-edits');
    expect(getExtensionDataManager.mock.calls.map((args: unknown[]) => args[1])).toEqual(['one', 'two']);
  });

  const TROUBLES: [string, () => void][] = [
    ['has no place for them', () => serve({})],
    ['refuses the service', () => sdk.getService.mockRejectedValue(hostFailure('No.'))],
    ['gives no token', () => (serveData(), sdk.getAccessToken.mockRejectedValue(new TypeError('Token.')))],
    [
      'refuses',
      () =>
        serveData({
          getValue: refusing(hostFailure('No.')),
          setValue: refusing(hostFailure('No.')),
        }),
    ],
    ['refuses with nothing', () => serveData({ getValue: refusing(), setValue: refusing() })],
    ['never answers', () => serveData({ getValue: () => NEVER, setValue: () => NEVER })],
    ['never gives the service', () => sdk.getService.mockReturnValue(NEVER)],
    ['never gives a token', () => (serveData(), sdk.getAccessToken.mockReturnValue(NEVER))],
    [
      'never gives the place for them',
      () => serve({ 'ms.vss-features.extension-data-service': { getExtensionDataManager: () => NEVER } }),
    ],
  ];

  test.each([
    ...TROUBLES,
    ['knows none', () => void serveData({ getValue: () => Promise.resolve(undefined) })],
    ['knows something else', () => void serveData({ getValue: () => Promise.resolve({ a: 1 }) })],
  ] as [string, () => void][])('return undefined if the host %s', async (_, prepare) => {
    prepare();
    expect(await afterTimeout(createSdkHost('form-group').readSetting('unsaved-edits'))).toBeUndefined();
  });

  test.each(TROUBLES)('ignore a failed write if the host %s', async (_, prepare) => {
    prepare();
    const write = async (): Promise<void> => {
      createSdkHost('form-group').writeSetting('unsaved-edits', 'wait');
      await jest.advanceTimersByTimeAsync(60_000);
    };
    expect(await unheardDuring(write)).toBe(false);
  });
});

test('resize requests only the height of the frame', () => {
  createSdkHost('form-group').resize(240);
  expect(sdk.resize.mock.calls).toEqual([[undefined, 240]]);
});

describe('getAttachmentLimit', () => {
  test.each([
    ['100 on Azure DevOps Services', { isHosted: true }, 100],
    ['100 if the host does not say', {}, 100],
    ['no number on Azure DevOps Server', { isHosted: false }, Infinity],
  ])('returns %s', (_, facts, limit) => {
    sdk.getHost.mockReturnValue(facts);
    expect(createSdkHost('form-group').getAttachmentLimit()).toBe(limit);
  });
});

describe('getPerson', () => {
  test.each([
    [
      'as the host says',
      { id: 'd291', descriptor: 'aad.YTkz', name: 'x' },
      { id: 'd291', descriptor: 'aad.YTkz' },
    ],
    ['by id alone on a server', { id: 'd291' }, { id: 'd291', descriptor: '' }],
  ])('returns the user %s', (_, user, person) => {
    sdk.getUser.mockReturnValue(user);
    expect(createSdkHost('form-group').getPerson()).toEqual(person);
  });

  test('returns an unknown user before the handshake', () => {
    sdk.getUser.mockImplementation(() => {
      throw new Error('Attempted to call getUser() before init() was complete.');
    });
    expect(createSdkHost('form-group').getPerson()).toEqual({ id: '', descriptor: '' });
  });
});
