import type { Connection } from '../../src/azure/rest/connection';
import { createConnection } from '../../src/azure/rest/connection';
import type { ManualHttpStack } from './manual-http-stack';
import { createManualHttpStack } from './manual-http-stack';

/** A connection with a manual network. */
export interface TestConnection {
  readonly connection: Connection;
  readonly stack: ManualHttpStack;
  /** All throttling delays from the server, in milliseconds. */
  readonly askedToWait: readonly number[];
}

/** Creates the connection. Its host returns `token 1`, `token 2`, … */
export function createTestConnection(): TestConnection {
  const stack = createManualHttpStack();
  const askedToWait: number[] = [];
  let tokens = 0;
  const connection = createConnection({
    stack,
    getToken: () => Promise.resolve(`token ${++tokens}`),
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
  });
  connection.onThrottled((delayMs) => askedToWait.push(delayMs));
  return { connection, stack, askedToWait };
}
