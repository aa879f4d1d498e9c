import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../contract';
import { parseContentRange, readContentRange } from './byte-range';
import { contentTypeOf } from './content-types';
import { bodyAfterFault } from './fault-effects';
import {
  fileNameMissing,
  fileTooLarge,
  malformed,
  methodNotSupported,
  noSuchAttachment,
  notAuthorized,
} from './refusals';
import {
  askedVersion,
  discardBody,
  param,
  queryFlag,
  queryValue,
  receiveBody,
  requireContentType,
  type RestContext,
  type RestRoute,
} from './rest-context';

const octets = ['application/octet-stream'];

/** REST reference A.2: the server's own list; only octets keep a content, the others are read as JSON. */
const registerTypes = ['application/json', 'application/json-patch+json', ...octets];

/** Upload and download (REST reference A and C). */
export function attachmentRoutes(context: RestContext): RestRoute[] {
  const path = '_apis/wit/attachments';
  const byId = `${path}/:id`;
  const latestPreview = 4;
  return [
    { method: 'POST', path, operations: uploadOperations, latestPreview, handle: upload },
    {
      method: 'PUT',
      path: byId,
      operations: chunkOperations,
      latestPreview,
      wrapsErrors: true,
      handle: uploadChunk,
    },
    {
      method: 'GET',
      path: byId,
      operations: () => ['download'],
      latestPreview,
      allowsOtherProject: true,
      handle: download,
    },
    { method: 'DELETE', path: byId, latestPreview, handle: destroy },
  ];

  async function upload(request: FastifyRequest, reply: FastifyReply) {
    const fileName = queryValue(request, 'fileName') ?? null;
    if (!fileName && context.store.assumptions.unnamedUpload === 'refuse') throw fileNameMissing();
    const uploadType = uploadTypeOf(request);
    if (uploadType !== 'simple' && uploadType !== 'chunked')
      throw malformed(`uploadType "${uploadType}" is not known.`);
    const id =
      uploadType === 'simple' ? await receiveFile(request, fileName) : await register(request, fileName);
    return reply.code(201).send({ id, url: attachmentUrl(id, fileName) });
  }

  async function receiveFile(request: FastifyRequest, fileName: string | null): Promise<string> {
    requireContentType(request, 400, octets);
    // Known too large: refused before its bytes are written. Otherwise it is known at the end.
    checkSize(Number(request.headers['content-length'] ?? 0));
    const attachment = await context.store.attachments.receive(
      receiveBody(context, request),
      fileName,
      checkSize,
    );
    return attachment.id;
  }

  async function register(request: FastifyRequest, fileName: string | null): Promise<string> {
    requireContentType(request, 400, registerTypes);
    await discardBody(context, request);
    return context.store.attachments.register(fileName);
  }

  async function uploadChunk(request: FastifyRequest, reply: FastifyReply) {
    requireContentType(request, 400, octets);
    const range = parseContentRange(request.headers['content-range']);
    // Assumed: a total above the limit is refused with the first chunk.
    checkSize(range.total);
    const id = attachmentId(request);
    const body = bodyAfterFault(request, receiveBody(context, request));
    await context.store.attachments.receiveChunk(id, range, body, context.store.assumptions.repeatedChunk);
    return reply.code(200).send({ id, url: attachmentUrl(id, null) });
  }

  async function download(request: FastifyRequest, reply: FastifyReply) {
    const attachment = context.store.attachment(attachmentId(request));
    if (attachment === undefined || context.store.isGone(attachment.id))
      throw noSuchAttachment(attachmentId(request));
    const fileName = queryValue(request, 'fileName');
    const asFile = fileName === undefined || queryFlag(request, 'download');
    if (asFile) {
      const name = encodeURIComponent(fileName ?? attachment.id);
      reply.header('Content-Disposition', `attachment; filename*=UTF-8''${name}`);
    }
    reply.header('Content-Type', asFile ? 'application/octet-stream' : contentTypeOf(fileName));
    const part = partOf(request, attachment.bytes);
    if (part) {
      const { start, end } = part;
      reply.code(206).header('Content-Range', `bytes ${start}-${end}/${attachment.bytes}`);
      reply.header('Content-Length', end - start + 1);
    } else reply.header('Content-Length', attachment.bytes);
    return reply.send(context.store.attachments.read(attachment, part));
  }

  /** Requested bytes, both ends inclusive; `undefined` for the whole file. */
  function partOf(request: FastifyRequest, total: number): { start: number; end: number } | undefined {
    if (context.store.assumptions.downloadRange !== 'part') return undefined;
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const [start, end] = [Number(range?.[1]), Math.min(Number(range?.[2]), total - 1)];
    return start <= end ? { start, end } : undefined;
  }

  /**
   * Only the preview of 7.2 can delete, and only with `vso.work_full`; no token here has it (REST reference
   * G).
   */
  function destroy(request: FastifyRequest): never {
    throw askedVersion(request)?.startsWith('7.2-') === true ? notAuthorized() : methodNotSupported('DELETE');
  }

  /** REST reference C: the integer id of a relation gives 400. */
  function attachmentId(request: FastifyRequest): string {
    const id = param(request, 'id')?.toLowerCase() ?? '';
    if (!/^[0-9a-f-]{36}$/.test(id)) throw malformed(`The attachment id "${id}" is not a GUID.`);
    return id;
  }

  function attachmentUrl(id: string, fileName: string | null): string {
    const query = fileName === null ? '' : `?fileName=${encodeURIComponent(fileName)}`;
    return `${context.baseUrl}_apis/wit/attachments/${id}${query}`;
  }

  function checkSize(bytes: number): void {
    const limit = context.store.largestFileBytes;
    if (limit !== null && bytes > limit) throw fileTooLarge(limit);
  }
}

function uploadTypeOf(request: FastifyRequest): string {
  return queryValue(request, 'uploadType')?.toLowerCase() ?? 'simple';
}

function uploadOperations(request: FastifyRequest): Operation[] {
  return [uploadTypeOf(request) === 'chunked' ? 'register' : 'simple'];
}

/** A chunk with an unreadable range has no place; it is refused anyway. */
function chunkOperations(request: FastifyRequest): Operation[] {
  const range = readContentRange(request.headers['content-range']);
  if (range === undefined) return [];
  const ends: Operation[] = [];
  if (range.first === 0) ends.push('first-chunk');
  if (range.last === range.total - 1) ends.push('last-chunk');
  return ends.length > 0 ? ends : ['middle-chunk'];
}
