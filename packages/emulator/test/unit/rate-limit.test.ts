import type { ApiError } from '../../src/rest/api-error';
import { costKindOf, RateLimiter } from '../../src/rest/rate-limit';
import type { Emulator } from '../../src/running-emulator';
import { refusal, send, start } from './client';

/** A limiter with a clock of its own. */
function limiterWith(units: number) {
  const clock = { now: 1_000_000 };
  const limiter = new RateLimiter(() => clock.now);
  limiter.set({ units });
  return { limiter, clock };
}

describe('RateLimiter', () => {
  test('refuses beyond the budget, and tells when to retry', () => {
    const { limiter, clock } = limiterWith(1);
    limiter.spend('items');
    clock.now += 60_000;
    limiter.spend('items');
    const headersOf = (): unknown => {
      try {
        limiter.spend('items');
      } catch (error) {
        return (error as ApiError).headers;
      }
      return undefined;
    };
    expect(headersOf()).toMatchObject({ 'Retry-After': '240', 'X-RateLimit-Remaining': '0' });
    clock.now += 240_000;
    expect(() => limiter.spend('items')).not.toThrow();
    expect(() => limiter.spend('items')).toThrow('TF400733');
  });

  test('charges nothing for a refused request', () => {
    const { limiter } = limiterWith(0.6);
    limiter.spend('items');
    expect(() => limiter.spend('query')).toThrow('TF400733');
    expect(limiter.used).toBe(0.5);
  });

  test('has no limit by default', () => {
    const limiter = new RateLimiter(() => 0);
    for (let count = 0; count < 1_000; count++) limiter.spend('query');
    expect(limiter.used).toBe(0);
  });

  test.each([{ units: 0 }, { units: NaN }, { costs: { items: -1 } }, { costs: { breakfast: 1 } }])(
    'refuses %j and changes nothing',
    (wrong) => {
      const { limiter } = limiterWith(200);
      expect(() => limiter.set(wrong)).toThrow(RangeError);
      expect(limiter.current).toMatchObject({ units: 200, costs: { items: 0.5 } });
    },
  );
});

test.each([
  ['/fabrikam/_apis/wit/workitemsbatch', 'POST', ['read'], 'items'],
  ['/fabrikam/_apis/wit/workitems', 'GET', ['read'], 'items'],
  ['/fabrikam/_apis/wit/workitems/7', 'GET', ['read'], 'read'],
  ['/fabrikam/_apis/wit/wiql', 'POST', ['read'], 'query'],
  ['/fabrikam/_apis/wit/attachments/x', 'GET', ['download'], 'download'],
  ['/fabrikam/_apis/wit/attachments', 'POST', ['simple'], 'upload'],
  ['/fabrikam/_apis/wit/workitems/7', 'PATCH', ['link'], 'change'],
  ['/fabrikam/_apis/connectionData', 'GET', [], undefined],
] as const)('the cost of %s by %s depends on its kind', (path, method, operations, kind) => {
  expect(costKindOf(path, method, operations)).toBe(kind);
});

describe('Emulator with a rate limit', () => {
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await start({ rateLimit: 1 })));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  const list = () => send(emulator, '_apis/wit/workitems?ids=7,8');

  test('answers 429 with Retry-After until its own clock has gone on', async () => {
    expect((await list()).status).toBe(200);
    expect((await list()).status).toBe(200);
    const refused = await list();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(290);
    expect((await refusal(refused)).typeKey).toBe('RequestBlockedException');
    emulator.store.clock.advance(1);
    expect((await list()).status).toBe(200);
  });

  test('can be set, also by the page of the host, and is restored by a reset', async () => {
    emulator.setRateLimit({ units: 0.5, costs: { items: 0.25 } });
    expect((await list()).status).toBe(200);
    const put = (body: object) =>
      fetch(`${emulator.hostUrl}control/rate-limit`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect(await (await put({ units: null })).json()).toMatchObject({ units: null, costs: { items: 0.25 } });
    expect((await put({ units: -1 })).status).toBe(400);
    await emulator.reset();
    expect(emulator.rateLimit).toMatchObject({ units: 1, costs: { items: 0.5 } });
  });
});
