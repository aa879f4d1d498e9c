import { rateLimited } from './refusals';
import type { Operation } from '../contract';

/** Budget of a user. `GET` and `PUT /control/rate-limit`. */
export interface RateLimit {
  /** Units in any five minutes; `null` for no limit. */
  units: number | null;
  /** Cost of a request in units, by kind. */
  costs: Readonly<Record<CostKind, number>>;
}

/** Kinds of requests with a cost of their own. */
const costKinds = ['items', 'query', 'read', 'change', 'upload', 'download'] as const;

/** One of `costKinds`: `items` reads up to 200 work items, `query` runs a query. */
export type CostKind = (typeof costKinds)[number];

/** Documented: 200 units. Assumed: all costs; observed: a download has none, an upload costs about one read. */
export const documentedRateLimit: RateLimit = {
  units: 200,
  costs: { items: 0.5, query: 1, read: 0.05, change: 0.2, upload: 0.05, download: 0 },
};

/** No limit, with the costs of the documented one. */
const unlimited: RateLimit = { ...documentedRateLimit, units: null };

/** Documented: the window slides. */
const windowMs = 300_000;

const resource = 'Concurrency';

/** Counts the units of the last five minutes. All users of the emulator are one. */
export class RateLimiter {
  private limit: RateLimit = unlimited;
  private spent: { at: number; units: number }[] = [];

  /** @param now Time of the data, in milliseconds since the epoch. */
  constructor(private readonly now: () => number) {}

  /** Conditions in force. */
  get current(): RateLimit {
    return this.limit;
  }

  /** Units spent in the last five minutes. */
  get used(): number {
    return this.spent.reduce((sum, { units }) => sum + units, 0);
  }

  /** Changes the budget; costs that are left out stay. Nothing is spent yet. Throws a `RangeError` if invalid. */
  set({ units, costs = {} }: { units?: number | null; costs?: Partial<RateLimit['costs']> }): void {
    const next = {
      units: units === undefined ? this.limit.units : units,
      costs: { ...this.limit.costs, ...costs },
    };
    const isNumber = (value: number) => Number.isFinite(value) && value >= 0;
    if (next.units !== null && !(isNumber(next.units) && next.units > 0))
      throw new RangeError('The units of a rate limit are a number above 0.');
    const unknown = Object.keys(costs).find((kind) => !costKinds.some((one) => one === kind));
    if (unknown !== undefined) throw new RangeError(`A rate limit has no cost of "${unknown}".`);
    if (!Object.values(next.costs).every(isNumber))
      throw new RangeError('The costs of a rate limit are numbers from 0 on.');
    this.limit = next;
    this.spent = [];
  }

  /** Back to no limit. */
  clear(): void {
    this.limit = unlimited;
    this.spent = [];
  }

  /**
   * Spends the cost of a request. Throws the refusal if it exceeds the budget; a refused request costs nothing.
   * Assumed: no delays before that, and `Retry-After` is the time until there is enough again.
   */
  spend(kind: CostKind): void {
    const { units, costs } = this.limit;
    if (units === null) return;
    const now = this.now();
    this.spent = this.spent.filter(({ at }) => at > now - windowMs);
    const cost = costs[kind];
    if (this.used + cost <= units) {
      if (cost > 0) this.spent.push({ at: now, units: cost });
      return;
    }
    const resetAt = this.timeFor(cost, units);
    throw rateLimited(resource, {
      'Retry-After': String(Math.max(1, Math.ceil((resetAt - now) / 1000))),
      'X-RateLimit-Resource': resource,
      'X-RateLimit-Limit': String(units),
      'X-RateLimit-Remaining': String(Math.max(0, units - this.used)),
      'X-RateLimit-Reset': String(Math.ceil(resetAt / 1000)),
    });
  }

  /** Time at which enough of the budget is free again. */
  private timeFor(cost: number, units: number): number {
    let used = this.used;
    for (const { at, units: freed } of this.spent) {
      used -= freed;
      if (used + cost <= units) return at + windowMs;
    }
    return this.now() + windowMs;
  }
}

/** Kind of a request; `undefined` for the small ones that cost nothing. */
export function costKindOf(
  path: string,
  method: string,
  operations: readonly Operation[],
): CostKind | undefined {
  if (/\/workitemsbatch$/i.test(path) || (/\/workitems$/i.test(path) && method === 'GET')) return 'items';
  if (/\/wiql(?:\/|$)/i.test(path)) return 'query';
  if (operations.includes('download')) return 'download';
  if (operations.includes('link') || operations.includes('batch')) return 'change';
  if (operations.includes('read')) return 'read';
  return operations.length > 0 ? 'upload' : undefined;
}
