import type { ConnectionOptions } from '../azure/rest/connection';
import { joinUrl, NEWEST_VERSION, SUPPRESS_REDIRECT, versionBelow } from '../azure/rest/connection';
import type { HttpResponse, HttpStack } from '../azure/rest/http-stack';
import { isSignInPage, readRetryAfter } from '../azure/rest/server-errors';
import { sleep } from '../base/async';
import { CancelledError, isCancelled } from '../base/errors';
import type { Runtime } from '../base/runtime';
import type { Answer, Api, Method, Request } from './questions/api';
import { answerOf } from './questions/api';

/** Dependencies of `createFrameApi`. */
export interface FrameApiOptions {
  readonly stack: HttpStack;
  readonly host: Pick<ConnectionOptions, 'getToken' | 'getBaseUrl' | 'authorize'>;
  readonly runtime: Runtime;
  /** Ends the requests. A change under way is not aborted, so that its outcome is known. */
  readonly signal: AbortSignal;
}

/** Timeout of a request without progress, in milliseconds. */
const STALL_MS = 30_000;

/**
 * Creates requests of a frame or a command, one after another, with the token of the host. An answer of any status is a result;
 * without a readable answer, the status is 0.
 */
export function createFrameApi({ stack, host, runtime, signal }: FrameApiOptions): Api & {
  /** Finds the newest version of the API and uses it from then on. */
  readonly findVersion: () => Promise<string>;
} {
  const { authorize = (token: string) => `Bearer ${token}` } = host;
  let version = NEWEST_VERSION;
  let waitMs = 0;

  async function sendOnce(method: Method, path: string, request: Request): Promise<Answer> {
    const { body, query } = request;
    const authorization =
      request.authorization === undefined ? authorize(await host.getToken()) : request.authorization;
    const asked = request.version === undefined ? version : (request.version ?? undefined);
    try {
      const response = await stack.send({
        method,
        url: joinUrl(await host.getBaseUrl(), path, { ...query, 'api-version': asked }),
        headers: {
          ...SUPPRESS_REDIRECT,
          ...request.headers,
          ...(authorization !== null && { Authorization: authorization }),
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : new Blob([body]) }),
        ...(method !== 'PATCH' && { signal }),
        stallMs: STALL_MS,
        wantsBlob: true,
      });
      waitMs = readRetryAfter(response.header('Retry-After'), runtime.now()) ?? 0;
      return await readAnswer(response);
    } catch (error) {
      if (isCancelled(error)) throw error;
      return answerOf({ status: 0, headers: new Headers() }, new Uint8Array());
    }
  }

  async function send(method: Method, path: string, request: Request = {}): Promise<Answer> {
    if (waitMs > 0) await sleep(runtime, waitMs, signal);
    if (signal.aborted) throw new CancelledError();
    const answer = await sendOnce(method, path, request);
    // The token may have expired on its way.
    return answer.status === 401 ? sendOnce(method, path, request) : answer;
  }

  return {
    send,
    async findVersion() {
      for (;;) {
        const { words } = await send('GET', '_apis/wit/workItems/1', { query: { fields: 'System.Id' } });
        const lower = /VssVersionOutOfRange/.test(words)
          ? versionBelow(version, /server supports is (\d+\.\d+)/.exec(words)?.[1])
          : undefined;
        if (lower === undefined) return version;
        version = lower;
      }
    },
  };
}

async function readAnswer(response: HttpResponse): Promise<Answer> {
  const { status, blob } = response;
  const headers = {
    get: (name: string) => response.header(name),
    has: (name: string) => response.header(name) !== null,
  };
  const bytes = blob ? new Uint8Array(await blob.arrayBuffer()) : new TextEncoder().encode(response.text);
  const answer = answerOf({ status, headers }, bytes);
  const isForeign = isSignInPage({ ...response, text: answer.ok ? new TextDecoder().decode(bytes) : '' });
  return isForeign ? { ...answer, ok: false } : answer;
}
