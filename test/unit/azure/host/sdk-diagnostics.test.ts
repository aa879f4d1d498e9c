/** @jest-environment jsdom */
import { readHostFacts } from '../../../../src/azure/host/sdk-diagnostics';

const host = { isHosted: false, serviceVersion: 'Dev19.M205.3', id: 'guid', name: 'Secret collection' };
const getHost = jest.fn<object, []>();

jest.mock('azure-devops-extension-sdk', () => ({
  getExtensionContext: () => ({ id: 'me.stapler', version: '0.1.0' }),
  getHost: () => getHost(),
  getUser: () => ({ displayName: 'Secret name' }),
}));

describe('readHostFacts', () => {
  test('names version and mode, and neither organization nor user', () => {
    getHost.mockReturnValue(host);
    const facts = readHostFacts();
    expect(facts).toMatchObject({ version: '0.1.0', mode: 'Server', serviceVersion: 'Dev19.M205.3' });
    expect(JSON.stringify(facts)).not.toMatch(/secret|guid/i);
  });

  test('takes a host without details as Services', () => {
    getHost.mockReturnValue({});
    expect(readHostFacts()).toMatchObject({ mode: 'Services', serviceVersion: undefined });
  });

  test('works before the host has answered', () => {
    getHost.mockImplementation(() => {
      throw new Error('Attempted to call getHost() before init().');
    });
    expect(readHostFacts()).toMatchObject({ version: 'unknown: the host has not answered' });
  });
});
