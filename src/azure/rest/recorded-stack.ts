import { recordStep } from '../../base/diagnostics';
import { isCancelled, toProblem } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import type { HttpStack } from './http-stack';

/** Parts of an address that are the same in every organization. */
const WORDS = /^(?:wit|attachments|workitems|workitemsbatch|updates|wiql|\$batch)$/i;

/** Records each request with its outcome and duration, for diagnostics. */
export function recordRequests(stack: HttpStack, { now }: Pick<Runtime, 'now'>): HttpStack {
  return {
    send(request) {
      const startedAt = now();
      const record = (outcome: string): void =>
        recordStep(`${request.method} ${routeOf(request.url)}: ${outcome}, ${now() - startedAt} ms`);
      const answer = stack.send(request);
      answer.then(
        ({ status }) => record(String(status)),
        (error: unknown) => record(isCancelled(error) ? 'canceled' : toProblem(error).kind),
      );
      return answer;
    },
  };
}

/** Returns `wit/workitems/*` for the address of a work item: ids and names are replaced. */
function routeOf(url: string): string {
  const [, route = ''] = url.split(/[?#]/, 1).join().split('/_apis/', 2);
  return route
    .split('/')
    .map((part) => (WORDS.test(part) ? part : '*'))
    .join('/');
}
