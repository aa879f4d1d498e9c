import type { Emulator } from 'azure-devops-emulator';
import type { RefreshOutcome, UnsavedEdits } from '../../../src/azure/host/host';
import type { Learned } from '../../../src/upload/learned';
import { createFrameServices } from '../../../src/upload/frame-services';
import { CancelledError, NetworkError } from '../../../src/base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from '../../../src/azure/rest/http-stack';
import type { Runtime } from '../../../src/base/runtime';
import { createQuickRuntime } from './quick-runtime';
import type { Check, CheckOptions } from '../../../src/check/check';
import { createCheck } from '../../../src/check/check';
import type { CheckChoices, CheckRow, CheckState } from '../../../src/check/check-state';
import type { KeptAttachment } from '../../../src/check/kept-attachment';
import { pageQuestions } from '../../../src/check/questions';
import type { Frame } from '../../../src/check/questions/question';

/** The network of Node, as the browser's: a `Blob` for successes, headers that CORS exposes. */
export const nodeStack: HttpStack = {
  async send({ method, url, headers, body, signal, wantsBlob }: HttpRequest): Promise<HttpResponse> {
    let response: Response;
    if ('Content-Range' in headers || 'Range' in headers) await preflight(url, headers);
    try {
      response = await fetch(url, {
        method,
        // Kept connections would be closed by faults.
        headers: { ...headers, Connection: 'close' },
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      });
    } catch (error) {
      throw signal?.aborted ? new CancelledError() : new NetworkError('No answer.', { cause: error });
    }
    const blob = await response.blob();
    const exposed = (response.headers.get('access-control-expose-headers') ?? '').toLowerCase().split(',');
    const isReadable = (name: string): boolean =>
      ['content-type', 'content-length', ...exposed].includes(name.toLowerCase());
    // CORS: without this header, a page sees no answer at all.
    if (!response.headers.has('access-control-allow-origin')) throw new NetworkError('Not readable.');
    return {
      status: response.status,
      text: response.ok && wantsBlob ? '' : await blob.text(),
      ...(wantsBlob && { blob }),
      header: (name) => (isReadable(name) ? response.headers.get(name) : null),
    };
  },
};

/** Asks as a browser does before such a request. */
async function preflight(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const wanted = Object.keys(headers).map((name) => name.toLowerCase());
  const answer = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': wanted.join(),
      Connection: 'close',
    },
  });
  const allowed = (answer.headers.get('access-control-allow-headers') ?? '').split(',');
  if (!wanted.every((name) => allowed.includes(name))) throw new NetworkError('The preflight refused it.');
}

/** A page with these abilities; by default, all of them. */
export function createTestFrame(change: Partial<Frame> = {}): Frame {
  return {
    origin: 'https://stapler.gallerycdn.vsassets.io',
    isSecureContext: true,
    canStore: () => true,
    canOpenDatabase: () => Promise.resolve(true),
    canLock: () => Promise.resolve(true),
    canBroadcast: () => Promise.resolve(true),
    clipboard: () => Promise.resolve('granted'),
    openMessage: () => Promise.resolve(true),
    openPanel: () => Promise.resolve(true),
    opensWindow: true,
    windowReaches: () => Promise.resolve(true),
    canReadData: () => Promise.resolve(true),
    form: undefined,
    ...change,
  };
}

/** Parts of a check that a test may replace. */
export interface TestCheckOptions extends Partial<Pick<CheckOptions, 'stack' | 'questions' | 'createFrame'>> {
  readonly runtime?: Runtime;
  readonly learned?: Learned;
}

/** A check of an emulator. */
export function createTestCheck(emulator: Emulator, change: TestCheckOptions = {}) {
  const { stack = nodeStack, runtime = createQuickRuntime(), learned } = change;
  const host = {
    getToken: () => Promise.resolve(emulator.issueToken()),
    getBaseUrl: () => Promise.resolve(emulator.restBaseUrl),
    getUnsavedEdits: jest.fn<Promise<UnsavedEdits>, [number]>(() => Promise.resolve('none')),
    refreshForm: jest.fn<Promise<RefreshOutcome>, [number]>(() => Promise.resolve('refreshed')),
  };
  const services = createFrameServices({ host, stack, runtime, ...(learned && { learned }) });
  let kept: KeptAttachment | undefined;
  const check = createCheck({
    services,
    host,
    stack,
    createFrame: () => createTestFrame(),
    kept: {
      read: () => Promise.resolve(kept),
      canWrite: () => Promise.resolve(kept === undefined),
      write: (value) => Promise.resolve((kept = value)).then(() => true),
    },
    questions: pageQuestions,
    ...change,
  });
  return { check, host, services, keptAttachment: () => kept };
}

export const NO_CHOICES: CheckChoices = { keepsOne: false, opens: false };

/** Runs the check on a work item and returns its last state. */
export async function runOn(
  check: Check,
  workItemId: number,
  choices: Partial<CheckChoices> = {},
): Promise<Extract<CheckState, { step: 'done' }>> {
  await check.choose({ kind: 'existing', workItemId });
  await check.run({ ...NO_CHOICES, ...choices });
  return doneOf(check);
}

/** Last state of a finished check. */
export function doneOf(check: Check): Extract<CheckState, { step: 'done' }> {
  const state = check.getSnapshot();
  if (state.step !== 'done') throw new Error(`The check is ${state.step}: ${JSON.stringify(state)}`);
  return state;
}

/** Answers by question. */
export function answersOf(rows: readonly CheckRow[]): Record<string, string | null> {
  return Object.fromEntries(rows.map(({ id, answer }) => [id, answer]));
}
