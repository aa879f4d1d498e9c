import { isStaplerError } from '../../base/errors';
import { EXTENSION_DATA_HOST } from '../organization-urls';
import type { Connection } from './connection';
import { isRecord, readJson } from './server-errors';

/** Publisher and name of this extension, as in `vss-extension.json`. */
const EXTENSION = 'stapler/stapler';

/** The only version of the route in Microsoft's client. */
const API_VERSION = '7.1-preview.1';

/** Name of an organization in the host name of its old address. */
const OLD_HOST = /^([^.]+)\.visualstudio\.com$/;

/** A document in the data of this extension that the whole organization shares. */
export interface DocumentAddress {
  readonly collection: string;
  readonly id: string;
}

/** Returns the base URL of the data of extensions: on Services a host of its own, on Server the collection. */
export function extensionDataUrl(organizationUrl: string): string {
  const { hostname, pathname } = new URL(organizationUrl);
  const name = hostname === 'dev.azure.com' ? pathname.split('/')[1] : OLD_HOST.exec(hostname)?.[1];
  return name === undefined ? organizationUrl : `https://${EXTENSION_DATA_HOST}/${name}/`;
}

/**
 * Reads a document; `undefined` if there is none.
 *
 * @param connection Its base is that of `extensionDataUrl`.
 * @param options Timeout without progress, in milliseconds.
 * @throws StaplerError on failure.
 */
export async function readExtensionDocument(
  connection: Connection,
  { collection, id }: DocumentAddress,
  { stallMs }: { readonly stallMs: number },
): Promise<Record<string, unknown> | undefined> {
  const data = `_apis/ExtensionManagement/InstalledExtensions/${EXTENSION}/Data/Scopes/Default/Current`;
  const path = `${data}/Collections/${encodeURIComponent(collection)}/Documents/${encodeURIComponent(id)}`;
  try {
    const response = await connection.send({
      ...{ method: 'GET', path, headers: {}, stallMs, isIdempotent: true, apiVersion: API_VERSION },
    });
    return readJson(response, `GET ${path}`, (body) => (isRecord(body) ? body : undefined));
  } catch (error) {
    // Neither the collection nor the document exists before the first policy.
    if (isStaplerError(error) && error.facts.status === 404) return undefined;
    throw error;
  }
}
