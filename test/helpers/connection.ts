import type { Connection } from '../../src/azure/rest/connection';
import { createConnection } from '../../src/azure/rest/connection';
import type { HandDrivenStack } from './hand-driven-http-stack';
import { createHandDrivenStack } from './hand-driven-http-stack';

/** A connection whose network the test drives. */
export interface TestConnection {
  readonly connection: Connection;
  readonly stack: HandDrivenStack;
  /** For how long the server asked to be left alone, in milliseconds, each time that it did. */
  readonly askedToWait: readonly number[];
}

/** Such a connection; its host hands out `token 1`, `token 2`, … */
export function createTestConnection(): TestConnection {
  const stack = createHandDrivenStack();
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
