import fc from 'fast-check';
import { describeDiagnostics } from '../../../../src/base/diagnostics';
import { CancelledError, NetworkError, ServerError } from '../../../../src/base/errors';
import type { HttpResponse } from '../../../../src/azure/rest/http-stack';
import { recordRequests } from '../../../../src/azure/rest/recorded-stack';

const OK: HttpResponse = { status: 200, text: '{"title":"Secret title"}', header: () => null };

const BASE = 'https://dev.azure.com/fabrikam/Fiber%20Project';

/** Last recorded step after a request with this outcome. */
async function stepAfter(url: string, outcome: HttpResponse | Error): Promise<string> {
  let now = 0;
  const stack = recordRequests(
    {
      send() {
        now += 12;
        return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
      },
    },
    { now: () => now },
  );
  const headers = { Authorization: 'Bearer secret-token' };
  await stack.send({ method: 'PATCH', url, headers, body: 'secret body' }).catch(() => undefined);
  return describeDiagnostics({}).split('\n').at(-1)!.replace(/^\S+ /, '');
}

describe('recordRequests', () => {
  test.each([
    [`${BASE}/_apis/wit/workitems/4711?api-version=7.1`, 'wit/workitems/*'],
    [`${BASE}/_apis/wit/attachments?fileName=Secret.docx&api-version=7.1`, 'wit/attachments'],
    [`${BASE}/_apis/wit/attachments/1d5ac1ee-0000-4000-8000-000000000001`, 'wit/attachments/*'],
    ['https://server:8080/tfs/Default/_apis/wit/$batch', 'wit/$batch'],
    [`${BASE}/_apis/wit/workitems/4711/updates#x`, 'wit/workitems/*/updates'],
    ['https://server/elsewhere/secret', '*'],
  ])('records %s without ids and names', async (url, route) => {
    expect(await stepAfter(url, OK)).toBe(`PATCH ${route}: 200, 12 ms`);
  });

  test.each([
    [new NetworkError('https://dev.azure.com/fabrikam'), 'network'],
    [new ServerError('refused', 'Secret.docx'), 'refused'],
    [new CancelledError(), 'canceled'],
    [new TypeError('Secret.docx'), 'internal'],
  ])('records the kind of %s', async (error, kind) => {
    expect(await stepAfter(`${BASE}/_apis/wit/wiql`, error)).toBe(`PATCH wit/wiql: ${kind}, 12 ms`);
  });

  test('passes responses and errors on', async () => {
    const error = new NetworkError('No answer.');
    const request = { method: 'GET', url: BASE, headers: {} } as const;
    const runtime = { now: () => 0 };
    expect(await recordRequests({ send: () => Promise.resolve(OK) }, runtime).send(request)).toBe(OK);
    await expect(recordRequests({ send: () => Promise.reject(error) }, runtime).send(request)).rejects.toBe(
      error,
    );
  });

  test('records no part of any address', async () => {
    const word = fc.stringMatching(/^[a-z0-9]{6,20}$/).map((text) => `secret${text}`);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(6), async (parts, at) => {
        const path = [...parts.slice(0, at), '_apis', ...parts.slice(at)].join('/');
        expect(await stepAfter(`https://${parts.join('.')}/${path}?name=${parts.join()}`, OK)).not.toContain(
          'secret',
        );
      }),
    );
  });
});
