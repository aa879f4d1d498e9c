import type { Attachments } from './attachments';
import type { Address, Answer, Request } from './exchange';
import { Refusal } from './refusal';
import { tusRoutes } from './tus-routes';
import type { WorkItems } from './work-items';

/** A request and what it is about. */
export interface Exchange {
  readonly request: Request;
  readonly address: Address;
  readonly baseUrl: string;
  readonly attachments: Attachments;
  readonly workItems: WorkItems;
  /** Reads the body to its end, piece by piece. */
  readonly receive: (take: (piece: Buffer) => void) => Promise<void>;
}

/** Something that the server can do. */
export interface Route {
  readonly method: string;
  /** Its first group is the id. */
  readonly path: RegExp;
  readonly handle: (exchange: Exchange, id: string) => Promise<Answer>;
}

const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^_apis\/wit\/attachments$/, handle: upload },
  { method: 'PUT', path: /^_apis\/wit\/attachments\/([0-9a-f-]{36})$/, handle: uploadChunk },
  { method: 'GET', path: /^_apis\/wit\/workitems\/(\d+)$/i, handle: readWorkItem },
  { method: 'PATCH', path: /^_apis\/wit\/workitems\/(\d+)$/i, handle: patchWorkItem },
  ...tusRoutes,
];

/** What to do with a request. @throws Refusal for one that nobody should send. */
export function findRoute(
  method: string,
  path: string,
): { handle: (exchange: Exchange) => Promise<Answer>; patchedWorkItem: number | undefined } {
  for (const route of ROUTES) {
    const match = route.method === method && route.path.exec(path);
    if (!match) continue;
    const id = match[1] ?? '';
    return {
      handle: (exchange) => route.handle(exchange, id),
      patchedWorkItem: route.handle === patchWorkItem ? Number(id) : undefined,
    };
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

function readWorkItem({ address, workItems }: Exchange, id: string): Promise<Answer> {
  return Promise.resolve({ status: 200, json: workItems.show(Number(id), wantsRelations(address)) });
}

async function patchWorkItem({ address, workItems, receive }: Exchange, id: string): Promise<Answer> {
  const pieces: Buffer[] = [];
  await receive((piece) => pieces.push(piece));
  workItems.patch(Number(id), JSON.parse(Buffer.concat(pieces).toString()));
  return { status: 200, json: workItems.show(Number(id), wantsRelations(address)) };
}

function wantsRelations({ query }: Address): boolean {
  return ['relations', 'all'].includes(query.get('$expand')?.toLowerCase() ?? '');
}
