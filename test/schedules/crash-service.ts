import { attachmentIdOf } from '../../src/azure/attachment';
import { CancelledError, NetworkError } from '../../src/base/errors';
import type { Person } from '../../src/azure/person';
import type { HttpRequest, HttpResponse, HttpStack } from '../../src/azure/rest/http-stack';
import { httpResponse } from '../helpers/manual-http-stack';
import type { Fault, ServerFacts } from '../helpers/model-server';
import { createModelServer } from '../helpers/model-server';
import { MemoryFile } from './memory-file';

/** What becomes of a request, whoever is there to hear of it. */
export type Arrival = 'arrives' | 'does not arrive' | 'arrives in half' | 'arrives damaged';

/** A request that has left its frame and not reached the server. */
export interface Departed {
  /** Method and the last part of the path. */
  readonly name: string;
  readonly isChunk: boolean;
  readonly isLink: boolean;
  /** Lets it arrive, or not, and the frame hear of it. */
  readonly deliver: (how: Arrival, hears: Hearing) => Promise<void>;
}

/** What a frame hears of its request. */
export type Hearing = 'the answer' | 'a refusal' | 'a broken line' | 'nothing';

/** What is attached to a work item. */
export interface Attached {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Attachments and work items in memory, and a line to them on which nothing moves by itself. */
export interface CrashService {
  /** A way to it of a frame's own. */
  readonly connect: () => { readonly stack: HttpStack; readonly underWay: () => readonly Departed[] };
  /** A new work item is saved for the first time; all others are as old as can be. */
  readonly create: (workItemId: number, at: number) => void;
  /** In the order of the relations. */
  readonly attachedTo: (workItemId: number) => readonly Attached[];
  /** Whether these bytes are stored, attached or not. */
  readonly holds: (bytes: Uint8Array) => boolean;
}

/** Where it answers. */
export const BASE_URL = 'https://h/c/';

/** Who is at the machine, and has made all work items. */
export const JAMAL: Person = { id: 'jamal', descriptor: '' };

interface WireRelation {
  readonly rel: string;
  readonly url: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const FAULT_OF: Readonly<Record<Exclude<Arrival, 'does not arrive'>, Fault>> = {
  arrives: 'none',
  'arrives in half': 'lost when half of it was there',
  'arrives damaged': 'lost, and a byte of it damaged',
};

/** What nobody knows of the real service. */
export interface CrashServiceFacts extends Pick<ServerFacts, 'repeats'> {
  /** Whether it takes a relation that is there. */
  readonly takesTwice: boolean;
}

/** Such a service; every work item is there, without relations. */
export function createCrashService({ repeats, takesTwice }: CrashServiceFacts): CrashService {
  const attachments = createModelServer({ repeats, mostRequestBytes: Infinity, bytesPerMs: Infinity }, []);
  const relations = new Map<number, readonly WireRelation[]>();
  const revisions = new Map<number, number>();
  const createdAt = new Map<number, number>();
  const ids = new Set<string>();

  async function act(request: HttpRequest, how: Exclude<Arrival, 'does not arrive'>): Promise<HttpResponse> {
    const { pathname } = new URL(request.url);
    const [, number] = /workitems\/(\d+)$/i.exec(pathname) ?? [];
    if (number !== undefined) return workItem(Number(number), request);
    const id = attachmentIdOf(request.url);
    if (request.method === 'GET' && id) {
      const content = attachments.contentOf(id);
      const blob = content && new MemoryFile(Uint8Array.from(content), '');
      return httpResponse(blob ? { status: 200, blob } : { status: 404, json: NO_FILE });
    }
    attachments.faults.push(FAULT_OF[how]);
    const { method, url, headers, body } = request;
    const response = await attachments.send({ method, url, headers, ...(body !== undefined && { body }) });
    if (method === 'POST') ids.add((JSON.parse(response.text) as { id: string }).id);
    return response;
  }

  function workItem(id: number, { method, body }: HttpRequest): HttpResponse {
    const before = relations.get(id) ?? [];
    if (method === 'PATCH') {
      const added = (JSON.parse(body as string) as { value: WireRelation }[]).map(({ value }) => value);
      const all = [...before, ...added];
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
          'System.CreatedDate': new Date(createdAt.get(id) ?? 0).toISOString(),
          'System.CreatedBy': JAMAL,
        },
        relations: relations.get(id) ?? [],
      },
    });
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

    attachedTo: (workItemId) =>
      (relations.get(workItemId) ?? []).map(({ url, attributes }) => ({
        name: String(attributes['name']),
        bytes: attachments.contentOf(attachmentIdOf(url) ?? '') ?? new Uint8Array(),
      })),

    holds: (bytes) =>
      [...ids].some((id) => Buffer.compare(attachments.contentOf(id) ?? new Uint8Array(), bytes) === 0),
  };
}

const REFUSED = { status: 400, json: { message: 'A rule of this organization forbids it.' } };

const NO_FILE = { message: 'There is no such attachment.', typeKey: 'FileIdNotFoundException' };
