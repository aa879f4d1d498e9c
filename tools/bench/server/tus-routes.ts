import type { Answer } from './exchange';
import type { Exchange, Route } from './routes';

const VERSION = { 'Tus-Resumable': '1.0.0' };

/** Minimum for tus-js-client (tus 1.0, core and creation). Its uploads are attachments like the others. */
export const tusRoutes: readonly Route[] = [
  { method: 'POST', path: /^tus$/, handle: create, countsAs: 'uploads' },
  { method: 'PATCH', path: /^tus\/([0-9a-f-]{36})$/, handle: append },
];

async function create({ baseUrl, attachments, receive }: Exchange): Promise<Answer> {
  const id = attachments.create();
  await receive((piece) => attachments.add(id, piece.length));
  return { status: 201, headers: { ...VERSION, Location: `${baseUrl}tus/${id}` } };
}

async function append({ request, attachments, receive }: Exchange, id: string): Promise<Answer> {
  attachments.expectAt(id, Number(request.headers['upload-offset']));
  await receive((piece) => attachments.add(id, piece.length));
  return { status: 204, headers: { ...VERSION, 'Upload-Offset': String(attachments.bytesOf(id)) } };
}
