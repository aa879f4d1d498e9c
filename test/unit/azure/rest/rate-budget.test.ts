import { readRateBudget, watchRateBudget } from '../../../../src/azure/rest/rate-budget';
import { isCancelled } from '../../../../src/base/errors';
import { flush, rejectionOf } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createManualHttpStack, httpResponse } from '../../../helpers/manual-http-stack';

const REQUEST = { method: 'GET', url: 'https://dev.azure.com/fabrikam', headers: {} } as const;

/** Headers of a response close to the limit. */
const HEADERS = {
  'X-RateLimit-Resource': 'AzureDevOps/Analytics',
  'X-RateLimit-Limit': '200',
  'X-RateLimit-Remaining': '12.5',
  'X-RateLimit-Reset': '1060',
  'X-RateLimit-Delay': '1.234',
};

const BUDGET = {
  resource: 'AzureDevOps/Analytics',
  limit: 200,
  remaining: 12.5,
  resetAt: 1_060_000,
  delayMs: 1234,
};

function begin() {
  const runtime = createFakeRuntime();
  const network = createManualHttpStack();
  const stack = watchRateBudget(network, runtime);
  /** Sends a request and answers it. */
  async function exchange(headers: Readonly<Record<string, string>> = {}, status = 200): Promise<void> {
    const answer = stack.send(REQUEST);
    (await network.nextRequest()).respondWith({ status, headers });
    await answer;
  }
  return { runtime, network, stack, exchange };
}

describe('readRateBudget', () => {
  it('reads all headers, in milliseconds', () => {
    expect(readRateBudget(httpResponse({ status: 200, headers: HEADERS }))).toEqual(BUDGET);
  });

  it('returns undefined without headers', () => {
    expect(readRateBudget(httpResponse({ status: 200, headers: { 'Retry-After': '3' } }))).toBeUndefined();
  });

  it.each(['', ' ', 'many', '-1', 'NaN', 'Infinity', '1e999'])('skips the value “%s”', (value) => {
    const headers = { 'X-RateLimit-Limit': '200', 'X-RateLimit-Remaining': value };
    expect(readRateBudget(httpResponse({ status: 200, headers }))).toMatchObject({
      limit: 200,
      remaining: undefined,
    });
  });
});

describe('watchRateBudget', () => {
  it('shows the latest consumption, also that of a refused request', async () => {
    const { stack, exchange } = begin();
    expect(stack.budget.getSnapshot()).toBeUndefined();
    await exchange(HEADERS);
    expect(stack.budget.getSnapshot()).toEqual(BUDGET);
    await exchange({ ...HEADERS, 'X-RateLimit-Remaining': '0' }, 429);
    expect(stack.budget.getSnapshot()).toEqual({ ...BUDGET, remaining: 0 });
  });

  it('keeps the consumption while responses have no headers, until all units are back', async () => {
    const { stack, runtime, exchange } = begin();
    await exchange(HEADERS);
    await exchange();
    expect(stack.budget.getSnapshot()).toEqual(BUDGET);
    await runtime.pass(60_000);
    await exchange();
    expect(stack.budget.getSnapshot()).toBeUndefined();
  });

  it('holds new requests back for the time of Retry-After, also after a success', async () => {
    const { stack, network, runtime, exchange } = begin();
    await exchange({ 'Retry-After': '7' });
    const answers = [stack.send(REQUEST), stack.send(REQUEST)];
    await runtime.pass(6_999);
    expect(network.requests).toHaveLength(1);
    await runtime.pass(1);
    expect(network.requests).toHaveLength(3);
    for (const request of network.requests.slice(1)) request.respondWith({ status: 200 });
    await Promise.all(answers);
  });

  it('does not pause for X-RateLimit-Delay, since the service has delayed the request itself', async () => {
    const { stack, network, exchange } = begin();
    await exchange(HEADERS);
    void stack.send(REQUEST);
    await flush();
    expect(network.requests).toHaveLength(2);
  });

  it('prolongs a pause, and never shortens it', async () => {
    const { stack, network, runtime } = begin();
    const answers = [stack.send(REQUEST), stack.send(REQUEST), stack.send(REQUEST)];
    const [a, b, c] = network.requests;
    a!.respondWith({ status: 200, headers: { 'Retry-After': '5' } });
    await flush();
    const held = stack.send(REQUEST);
    await runtime.pass(2_000);
    b!.respondWith({ status: 429, headers: { 'Retry-After': '10' } });
    c!.respondWith({ status: 200, headers: { 'Retry-After': '1' } });
    await Promise.all(answers);
    await runtime.pass(9_999);
    expect(network.requests).toHaveLength(3);
    await runtime.pass(1);
    expect(network.requests).toHaveLength(4);
    network.requests[3]!.respondWith({ status: 200 });
    await held;
  });

  it('cancels a request that is held back', async () => {
    const { stack, network, exchange } = begin();
    await exchange({ 'Retry-After': '7' });
    const abort = new AbortController();
    const answer = stack.send({ ...REQUEST, signal: abort.signal });
    abort.abort();
    expect(isCancelled(await rejectionOf(answer))).toBe(true);
    expect(network.requests).toHaveLength(1);
  });
});
