import { sleep } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { HttpResponse, HttpStack } from './http-stack';
import { readRetryAfter } from './server-errors';

/** Consumption of the user, as the latest response with such headers tells (REST reference F.3). */
export interface RateBudget {
  /** Units that the service allows before it delays requests. */
  readonly limit: number | undefined;
  /** Units left. 0: requests are delayed or refused. */
  readonly remaining: number | undefined;
  /** Time without further requests at which all units are back, in milliseconds since the epoch. */
  readonly resetAt: number | undefined;
  /** Time by which the service has delayed the request. It asks for no pause: `Retry-After` does. */
  readonly delayMs: number | undefined;
  /** Name of the service and the limit, for the person. */
  readonly resource: string | undefined;
}

/** A stack that obeys the limits of the service. */
export interface BudgetedStack extends HttpStack {
  /** `undefined` until the service mentions a limit, and once all units are back. */
  readonly budget: ReadonlyStore<RateBudget | undefined>;
}

/**
 * Reads the consumption from every response, and holds new requests back for the time of `Retry-After`. Requests in
 * progress continue.
 */
export function watchRateBudget(stack: HttpStack, runtime: Runtime): BudgetedStack {
  const budget = createStateStore<RateBudget | undefined>(undefined);
  let pausedUntil = 0;

  /** Without headers, the latest values stay until all units are back. */
  const isOver = (last: RateBudget | undefined): boolean =>
    last?.resetAt !== undefined && last.resetAt <= runtime.now();

  return {
    budget,
    async send(request) {
      // Another response may prolong the pause meanwhile.
      while (runtime.now() < pausedUntil) await sleep(runtime, pausedUntil - runtime.now(), request.signal);
      const response = await stack.send(request);
      const pauseMs = readRetryAfter(response.header('Retry-After'), runtime.now());
      if (pauseMs !== undefined) pausedUntil = Math.max(pausedUntil, runtime.now() + pauseMs);
      budget.setState((last) => readRateBudget(response) ?? (isOver(last) ? undefined : last));
      return response;
    },
  };
}

/** Reads the headers `X-RateLimit-…`; `undefined` without any. Skips values of another form. */
export function readRateBudget({ header }: Pick<HttpResponse, 'header'>): RateBudget | undefined {
  const read = (name: string, factor = 1): number | undefined => {
    const value = header(`X-RateLimit-${name}`)?.trim();
    const number = value ? Number(value) * factor : NaN;
    return number >= 0 && Number.isFinite(number) ? number : undefined;
  };
  const budget: RateBudget = {
    limit: read('Limit'),
    remaining: read('Remaining'),
    // Seconds, with fractions.
    resetAt: read('Reset', 1000),
    delayMs: read('Delay', 1000),
    resource: header('X-RateLimit-Resource') ?? undefined,
  };
  return Object.values(budget).some((value) => value !== undefined) ? budget : undefined;
}
