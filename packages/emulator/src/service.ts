/** Parts of the REST service, for in-process tests without a socket. */
export { Exchanges } from './rest/exchanges';
export { Interference } from './rest/interference';
export { Network } from './rest/network';
export { RateLimiter } from './rest/rate-limit';
export { RequestLog } from './rest/request-log';
export type { RestContext } from './rest/rest-context';
export { createRestServer } from './rest/rest-server';
export { seed } from './rest/seed';
export { Store } from './rest/store';
export { Tokens } from './rest/tokens';
