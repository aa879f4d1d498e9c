/** Parts of undici without `fetch`, caches and mocks, which take longer to load than a request takes. */
declare module 'undici/lib/dispatcher/agent.js' {
  export { Agent as default } from 'undici';
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';

  /** Method of a dispatcher. */
  // As the module exports it.
  // eslint-disable-next-line no-restricted-syntax
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
}
