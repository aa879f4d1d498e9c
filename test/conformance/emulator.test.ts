import { savedQueries, type Emulator } from 'azure-devops-emulator';
import { readDescription, type SentRequest } from './openapi';
import { exchange, play, products, type Product } from './traffic';

const octets = { 'Content-Type': 'application/octet-stream' };
const json = { 'Content-Type': 'application/json' };
const patch = { 'Content-Type': 'application/json-patch+json' };

const idOf = (name: string) => savedQueries.find((query) => query.name === name)!.id;
const [openBugs, stories] = [idOf('Open bugs'), idOf('Stories and their work')];

type Call = Pick<SentRequest, 'method' | 'body'> & {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Requests supported by the emulator but not sent by Stapler. */
const calls: readonly (readonly [string, Call])[] = [
  ['a read', { method: 'GET', path: '_apis/wit/workitems/7' }],
  ['a read in a project', { method: 'GET', path: 'Fabrikam/_apis/wit/workitems/7?$expand=all' }],
  ['a read of some fields', { method: 'GET', path: '_apis/wit/workitems/7?fields=System.Title,System.Rev' }],
  ['a list', { method: 'GET', path: '_apis/wit/workitems?ids=7,8,30&$expand=relations&errorPolicy=omit' }],
  [
    'a batch',
    {
      method: 'POST',
      path: '_apis/wit/workitemsbatch',
      headers: json,
      body: JSON.stringify({ ids: [7, 8], fields: ['System.Title'], errorPolicy: 'omit' }),
    },
  ],
  [
    'a patch that is only tried',
    {
      method: 'PATCH',
      path: '_apis/wit/workitems/7?validateOnly=true&suppressNotifications=true',
      headers: patch,
      body: JSON.stringify([{ op: 'add', path: '/fields/System.Title', value: 'x' }]),
    },
  ],
  ['a query for a list', { method: 'GET', path: `_apis/wit/wiql/${openBugs}` }],
  ['a query for a tree', { method: 'GET', path: `Fabrikam/_apis/wit/wiql/${stories}?$top=2` }],
  [
    'a query as a text',
    {
      method: 'POST',
      path: '_apis/wit/wiql?$top=5',
      headers: json,
      body: JSON.stringify({
        query:
          "SELECT [System.Id] FROM WorkItems WHERE [System.Title] CONTAINS 'a' ORDER BY [System.ChangedDate] DESC",
      }),
    },
  ],
  [
    'a query for attachments since a time',
    {
      method: 'POST',
      path: 'Fabrikam/_apis/wit/wiql?$top=19999&timePrecision=true',
      headers: json,
      body: JSON.stringify({
        query:
          "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.AttachedFileCount] > 0 AND [System.ChangedDate] >= '2026-01-01T00:00:00Z' AND [System.Id] > 7 ORDER BY [System.Id]",
      }),
    },
  ],
  ['the recycle bin', { method: 'GET', path: 'Fabrikam/_apis/wit/recyclebin' }],
  ['the types of a project', { method: 'GET', path: 'Fabrikam/_apis/wit/workitemtypes' }],
  ['the states of a type', { method: 'GET', path: 'Fabrikam/_apis/wit/workitemtypes/User%20Story/states' }],
  [
    'a batch of patches that are only tried',
    {
      method: 'PATCH',
      path: '_apis/wit/$batch',
      headers: json,
      body: JSON.stringify([
        {
          method: 'PATCH',
          uri: '/_apis/wit/workitems/7?validateOnly=true&api-version=6.0',
          headers: patch,
          body: [{ op: 'add', path: '/fields/System.Title', value: 'x' }],
        },
      ]),
    },
  ],
  [
    'an upload in a project',
    { method: 'POST', path: 'Fabrikam/_apis/wit/attachments?fileName=a.txt', headers: octets, body: 'hello' },
  ],
];

/** Each resource has its own preview number (REST reference H). */
const preview: Product = {
  name: 'Services in preview',
  mode: 'services',
  apiVersion: '7.1',
  description: readDescription('7.2'),
};

function previewOf(path: string): string {
  if (path.includes('attachments')) return '7.2-preview.4';
  if (path.includes('wiql') || path.endsWith('workitemtypes')) return '7.2-preview.2';
  if (path.includes('recyclebin')) return '7.2-preview.2';
  return /workitemsbatch|\$batch|states/.test(path) ? '7.2-preview.1' : '7.2-preview.3';
}

const all = [...products, preview];

describe.each(all.map((product) => [product.name, product] as const))('Emulator of %s', (_name, product) => {
  const { description } = product;
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await play(product)));
  afterAll(() => emulator.close());

  async function ask({ path, headers, ...call }: Call) {
    const url = new URL(path, emulator.restBaseUrl);
    url.searchParams.set('api-version', product === preview ? previewOf(path) : product.apiVersion);
    const Authorization = `Bearer ${emulator.issueToken()}`;
    const done = await exchange({ ...call, url: url.href, headers: { ...headers, Authorization } });
    expect(description.requestProblems(done.request)).toEqual([]);
    expect(description.answerProblems(done.request, done.answer)).toEqual([]);
    return done.answer;
  }

  test.each(calls)('responds as described to %s', async (_what, call) => {
    await ask(call);
  });

  test('responds as described to a deletion, the recycle bin and a restoration', async () => {
    await ask({ method: 'DELETE', path: 'Fabrikam/_apis/wit/workitems/8' });
    const list = await ask({ method: 'GET', path: 'Fabrikam/_apis/wit/recyclebin' });
    expect(JSON.parse(list.text)).toMatchObject({ count: 1, value: [{ id: 8 }] });
    await ask({ method: 'GET', path: 'Fabrikam/_apis/wit/recyclebin?ids=8' });
    await ask({ method: 'GET', path: 'Fabrikam/_apis/wit/recyclebin/8' });
    await ask({
      method: 'PATCH',
      path: 'Fabrikam/_apis/wit/recyclebin/8',
      headers: json,
      body: JSON.stringify({ isDeleted: false }),
    });
    await ask({ method: 'GET', path: '_apis/wit/workitems/8' });
  });

  test('responds as described to a chunked upload and its download', async () => {
    const path = '_apis/wit/attachments?uploadType=chunked&fileName=big.bin';
    const registered = await ask({ method: 'POST', path, headers: octets, body: '' });
    const { id } = JSON.parse(registered.text) as { id: string };
    const chunk = `_apis/wit/attachments/${id}?fileName=big.bin`;
    const range = (bytes: string) => ({ ...octets, 'Content-Range': `bytes ${bytes}` });
    await ask({ method: 'PUT', path: chunk, headers: range('0-4/11'), body: 'hello' });
    await ask({ method: 'PUT', path: chunk, headers: range('5-10/11'), body: ' world' });
    const accept = { Accept: 'application/octet-stream' };
    const file = await ask({ method: 'GET', path: `${chunk}&download=true`, headers: accept });
    expect(file).toMatchObject({ contentType: 'application/octet-stream', text: 'hello world' });
  });
});
