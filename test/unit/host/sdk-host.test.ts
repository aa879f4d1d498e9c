import * as SDK from 'azure-devops-extension-sdk';
import type { FormEvent } from '../../../src/host/host';
import { createSdkHost } from '../../../src/host/sdk-host';
import { HOST_PATIENCE_MS } from '../../../src/host/time-out';
import { createDeferred, flush, rejectionOf } from '../../helpers/deferred';

jest.mock('azure-devops-extension-sdk', () => ({
  init: jest.fn(),
  register: jest.fn(),
  getContributionId: jest.fn(),
  notifyLoadSucceeded: jest.fn(),
  getAccessToken: jest.fn(),
  getService: jest.fn(),
  resize: jest.fn(),
}));

const sdk = jest.mocked(SDK);
const FULL_ID = 'fabrikam.stapler.form-group';
const NEVER = new Promise<never>(() => undefined);

beforeEach(() => {
  jest.useFakeTimers();
  jest.resetAllMocks();
  Object.assign(globalThis, { EXTENSION_ID: 'fabrikam.stapler' });
  sdk.init.mockResolvedValue();
  sdk.getContributionId.mockReturnValue(FULL_ID);
});
afterEach(() => jest.useRealTimers());

/** Lets the host answer each service id with the object named here. */
function serve(services: Record<string, unknown>): void {
  sdk.getService.mockImplementation((id) => Promise.resolve(services[id] as never));
}

function serveForm(form: object): void {
  serve({ 'ms.vss-work-web.work-item-form': form });
}

function serveLocation(location: object): void {
  serve({ 'ms.vss-features.location-service': location });
}

/** What `work` settles to once the host's patience has ended. */
async function afterPatience<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(3 * HOST_PATIENCE_MS);
  return work;
}

describe('connecting', () => {
  const registeredIds = (): string[] => sdk.register.mock.calls.map(([id]) => id);

  test('registers the form object under both ids before the host is spoken to', async () => {
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

  test('registers under the id that the host calls it by', async () => {
    sdk.getContributionId.mockReturnValue('other.stapler-dev.form-group');
    await createSdkHost('form-group').connect(() => undefined);
    expect(registeredIds()).toEqual(['form-group', FULL_ID, 'other.stapler-dev.form-group']);
    expect(new Set(sdk.register.mock.calls.map(([, instance]) => instance)).size).toBe(1);
  });

  test('does without the id when the host tells none', async () => {
    sdk.getContributionId.mockImplementation(() => {
      throw new Error('Attempted to call getContributionId() before init() was complete.');
    });
    await createSdkHost('form-group').connect(() => undefined);
    expect(registeredIds()).toEqual(['form-group', FULL_ID]);
  });

  test('is pending as long as the host says nothing', async () => {
    sdk.init.mockReturnValue(NEVER);
    const connected = jest.fn();
    void createSdkHost('form-group')
      .connect(() => undefined)
      .then(connected);
    await flush();
    expect(connected).not.toHaveBeenCalled();
    expect(registeredIds()).toEqual(['form-group', FULL_ID]);
  });

  test('tells that it may be shown, and minds no refusal', async () => {
    sdk.notifyLoadSucceeded.mockRejectedValue(new Error('Gone.'));
    createSdkHost('form-group').loadSucceeded();
    await flush();
    expect(sdk.notifyLoadSucceeded).toHaveBeenCalledTimes(1);
  });
});

describe('the form object', () => {
  /** Fires one event of the host, and returns what was told. */
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
  ])('%s with %j', (name, args, event) => {
    expect(told(name, args)).toEqual([event]);
  });
});

describe('a token', () => {
  test('is asked for each time', async () => {
    sdk.getAccessToken.mockResolvedValueOnce('one').mockResolvedValueOnce('two');
    const host = createSdkHost('form-group');
    expect([await host.getToken(), await host.getToken()]).toEqual(['one', 'two']);
  });

  test.each([
    ['nothing', () => Promise.resolve(undefined)],
    ['an empty one', () => Promise.resolve('')],
    ['something else', () => Promise.resolve({ token: 'x' })],
    ['a refusal', () => Promise.reject(new TypeError('token is undefined'))],
  ])('that is %s means signed out', async (_, answer) => {
    sdk.getAccessToken.mockImplementation(answer as () => Promise<string>);
    expect(await rejectionOf(createSdkHost('form-group').getToken())).toMatchObject({ kind: 'signed-out' });
  });

  test('that never comes is a silent host', async () => {
    sdk.getAccessToken.mockReturnValue(NEVER);
    const asked = rejectionOf(createSdkHost('form-group').getToken());
    expect(await afterPatience(asked)).toMatchObject({ kind: 'host-silent' });
  });
});

