/** @jest-environment jsdom */
import type { EmulatorConfig } from '../../src/contract';
import { handshakeResult } from '../../src/host/page/sdk/handshake';
import { hostAnswers, SettingsStore, type Quirks } from '../../src/host/page/settings';

const config = {
  mode: 'services',
  assetsBaseUrl: 'http://assets.test/',
  organization: { id: 'o', name: 'fabrikam' },
  project: { id: 'p', name: 'Fabrikam' },
  user: { id: 'u', name: 'jamal@fabrikam.com', displayName: 'Jamal Hartnett', descriptor: 'aad.u' },
  extension: { publisherId: 'fabrikam', extensionId: 'probe', version: '1.2.3' },
} as unknown as EmulatorConfig;
const guest = {
  contribution: { id: 'group', type: 'any', targets: [], properties: {} },
  initialConfig: { instanceId: 'one' },
};

/** Handshake for an address. */
function greet(address = '') {
  const { state } = new SettingsStore(new URLSearchParams(address), 1280);
  return handshakeResult(config, guest, state) as Record<string, unknown>;
}

const extension = {
  publisherId: 'fabrikam',
  extensionId: 'probe',
  version: '1.2.3',
  baseUri: 'http://assets.test/',
};
const anybody = { user: { displayName: 'Jamal Hartnett' }, host: { type: 4, isHosted: true } };

test('the handshake contains en-US, the culture of the address, or none', () => {
  const cultureOf = (address: string): unknown => greet(address)['context'];
  const told = (culture: object): object => ({ pageContext: { globalization: culture } });
  expect(cultureOf('')).toMatchObject(told({ culture: 'en-US' }));
  expect(cultureOf('culture=ja-JP')).toMatchObject(told({ culture: 'ja-JP' }));
  expect(cultureOf('culture=')).not.toMatchObject(told({ culture: expect.any(String) as string }));
});

test('the current handshake has one context without the old names', () => {
  const result = greet();
  expect(result).toMatchObject({
    contributionId: 'fabrikam.probe.group',
    context: {
      extension: { id: 'fabrikam.probe', ...extension },
      pageContext: { webContext: { project: { id: 'p', name: 'Fabrikam' } } },
      ...anybody,
    },
    initialConfig: { instanceId: 'one' },
    themeData: { 'background-color': expect.any(String) as unknown },
  });
  expect(Object.keys(result).sort()).toEqual(['context', 'contributionId', 'initialConfig', 'themeData']);
});

test('the legacy handshake has the extension and the page, but no user', () => {
  const result = greet('handshake=legacy');
  expect(result).toMatchObject({
    contribution: { id: 'fabrikam.probe.group' },
    extensionContext: extension,
    pageContext: { webContext: { project: { id: 'p', name: 'Fabrikam' } } },
    initialConfig: { instanceId: 'one' },
  });
  expect(result).not.toHaveProperty('context');
  expect(result).not.toHaveProperty('contributionId');
});

test('the legacyWithContext handshake adds a context with user and place', () => {
  const { context, ...rest } = greet('handshake=legacyWithContext');
  expect(rest).toEqual(greet('handshake=legacy'));
  expect(context).toMatchObject(anybody);
  expect(context).not.toHaveProperty('extension');
});

test('the handshake omits optional parts by quirks', () => {
  expect(greet('quirks=noThemeData')).not.toHaveProperty('themeData');
  expect(greet('quirks=noUser')['context']).not.toHaveProperty('user');
  expect(greet()).not.toHaveProperty('context.pageContext.webContext.team');
  expect(greet('quirks=hasTeam')).toHaveProperty('context.pageContext.webContext.team.name', 'Fabrikam Team');
});

describe('SettingsStore', () => {
  let warn: jest.SpyInstance;
  beforeEach(() => void (warn = jest.spyOn(console, 'warn').mockImplementation()));
  afterEach(() => warn.mockRestore());
  const quirksAt = (address: string): Quirks =>
    new SettingsStore(new URLSearchParams(address), 1280).state.quirks;

  test('uses the first answer of each question by default', () => {
    for (const [question, [assumed, ...others]] of Object.entries(hostAnswers)) {
      expect(quirksAt('')).toHaveProperty(question, assumed);
      for (const other of others)
        expect(quirksAt(`${question}=${other}`)).toEqual({ ...quirksAt(''), [question]: other });
    }
    expect(warn).not.toHaveBeenCalled();
  });

  test('reads a list of quirks', () => {
    expect(quirksAt('quirks=noUser,duplicateLoaded')).toEqual({
      ...quirksAt(''),
      noUser: true,
      duplicateLoaded: true,
    });
  });

  test('reports unknown values and ignores them', () => {
    expect(quirksAt('newItemId=7&quirks=newItemsAreNegative')).toEqual(quirksAt(''));
    expect(warn.mock.calls).toEqual([
      ['The address is not understood: "newItemId" has no answer "7".'],
      ['The address is not understood: there is no quirk "newItemsAreNegative".'],
    ]);
  });
});
