import type { AttachmentReference, Person } from '../../src/azure/work-item';
import { attachmentIdOf } from '../../src/azure/work-item';
import { CancelledError, NetworkError } from '../../src/base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';
import { httpResponse } from '../helpers/manual-http-stack';
import type { Fault, ServerFacts } from '../helpers/model-server';
import { createModelServer } from '../helpers/model-server';
import { MemoryFile } from './memory-file';

/** Fate of a request. */
export type Arrival = 'arrives' | 'does not arrive' | 'arrives in half' | 'arrives damaged';

/** Request in transit. */
export interface Departed {
  /** Method and last path segment. */
  readonly name: string;
  readonly isChunk: boolean;
  readonly isLink: boolean;
  /** Delivers it, or not, and answers the frame. */
  readonly deliver: (how: Arrival, hears: Hearing) => Promise<void>;
}

/** Response to the frame. */
export type Hearing = 'the answer' | 'a refusal' | 'a broken line' | 'nothing';

/** Attachment of a work item. */
export interface Attached {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Attachments and work items in memory, with manually delivered requests. */
export interface CrashService {
  /** Creates the connection of a frame. */
  readonly connect: () => { readonly stack: HttpStack; readonly underWay: () => readonly Departed[] };
  /** Creates a work item at this time; all others are very old. */
  readonly create: (workItemId: number, at: number) => void;
  /** Attaches a file that no frame knows about. */
  readonly attachForeign: (workItemId: number, name: string) => void;
  /** Names of the attached files that no frame knows about. */
  readonly foreignOf: (workItemId: number) => readonly string[];
  /** Stores a file as an attachment of another work item. */
  readonly placeElsewhere: (name: string, bytes: Uint8Array) => AttachmentReference;
  /** Number of relations to files of another work item. */
  readonly linkedElsewhere: () => number;
  /** Other attachments, in the order of the relations. */
  readonly attachedTo: (workItemId: number) => readonly Attached[];
  /** Whether these bytes are stored, even unattached. */
  readonly holds: (bytes: Uint8Array) => boolean;
}

/** Base URL of the service. */
export const BASE_URL = 'https://h/c/';

/** The user and creator of all work items. */
export const JAMAL: Person = { id: 'jamal', descriptor: '' };

interface WireRelation {
  readonly rel: string;
  readonly url: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: unknown;
}

const FAULT_OF: Readonly<Record<Exclude<Arrival, 'does not arrive'>, Fault>> = {
  arrives: 'none',
  'arrives in half': 'lost when half of it was there',
  'arrives damaged': 'lost, and a byte of it damaged',
};

/** Unknown behavior of the real service. */
export interface CrashServiceFacts extends Pick<ServerFacts, 'repeats'> {
  /** Whether it accepts a duplicate relation. */
  readonly takesTwice: boolean;
  /** Whether the name of the upload wins over the one in the relation. */
  readonly ignoresNames: boolean;
}

/** Creates a service with every possible work item, without relations. */
export function createCrashService({ repeats, takesTwice, ignoresNames }: CrashServiceFacts): CrashService {
  const attachments = createModelServer({ repeats, maxRequestBytes: Infinity, bytesPerMs: Infinity }, []);
  const relations = new Map<number, readonly WireRelation[]>();
  const revisions = new Map<number, number>();
  const createdAt = new Map<number, number>();
  const ids = new Set<string>();
  /** Names of the uploads, by id. */
  const names = new Map<string, string>();
  /** Files of another work item, by id. */
  const elsewhere = new Map<string, Uint8Array>();
  const contentOf = (id: string): Uint8Array | undefined => elsewhere.get(id) ?? attachments.contentOf(id);
  let foreign = 0;

  async function act(request: HttpRequest, how: Exclude<Arrival, 'does not arrive'>): Promise<HttpResponse> {
    const { pathname } = new URL(request.url);
    const [, number] = /workitems\/(\d+)$/i.exec(pathname) ?? [];
    if (number !== undefined) return workItem(Number(number), request);
    const id = attachmentIdOf(request.url);
    if (request.method === 'GET' && id) {
      const content = contentOf(id);
      const blob = content && new MemoryFile(Uint8Array.from(content), '');
      return httpResponse(blob ? { status: 200, blob } : { status: 404, json: NO_FILE });
    }
    attachments.faults.push(FAULT_OF[how]);
    const { method, url, headers, body } = request;
    const response = await attachments.send({ method, url, headers, ...(body !== undefined && { body }) });
    if (method === 'POST') {
      const { id: created } = JSON.parse(response.text) as { id: string };
      ids.add(created);
      names.set(created, new URL(url).searchParams.get('fileName') ?? created);
    }
    return response;
  }

  function workItem(id: number, { method, body }: HttpRequest): HttpResponse {
    const before = relations.get(id) ?? [];
    if (method === 'PATCH') {
      const operations = JSON.parse(body as string) as readonly Operation[];
      const revision = operations.find(({ op, path }) => op === 'test' && path === '/rev');
      if (revision && revision.value !== (revisions.get(id) ?? 1)) return httpResponse(CHANGED_MEANWHILE);
      const all = operations.reduce(apply, before);
      if (!takesTwice && new Set(all.map(({ url }) => attachmentIdOf(url))).size < all.length)
        return httpResponse({ status: 400, json: { message: 'Relation already exists.' } });
      relations.set(id, all);
      revisions.set(id, (revisions.get(id) ?? 1) + 1);
    }
    return httpResponse({
      status: 200,
      json: {
        id,
        rev: revisions.get(id) ?? 1,
        fields: {
          'System.WorkItemType': 'Bug',
          'System.TeamProject': PROJECT,
          'System.CreatedDate': new Date(createdAt.get(id) ?? 0).toISOString(),
          'System.CreatedBy': JAMAL,
        },
        relations: relations.get(id) ?? [],
      },
    });
  }

  function apply(list: readonly WireRelation[], { op, path, value }: Operation): readonly WireRelation[] {
    if (op === 'test') return list;
    const [, renamed] = /^\/relations\/(\d+)\/attributes\/name$/.exec(path) ?? [];
    if (renamed === undefined) return [...list, named(value as WireRelation)];
    return list.map((relation, index) =>
      index === Number(renamed)
        ? { ...relation, attributes: { ...relation.attributes, name: value } }
        : relation,
    );
  }

  function named(relation: WireRelation): WireRelation {
    if (!ignoresNames) return relation;
    const name = names.get(attachmentIdOf(relation.url) ?? '');
    return { ...relation, attributes: { ...relation.attributes, name } };
  }

  return {
    connect() {
      let line: Departed[] = [];
      const stack: HttpStack = {
        send: (request) =>
          new Promise((resolve, reject) => {
            const { signal } = request;
            const leave = (): void => {
              line = line.filter((other) => other !== mine);
              signal?.removeEventListener('abort', stop);
            };
            const stop = (): void => {
              leave();
              reject(new CancelledError());
            };
            const mine: Departed = {
              name: `${request.method} ${new URL(request.url).pathname.split('/').pop()}`,
              isChunk: request.method === 'PUT',
              isLink: request.method === 'PATCH',
              async deliver(how, hears) {
                leave();
                const answer = how === 'does not arrive' ? undefined : act(request, how);
                const response = await answer?.catch(() => undefined);
                if (response && hears === 'the answer') resolve(response);
                else if (hears === 'a refusal') resolve(httpResponse(REFUSED));
                else if (hears !== 'nothing') reject(new NetworkError('No answer.'));
              },
            };
            line.push(mine);
            signal?.addEventListener('abort', stop);
          }),
      };
      return { stack, underWay: () => line };
    },

    create: (workItemId, at) => void createdAt.set(workItemId, at),

    attachForeign(workItemId, name) {
      const url = `${BASE_URL}_apis/wit/attachments/${FOREIGN}${String(++foreign).padStart(12, '0')}`;
      const relation = { rel: 'AttachedFile', url, attributes: { name, comment: '', resourceSize: 1 } };
      relations.set(workItemId, [...(relations.get(workItemId) ?? []), relation]);
    },

    placeElsewhere(name, bytes) {
      const id = `${ELSEWHERE}${String(elsewhere.size + 1).padStart(12, '0')}`;
      elsewhere.set(id, bytes);
      names.set(id, name);
      return { id, url: `${BASE_URL}_apis/wit/attachments/${id}` };
    },

    linkedElsewhere: () =>
      [...relations.values()].flat().filter(({ url }) => elsewhere.has(attachmentIdOf(url) ?? '')).length,

    foreignOf: (workItemId) =>
      (relations.get(workItemId) ?? []).filter(isForeign).map(({ attributes }) => String(attributes['name'])),

    attachedTo: (workItemId) =>
      (relations.get(workItemId) ?? [])
        .filter((each) => !isForeign(each))
        .map(({ url, attributes }) => ({
          name: String(attributes['name']),
          bytes: contentOf(attachmentIdOf(url) ?? '') ?? new Uint8Array(),
        })),

    holds: (bytes) =>
      [...ids].some((id) => Buffer.compare(attachments.contentOf(id) ?? new Uint8Array(), bytes) === 0),
  };
}

/** Name of the project of all work items. */
export const PROJECT = 'Fabrikam';

/** Start of the ids of files of another work item. */
const ELSEWHERE = 'e0000000-0000-4000-8000-';

/** Start of the ids of files that no frame knows about. */
const FOREIGN = 'f0000000-0000-4000-8000-';

function isForeign({ url }: WireRelation): boolean {
  return url.includes(FOREIGN);
}

const REFUSED = { status: 400, json: { message: 'A rule of this organization forbids it.' } };

const CHANGED_MEANWHILE = { status: 412, json: { message: 'VS403654: The work item has changed.' } };

const NO_FILE = { message: 'There is no such attachment.', typeKey: 'FileIdNotFoundException' };