describe('the base URL', () => {
  const AREA = '5264459e-e5e0-4bd8-b118-0985e68a4ec5';

  test('is the one of Work Item Tracking, asked for once', async () => {
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
    // A rejection with nothing arrives as an answer without a value (host reference 6.2).
    ['answered with nothing', () => Promise.resolve(undefined)],
    ['a question that the service does not know', undefined],
  ])('is the one of the organisation when that is %s', async (_, getResourceAreaLocation) => {
    const getServiceLocation = () => Promise.resolve('https://tfs/Collection/');
    serveLocation({ getResourceAreaLocation, getServiceLocation });
    expect(await afterPatience(createSdkHost('form-group').getBaseUrl())).toBe('https://tfs/Collection/');
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
  ])('is an error when %s', async (_, location) => {
    serveLocation(location);
    expect(await rejectionOf(createSdkHost('form-group').getBaseUrl())).toMatchObject({
      kind: 'host-silent',
    });
  });

  test('is an error when there is no location service', async () => {
    serve({});
    expect(await rejectionOf(createSdkHost('form-group').getBaseUrl())).toMatchObject({
      kind: 'host-silent',
      message: 'Azure DevOps has no service ms.vss-features.location-service.',
    });
  });

  test('is asked for again after a failure', async () => {
    serve({});
    const host = createSdkHost('form-group');
    await rejectionOf(host.getBaseUrl());
    serveLocation({ getResourceAreaLocation: () => Promise.resolve('https://h/') });
    expect(await host.getBaseUrl()).toBe('https://h/');
  });
});

describe('a refresh of the form', () => {
  interface Answers {
    readonly id?: () => Promise<unknown>;
    readonly dirty?: () => Promise<unknown>;
    readonly refresh?: () => Promise<unknown>;
  }

  function serveAnswers({
    id = () => Promise.resolve(7),
    dirty = () => Promise.resolve(false),
    refresh = () => Promise.resolve(),
  }: Answers): jest.Mock {
    const refreshing = jest.fn(refresh);
    serveForm({ getId: id, isDirty: dirty, refresh: refreshing });
    return refreshing;
  }

  test.each<[string, string, Answers, number]>([
    ['a clean form', 'refreshed', {}, 1],
    ['a form with unsaved edits', 'unsaved-edits', { dirty: () => Promise.resolve(true) }, 0],
    [
      'a form that does not say whether it has edits',
      'unsaved-edits',
      { dirty: () => Promise.resolve(undefined) },
      0,
    ],
    ['a form with another item', 'other-item', { id: () => Promise.resolve(8) }, 0],
    [
      'a form with another item and edits',
      'other-item',
      { id: () => Promise.resolve(8), dirty: () => Promise.resolve(true) },
      0,
    ],
    ['a form that does not say which item it has', 'other-item', { id: () => Promise.resolve(undefined) }, 0],
    ['no form', 'failed', { id: () => Promise.reject(new Error('Active work item does not exist.')) }, 0],
    ['a form that refuses to tell of edits', 'failed', { dirty: () => Promise.reject(new Error()) }, 0],
    [
      'a form that refuses to refresh',
      'failed',
      { refresh: () => Promise.reject(new Error('Cancelled.')) },
      1,
    ],
    ['a form that never tells its item', 'failed', { id: () => NEVER }, 0],
    ['a form that never tells of edits', 'failed', { dirty: () => NEVER }, 0],
    ['a form that never finishes', 'failed', { refresh: () => NEVER }, 1],
  ])('of %s: %s', async (_, outcome, answers, refreshes) => {
    const refreshing = serveAnswers(answers);
    expect(await afterPatience(createSdkHost('form-group').refreshForm(7))).toBe(outcome);
    expect(refreshing).toHaveBeenCalledTimes(refreshes);
  });

  test.each([
    ['is missing', () => Promise.resolve(undefined)],
    ['is refused', () => Promise.reject(new Error('Gone.'))],
    ['never comes', () => NEVER],
  ])('fails when the form service %s', async (_, getService) => {
    sdk.getService.mockImplementation(getService);
    expect(await afterPatience(createSdkHost('form-group').refreshForm(7))).toBe('failed');
  });

  test('fails by a form that lacks a question, and leaves the other one with nobody to answer to', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    serveForm({ getId: () => NEVER });
    expect(await afterPatience(createSdkHost('form-group').refreshForm(7))).toBe('failed');
    jest.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('does not ask the form to refresh before both answers are there', async () => {
    const dirty = createDeferred<unknown>();
    const refreshing = serveAnswers({ dirty: () => dirty.promise });
    const refreshed = createSdkHost('form-group').refreshForm(7);
    await flush();
    expect(refreshing).not.toHaveBeenCalled();
    dirty.resolve(false);
    expect(await refreshed).toBe('refreshed');
  });
});

describe('the type of the item', () => {
  test('is asked of the form', async () => {
    const getFieldValue = jest.fn(() => Promise.resolve('User Story'));
    serveForm({ getFieldValue });
    expect(await createSdkHost('form-group').getFormItemType()).toBe('User Story');
    expect(getFieldValue.mock.calls).toEqual([['System.WorkItemType', { returnOriginalValue: false }]]);
  });

  test.each([
    ['is none', () => Promise.resolve(undefined)],
    ['is no text', () => Promise.resolve(7)],
    ['is refused', () => Promise.reject(new Error('No item.'))],
    ['never comes', () => NEVER],
  ])('is empty when it %s', async (_, getFieldValue) => {
    serveForm({ getFieldValue });
    expect(await afterPatience(createSdkHost('form-group').getFormItemType())).toBe('');
  });

  test('is empty without a form service', async () => {
    serve({});
    expect(await createSdkHost('form-group').getFormItemType()).toBe('');
  });
});

test('only the height of the frame is asked for', () => {
  createSdkHost('form-group').resize(240);
  expect(sdk.resize.mock.calls).toEqual([[undefined, 240]]);
});
