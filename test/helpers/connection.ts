import type { Connection } from '../../src/rest/connection';
import { createConnection } from '../../src/rest/connection';
import type { HandDrivenStack } from './hand-driven-http-stack';
import { createHandDrivenStack } from './hand-driven-http-stack';

/** A connection whose host hands out `token 1`, `token 2`, … and whose network the test drives. */
export function createTestConnection(): { connection: Connection; stack: HandDrivenStack } {
  const stack = createHandDrivenStack();
  let tokens = 0;
  const connection = createConnection({
    stack,
    getToken: () => Promise.resolve(`token ${++tokens}`),
    getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
  });
  return { connection, stack };
}
