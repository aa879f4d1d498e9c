import type { ActiveFault, FaultDescription } from '../contract';
import { ApiError } from './api-error';
import { proxyPage, signInPage, type Page } from './pages';
import { notAuthorized, testFailed } from './refusals';

/** What a request is about, as far as faults tell requests apart. */
export type Operation = 'upload' | 'chunk' | 'download' | 'link' | 'read';

/**
 * What a fault does. `refuse` and `page` come after the body was read and instead of the work;
 * `cut` destroys the socket without an answer, either half-way through the body or after the work was done.
 */
export type FaultEffect =
  | { readonly kind: 'refuse'; readonly error: () => ApiError }
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'cut'; readonly when: 'half-body' | 'worked' };

/** One thing that can go wrong. */
export interface Fault extends FaultDescription {
  readonly operations: readonly Operation[];
  readonly effect: FaultEffect;
}

const everything: readonly Operation[] = ['upload', 'chunk', 'download', 'link', 'read'];

/** Every fault there is. */
export const faults: readonly Fault[] = [
  {
    name: 'upload-server-error',
    description: 'An upload is read to its end and answered with 500.',
    operations: ['upload'],
    effect: { kind: 'refuse', error: serverError },
  },
  {
    name: 'upload-busy',
    description: 'An upload is read to its end and answered with 503.',
    operations: ['upload'],
    effect: { kind: 'refuse', error: busy },
  },
  {
    name: 'upload-dropped',
    description: 'The connection of an upload dies half-way through the body; nothing is stored.',
    operations: ['upload'],
    effect: { kind: 'cut', when: 'half-body' },
  },
  {
    name: 'upload-answer-lost',
    description: 'An upload is stored, then its connection dies without an answer.',
    operations: ['upload'],
    effect: { kind: 'cut', when: 'worked' },
  },
  {
    name: 'chunk-server-error',
    description: 'A chunk is read to its end, not stored, and answered with 500.',
    operations: ['chunk'],
    effect: { kind: 'refuse', error: serverError },
  },
  {
    name: 'chunk-dropped',
    description: 'The connection of a chunk dies half-way through the body; the chunk is not stored.',
    operations: ['chunk'],
    effect: { kind: 'cut', when: 'half-body' },
  },
  {
    name: 'chunk-answer-lost',
    description: 'A chunk is stored, then its connection dies without an answer.',
    operations: ['chunk'],
    effect: { kind: 'cut', when: 'worked' },
  },
  {
    name: 'link-server-error',
    description: 'A patch of a work item is answered with 500; nothing is changed.',
    operations: ['link'],
    effect: { kind: 'refuse', error: serverError },
  },
  {
    name: 'link-answer-lost',
    description: 'A patch of a work item is applied, then its connection dies without an answer.',
    operations: ['link'],
    effect: { kind: 'cut', when: 'worked' },
  },
  {
    name: 'link-conflict',
    description: 'A patch of a work item is answered with 412, as if somebody else had saved first.',
    operations: ['link'],
    effect: { kind: 'refuse', error: () => testFailed('/rev', 2, 1) },
  },
  {
    name: 'signed-out',
    description: 'Any request is answered with the sign-in page and status 203, as if it carried no token.',
    operations: everything,
    effect: { kind: 'page', page: signInPage },
  },
  {
    name: 'token-expired',
    description:
      'Any request is answered with 401 and without CORS headers, which a page sees as a network error.',
    operations: everything,
    effect: { kind: 'refuse', error: notAuthorized },
  },
  {
    name: 'throttled',
    description: 'Any request is answered with 429 and Retry-After: 3, which a page cannot read.',
    operations: everything,
    effect: { kind: 'refuse', error: throttled },
  },
  {
    name: 'not-json',
    description: 'A read of work items is answered with 200 and an HTML page.',
    operations: ['read'],
    effect: { kind: 'page', page: proxyPage },
  },
];

/** Whether there is a fault of that name. */
export function isFaultName(name: string): boolean {
  return faults.some((fault) => fault.name === name);
}

/** The first switched-on fault that fits, counted down; one that is used up leaves `active`. */
export function takeFault(active: ActiveFault[], operation: Operation): Fault | undefined {
  for (const entry of active) {
    const fault = faults.find(
      ({ name, operations }) => name === entry.name && operations.includes(operation),
    );
    if (fault === undefined) continue;
    countDown(active, entry);
    return fault;
  }
  return undefined;
}

/** Whether a switched-on fault cuts connections. */
export function cutsConnections(active: readonly ActiveFault[]): boolean {
  return active.some((entry) =>
    faults.some(({ name, effect }) => name === entry.name && effect.kind === 'cut'),
  );
}

function countDown(active: ActiveFault[], entry: ActiveFault): void {
  if (entry.remaining === null) return;
  entry.remaining -= 1;
  if (entry.remaining <= 0) active.splice(active.indexOf(entry), 1);
}

function serverError(): ApiError {
  return new ApiError(
    500,
    'VssServiceException',
    'VS402335: The timeout period elapsed prior to completion of the query.',
  );
}

function busy(): ApiError {
  return new ApiError(503, 'VssServiceException', 'VS402490: The service is busy. Try again later.');
}

/** REST reference F.2 and F.3. */
function throttled(): ApiError {
  return new ApiError(
    429,
    'RequestBlockedException',
    "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.",
    { headers: { 'Retry-After': '3' } },
  );
}
