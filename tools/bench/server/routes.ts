import type { Attachments } from './attachments';
import { addressOf } from './exchange';
import type { Address, Answer, Request } from './exchange';
import { Refusal } from './refusal';
import { tusRoutes } from './tus-routes';
import type { WorkItems } from './work-items';

/** Request with its dependencies. */
export interface Exchange {
  readonly request: Request;
  readonly address: Address;
  readonly baseUrl: string;
  readonly attachments: Attachments;
  readonly workItems: WorkItems;
  /** Called for each patched work item, as early as possible. */
  readonly patches: (id: number) => void;
  /** Reads the body to its end, piece by piece. */
  readonly receive: (take: (piece: Buffer) => void) => Promise<void>;
}

/** Counters. */
type Kind = 'uploads' | 'linkCalls' | 'reads' | 'downloads';

/** Route of the server. */
export interface Route {
  readonly method: string;
  /** Its first group is the id. */
  readonly path: RegExp;
  readonly handle: (exchange: Exchange, id: string) => Promise<Answer>;
  /** Counter of a request, except for permission queries. */
  readonly countsAs?: Kind;
}

/** As many work items as Azure DevOps takes at once (REST reference E.1 and E.2). */
const MAX_IDS = 200;

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^_apis\/connectionData$/, handle: describeServer },
  { method: 'GET', path: /^_apis\/wit\/fields$/, handle: listFields },
  { method: 'POST', path: /^_apis\/wit\/attachments$/, handle: upload, countsAs: 'uploads' },
  { method: 'PUT', path: /^_apis\/wit\/attachments\/([0-9a-f-]{36})$/, handle: uploadChunk },
  {
    method: 'GET',
    path: /^_apis\/wit\/attachments\/([0-9a-f-]{36})$/,
    handle: download,
    countsAs: 'downloads',
  },
  { method: 'GET', path: /^_apis\/wit\/workitems\/(\d+)$/i, handle: readWorkItem, countsAs: 'reads' },
  { method: 'GET', path: /^_apis\/wit\/workitems\/(\d+)\/updates$/i, handle: readUpdates, countsAs: 'reads' },
  { method: 'PATCH', path: /^_apis\/wit\/workitems\/(\d+)$/i, handle: patchWorkItem, countsAs: 'linkCalls' },
  { method: 'POST', path: /^_apis\/wit\/workitemsbatch$/, handle: readMany, countsAs: 'reads' },
  { method: 'PATCH', path: /^_apis\/wit\/\$batch$/, handle: patchMany, countsAs: 'linkCalls' },
  ...tusRoutes,
];

function describeServer(): Promise<Answer> {
  return Promise.resolve({ status: 200, json: { deploymentType: 'hosted' } });
}

/** The work items have no text fields. */
function listFields(): Promise<Answer> {
  return Promise.resolve({ status: 200, json: { count: 0, value: [] } });
}

/** Returns the route and the counter of a request. @throws Refusal for an unexpected one. */
export function findRoute(
  method: string,
  { path, query }: Address,
): { countsAs: Kind | undefined; handle: (exchange: Exchange) => Promise<Answer> } {
  for (const route of ROUTES) {
    const match = route.method === method && route.path.exec(path);
    if (!match) continue;
    const id = match[1] ?? '';
    const countsAs = isOnlyTried(query) ? 'reads' : route.countsAs;
    return { countsAs, handle: (exchange) => route.handle(exchange, id) };
  }
  throw new Refusal(404, 'The bench has no such address.');
}

async function upload({ address, baseUrl, attachments, receive }: Exchange): Promise<Answer> {
  const id = attachments.create();
  const isRegistration = address.query.get('uploadType') === 'chunked';
  await receive((piece) => {
    if (!isRegistration) attachments.add(id, piece.length);
  });
  const fileName = address.query.get('fileName');
  const query = fileName === null ? '' : `?fileName=${encodeURIComponent(fileName)}`;
  return { status: 201, json: { id, url: `${baseUrl}_apis/wit/attachments/${id}${query}` } };
}

async function uploadChunk(
  { request, baseUrl, attachments, receive }: Exchange,
  id: string,
): Promise<Answer> {
  const range = /^bytes (\d+)-(\d+)\/\d+$/.exec(String(request.headers['content-range']));
  const [first, last] = [Number(range?.[1]), Number(range?.[2])];
  attachments.expectAt(id, first);
  await receive((piece) => attachments.add(id, piece.length));
  attachments.expectAt(id, last + 1);
  return { status: 200, json: { id, url: `${baseUrl}_apis/wit/attachments/${id}` } };
}

function download({ attachments }: Exchange, id: string): Promise<Answer> {
  return Promise.resolve({ status: 200, bytes: attachments.read(id) });
}

function readUpdates({ workItems }: Exchange, id: string): Promise<Answer> {
  return Promise.resolve({ status: 200, json: workItems.showUpdates(Number(id)) });
}

function readWorkItem({ address, workItems }: Exchange, id: string): Promise<Answer> {
  return Promise.resolve({ status: 200, json: workItems.show(Number(id), wantsRelations(address)) });
}

async function patchWorkItem(exchange: Exchange, id: string): Promise<Answer> {
  const { address, workItems, patches } = exchange;
  if (isOnlyTried(address.query)) await receiveJson(exchange);
  else {
    patches(Number(id));
    workItems.patch(Number(id), await receiveJson(exchange));
  }
  return { status: 200, json: workItems.show(Number(id), wantsRelations(address)) };
}

async function readMany(exchange: Exchange): Promise<Answer> {
  const { ids, $expand } = (await receiveJson(exchange)) as { ids: number[]; $expand?: string };
  if (ids.length > MAX_IDS) throw new Refusal(400, `${ids.length} work items are too many at once.`);
  const value = ids.map((id) => exchange.workItems.show(id, $expand === 'relations'));
  return { status: 200, json: { count: value.length, value } };
}

async function patchMany(exchange: Exchange): Promise<Answer> {
  const requests = (await receiveJson(exchange)) as { uri: string; body: unknown }[];
  if (requests.length > MAX_IDS) throw new Refusal(400, `${requests.length} patches are too many at once.`);
  const patched = requests.map(({ uri, body }) => {
    const { path, query } = addressOf({ url: uri });
    return { id: Number(/^_apis\/wit\/workitems\/(\d+)$/i.exec(path)?.[1]), query, body };
  });
  for (const { id } of patched) exchange.patches(id);
  const value = patched.map(({ id, query, body }) => {
    exchange.workItems.patch(id, body);
    const item = exchange.workItems.show(id, wantsRelations({ query }));
    return { code: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(item) };
  });
  return { status: 200, json: { count: value.length, value } };
}

async function receiveJson({ receive }: Exchange): Promise<unknown> {
  const pieces: Buffer[] = [];
  await receive((piece) => pieces.push(piece));
  return JSON.parse(Buffer.concat(pieces).toString());
}

/** Every validation succeeds. */
function isOnlyTried(query: URLSearchParams): boolean {
  return query.get('validateOnly') === 'true';
}

function wantsRelations({ query }: Pick<Address, 'query'>): boolean {
  return ['relations', 'all'].includes(query.get('$expand')?.toLowerCase() ?? '');
}
