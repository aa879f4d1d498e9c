import { createHubStart, type HubStartOptions } from '../../../../src/entries/shared/hub-start';
import { HostError } from '../../../../src/base/errors';
import { createDeferred, flush } from '../../../helpers/deferred';

const project = { id: 'p1', name: 'Fabrikam' };

function hubWith(change: Partial<HubStartOptions<string>> = {}) {
  const events: string[] = [];
  let onTimeout = (): void => undefined;
  const hub = createHubStart<string>({
    host: {
      connect() {
        events.push('connect');
        return Promise.resolve();
      },
      loadSucceeded: () => void events.push('loadSucceeded'),
    },
    readProject: () => Promise.resolve(project),
    compose: ({ name }) => `session of ${name}`,
    onConnected: () => void events.push('onConnected'),
    onHostTimeout: (callback) => void (onTimeout = callback),
    ...change,
  });
  return { hub, events, timeOut: () => onTimeout() };
}

test('The hub opens the session of the project after the host has responded', async () => {
  const { hub, events } = hubWith();
  expect(hub.getSnapshot()).toEqual({ status: 'connecting' });
  await hub.start();
  expect(hub.getSnapshot()).toEqual({ status: 'open', session: 'session of Fabrikam' });
  expect(events).toEqual(['connect', 'onConnected', 'loadSucceeded']);
});

test('The hub says that the host is silent, and opens when it responds after all', async () => {
  const connected = createDeferred<undefined>();
  const { hub, timeOut } = hubWith({
    host: { connect: () => connected.promise, loadSucceeded: () => undefined },
  });
  const started = hub.start();
  timeOut();
  expect(hub.getSnapshot()).toEqual({ status: 'unresponsive' });
  connected.resolve(undefined);
  await started;
  expect(hub.getSnapshot()).toMatchObject({ status: 'open' });
});

test('The hub ignores the end of the time after it has opened', async () => {
  const { hub, timeOut } = hubWith();
  await hub.start();
  timeOut();
  expect(hub.getSnapshot()).toMatchObject({ status: 'open' });
});

test('The hub asks for the project again, without a second handshake', async () => {
  const readProject = jest.fn<Promise<typeof project>, []>();
  readProject.mockRejectedValueOnce(new HostError('No project.')).mockResolvedValue(project);
  const { hub, events } = hubWith({ readProject });
  await hub.start();
  expect(hub.getSnapshot()).toEqual({ status: 'without-project' });
  expect(events).toContain('loadSucceeded');
  await hub.start();
  expect(hub.getSnapshot()).toMatchObject({ status: 'open' });
  expect(events.filter((event) => event === 'connect')).toHaveLength(1);
});

test('The hub composes one session, however often it is started', async () => {
  const compose = jest.fn(() => 'session');
  const { hub } = hubWith({ compose });
  await hub.start();
  await hub.start();
  await flush();
  expect(compose).toHaveBeenCalledTimes(1);
});

test('A hub that the project has switched off composes no session, and leads to the settings', async () => {
  const compose = jest.fn();
  const { hub } = hubWith({
    compose,
    isSwitchedOff: () => Promise.resolve(true),
    findSettings: ({ name }) => Promise.resolve(`https://fabrikam.example/${name}`),
  });
  await hub.start();
  expect(hub.getSnapshot()).toEqual({
    status: 'switched-off',
    settingsUrl: 'https://fabrikam.example/Fabrikam',
  });
  expect(compose).not.toHaveBeenCalled();
});
