import type { Connection } from './connection';
import { isRecord, readJson, textOf } from './server-errors';

/** Facts about an organization or collection and the signed-in user. */
export interface ConnectionData {
  readonly deployment: 'services' | 'server';
  /** Display name of the user; empty if unknown. */
  readonly userName: string;
}

/**
 * Reads the edition and the user (official client, `ConnectionData`). The route has no released version.
 *
 * @throws StaplerError on failure.
 */
export async function readConnectionData(connection: Connection): Promise<ConnectionData> {
  const path = '_apis/connectionData';
  const response = await connection.send({
    method: 'GET',
    path,
    headers: {},
    isIdempotent: true,
    apiVersion: '5.0-preview.1',
  });
  return readJson(response, `GET ${path}`, (body) => {
    if (!isRecord(body)) return undefined;
    const user = isRecord(body['authenticatedUser']) ? body['authenticatedUser'] : {};
    return {
      deployment: body['deploymentType'] === 'onPremises' ? 'server' : 'services',
      userName: textOf(user['customDisplayName']) || textOf(user['providerDisplayName']),
    };
  });
}
