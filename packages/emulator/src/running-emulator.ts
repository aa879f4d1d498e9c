import type { EmulatorMode, NetworkConditions, Operation } from './contract';
import type { Exchanges } from './rest/exchanges';
import type { Act } from './rest/interference';
import type { RateLimit, RateLimiter } from './rest/rate-limit';
import type { RequestLog } from './rest/request-log';
import type { Store } from './rest/store';

/** Running local Azure DevOps. */
export interface Emulator {
  readonly mode: EmulatorMode;
  /** Whether extension pages are in a sandbox. */
  readonly isSandboxed: boolean;
  /** The host page, for a person to open. */
  readonly hostUrl: string;
  /** Base of the REST service, ending in a slash. */
  readonly restBaseUrl: string;
  /** Base of the extension's pages, ending in a slash. */
  readonly assetsBaseUrl: string;
  /** Stored data, for assertions. A reset replaces it. */
  readonly store: Store;
  /** Log of the REST origin. */
  readonly requests: RequestLog;
  /** The same log with the bodies. */
  readonly exchanges: Exchanges;
  readonly network: NetworkConditions;
  /**
   * Changes latency, bandwidth, faults and trouble; takes effect at once and ends stalled requests. Throws a
   * `RangeError` for an unknown fault or an unsupported target, and changes nothing.
   */
  setNetwork(conditions: Partial<NetworkConditions>): void;
  readonly rateLimit: RateLimit;
  /**
   * Sets the budget of units in any five minutes, `null` for none, and costs of requests. Nothing is spent yet. Requests
   * beyond it get 429 with `Retry-After`; those of the host page are spared. Throws a `RangeError` if invalid.
   */
  setRateLimit(limit: Parameters<RateLimiter['set']>[0]): void;
  /**
   * Runs `act` immediately before the service processes the next request of the operation, like a concurrent
   * change: `interfere('link', () => emulator.store.remove(7))`. Applies to one request; a request stopped by
   * a fault does not count. A reset discards pending calls.
   */
  interfere(operation: Operation, act: Act): void;
  /** A new bearer token. */
  issueToken(): string;
  /** Lets every token issued so far expire. */
  expireTokens(): void;
  /** Begins or ends the session of the user. Without one, no token is good, not even a new one. */
  setSignedIn(isSignedIn: boolean): void;
  /** Back to the seeded work items, an undisturbed network and an empty log. Tokens stay good. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
