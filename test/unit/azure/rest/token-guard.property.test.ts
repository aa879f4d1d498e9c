import fc from 'fast-check';
import type { HttpRequest, HttpStack } from '../../../../src/azure/rest/http-stack';
import { allowedHosts, guardToken, isLoopback } from '../../../../src/azure/rest/token-guard';
import { toProblem } from '../../../../src/base/errors';
import { rejectionOf } from '../../../helpers/deferred';

const SERVICES = 'https://dev.azure.com/fabrikam';

function allows(url: string, organization = SERVICES, allowHttp = false): boolean {
  return allowedHosts(organization, { allowHttp })(url);
}

describe('allowedHosts', () => {
  it.each([
    'https://dev.azure.com/fabrikam/_apis/wit',
    'https://DEV.AZURE.COM:443/',
    'https://fabrikam.visualstudio.com/',
    'https://fabrikam.vsrm.visualstudio.com/',
    'https://my_org-1.visualstudio.com',
  ])('allows %s for any organization', (url) => {
    expect(allows(url)).toBe(true);
    expect(allows(url, 'https://tfs.example/tfs')).toBe(true);
  });

  it.each([
    'http://dev.azure.com/',
    'http://fabrikam.visualstudio.com/',
    'https://dev.azure.com:8443/',
    'https://dev.azure.com./',
    'https://dev.azure.com.evil.example/',
    'https://dev.azure.com@evil.example/',
    'https://dev.azure.com:x@evil.example/',
    'https://me@dev.azure.com/',
    'https://me:secret@dev.azure.com/',
    'https://dev.azure.com%2eevil.example/',
    'https://dev.azure.com\u3002evil.example/',
    'https://evil.example/https://dev.azure.com/',
    'https://evil.example/?dev.azure.com',
    'https://evil.example#dev.azure.com',
    'https://evil.example\\dev.azure.com',
    'https://xdev.azure.com/',
    'https://x.dev.azure.com/',
    'https://evil-visualstudio.com/',
    'https://evilvisualstudio.com/',
    'https://visualstudio.com/',
    'https://.visualstudio.com/',
    'https://fabrikam.visualstudio.com.evil.example/',
    'https://fabrikam.visualstudio.com:444/',
    'https://d\u0435v.azure.com/',
    'ftp://dev.azure.com/',
    'file://dev.azure.com/etc',
    'javascript:dev.azure.com',
    '//dev.azure.com/',
    '/fabrikam',
    '',
  ])('refuses %s', (url) => {
    expect(allows(url)).toBe(false);
    expect(allows(url, SERVICES, true)).toBe(false);
  });

  it('allows the host of the organization with its port only', () => {
    const organization = 'https://tfs.example:8443/tfs/Collection';
    expect(allows('https://tfs.example:8443/other', organization)).toBe(true);
    expect(allows('https://TFS.example:8443/tfs', organization)).toBe(true);
    expect(allows('https://tfs.example/tfs/Collection', organization)).toBe(false);
    expect(allows('https://tfs.example:8444/tfs', organization)).toBe(false);
    expect(allows('https://x.tfs.example:8443/tfs', organization)).toBe(false);
    expect(allows('http://tfs.example:8443/tfs', organization)).toBe(false);
  });

  it('allows plain http to the organization on a loopback address, or if the person allows it', () => {
    const local = 'http://127.0.0.1:8080/fabrikam';
    expect(allows('http://127.0.0.1:8080/fabrikam/_apis', local)).toBe(true);
    expect(allows('http://127.0.0.1:8081/', local)).toBe(false);
    expect(allows('http://localhost:8080/', local)).toBe(false);
    const server = 'http://tfs:8080/tfs';
    expect(allows('http://tfs:8080/tfs', server)).toBe(false);
    expect(allows('http://tfs:8080/tfs', server, true)).toBe(true);
    expect(allows('http://other:8080/tfs', server, true)).toBe(false);
    // Nor a downgrade of an organization with https.
    expect(allows('http://tfs.example/tfs', 'https://tfs.example/tfs', true)).toBe(false);
  });

  it('allows Azure DevOps Services alone if the organization is no URL', () => {
    expect(allows('https://dev.azure.com/', 'fabrikam')).toBe(true);
    expect(allows('https://fabrikam/', 'fabrikam')).toBe(false);
  });

  it('allows no other host, whatever the URL', () => {
    const label = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    const piece = fc.oneof(
      label,
      fc.constantFrom('dev.azure.com', 'visualstudio.com', 'tfs.example', 'evil.example'),
      fc.constantFrom(
        '.',
        '-',
        '@',
        ':',
        ':8443',
        '/',
        '\\',
        '?',
        '#',
        '%2e',
        '%40',
        '\u3002',
        '\t',
        ' ',
        '[',
        ']',
      ),
    );
    const text = fc.tuple(
      fc.constantFrom('https://', 'http://', 'https:', 'HTTPS:\\\\', '//', 'ftp://'),
      fc.array(piece, { minLength: 1, maxLength: 7 }),
    );
    fc.assert(
      fc.property(text, fc.boolean(), ([scheme, pieces], allowHttp) => {
        const url = scheme + pieces.join('');
        if (!allows(url, 'https://tfs.example:8443/tfs', allowHttp)) return;
        // The host of the request itself, as every client of Node reads it.
        const { protocol, hostname, port, username, password } = new URL(url);
        const isServices =
          port === '' && (hostname === 'dev.azure.com' || hostname.endsWith('.visualstudio.com'));
        expect([protocol, username, password]).toEqual(['https:', '', '']);
        expect(isServices || (hostname === 'tfs.example' && port === '8443')).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

test.each([
  ['http://localhost:1/', true],
  ['http://a.localhost/', true],
  ['http://127.0.0.2/', true],
  ['http://2130706433/', true],
  ['http://0x7f.1/', true],
  ['http://[::1]/', true],
  ['http://127.0.0.1.evil.example/', false],
  ['http://localhost.evil.example/', false],
  ['http://notlocalhost/', false],
  ['http://10.0.0.1/', false],
  ['http://0.0.0.0/', false],
  ['http://[::2]/', false],
])('isLoopback returns for %s: %s', (url, expected) => {
  expect(isLoopback(new URL(url))).toBe(expected);
});

describe('guardToken', () => {
  const sent: HttpRequest[] = [];
  const stack: HttpStack = {
    send(request) {
      sent.push(request);
      return Promise.resolve({ status: 200, text: '', header: () => null });
    },
  };
  const guarded = guardToken(stack, allowedHosts(SERVICES, { allowHttp: false }));
  beforeEach(() => void sent.splice(0));

  it.each(['Authorization', 'authorization', 'AUTHORIZATION'])('refuses the header %s', async (name) => {
    const url = 'https://evil.example/steal?x=1';
    const error = await rejectionOf(
      guarded.send({ method: 'GET', url, headers: { [name]: 'Bearer secret' } }),
    );
    expect(sent).toEqual([]);
    const problem = toProblem(error);
    expect(problem.kind).toBe('elsewhere');
    expect(problem.serverMessage).toContain('https://evil.example:');
    expect(JSON.stringify(problem)).not.toMatch(/secret|steal/);
  });

  it('passes requests to the organization, and those without a token to any host', async () => {
    const requests: HttpRequest[] = [
      { method: 'GET', url: `${SERVICES}/_apis`, headers: { Authorization: 'Bearer secret' } },
      { method: 'GET', url: 'https://evil.example/', headers: {} },
    ];
    for (const request of requests) await guarded.send(request);
    expect(sent).toEqual(requests);
  });
});
