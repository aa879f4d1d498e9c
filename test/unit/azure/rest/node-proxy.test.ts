import { proxyAuthorization, proxyFor } from '../../../../src/azure/rest/node-proxy';

const ENVIRONMENT = { https_proxy: 'http://secure:1', http_proxy: 'http://plain:1' };

/** Host of the proxy for a URL. */
function hostFor(url: string, env: Readonly<Record<string, string>>): string | undefined {
  return proxyFor(new URL(url), env)?.host;
}

describe('proxyFor', () => {
  it.each([
    ['the proxy of the scheme', 'https://dev.azure.com/x', ENVIRONMENT, 'secure:1'],
    ['the other one for http', 'http://server/x', ENVIRONMENT, 'plain:1'],
    ['a name in upper case', 'https://dev.azure.com', { HTTPS_PROXY: 'http://upper:1' }, 'upper:1'],
    [
      'a name in lower case first',
      'https://x',
      { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:1' },
      'low:1',
    ],
    ['the proxy of all schemes', 'https://x', { ALL_PROXY: 'http://all:1' }, 'all:1'],
    ['a proxy without a scheme', 'https://x', { https_proxy: 'proxy:3128' }, 'proxy:3128'],
    ['none without variables', 'https://x', {}, undefined],
    ['none for an empty variable', 'https://x', { https_proxy: '' }, undefined],
    ['none if only the other scheme has one', 'https://x', { http_proxy: 'http://plain:1' }, undefined],
  ])('returns %s', (_, url, env, host) => {
    expect(hostFor(url, env)).toBe(host);
  });

  it.each([
    ['*', 'https://dev.azure.com', true],
    ['dev.azure.com', 'https://dev.azure.com', true],
    ['DEV.azure.com', 'https://dev.AZURE.com', true],
    ['azure.com', 'https://dev.azure.com', true],
    ['.azure.com', 'https://dev.azure.com', true],
    ['*.azure.com', 'https://dev.azure.com', true],
    ['a, b  azure.com', 'https://dev.azure.com', true],
    ['azure.com:443', 'https://dev.azure.com', true],
    ['azure.com:8080', 'https://dev.azure.com', false],
    ['zure.com', 'https://dev.azure.com', false],
    ['dev.azure.com.evil', 'https://dev.azure.com', false],
    ['127.0.0.1', 'http://127.0.0.1:8080', true],
    ['::1', 'http://[::1]:8080', true],
    ['[::1]:8080', 'http://[::1]:8080', true],
    ['', 'https://dev.azure.com', false],
    [', ,', 'https://dev.azure.com', false],
  ])('reads the exclusion “%s” for %s', (list, url, isExcluded) => {
    expect(hostFor(url, { ...ENVIRONMENT, NO_PROXY: list }) === undefined).toBe(isExcluded);
  });
});

test('proxyAuthorization returns the decoded user and password of the proxy', () => {
  expect(proxyAuthorization(new URL('http://proxy'))).toBeUndefined();
  const basic = proxyAuthorization(new URL('http://ann:p%40ss@proxy')) ?? '';
  expect(Buffer.from(basic.replace('Basic ', ''), 'base64').toString()).toBe('ann:p@ss');
});
