import type { ExtensionDataScope, ExtensionDocument, EmulatorConfig } from '../../../contract';
import { control } from '../control';

interface DocumentOptions {
  /** Default: `Default`. */
  scopeType?: ExtensionDataScope;
  defaultValue?: unknown;
}

/** Collection of single values. */
const settings = '$settings';

/**
 * `ms.vss-features.extension-data-service`. The data are in the emulator's process and survive a reload of
 * the page. Assumed: an extension has access to its own data only.
 */
export function createExtensionDataService({ extension }: EmulatorConfig) {
  const ownId = `${extension.publisherId}.${extension.extensionId}`;
  return {
    getExtensionDataManager(extensionId: string, accessToken: string) {
      if (extensionId === ownId) return createManager(accessToken);
      throw new Error(`The data of the extension ${extensionId} cannot be reached.`);
    },
  };
}

/** Keeps its token even when it has expired (host reference 9). */
function createManager(token: string) {
  const ask = <Answer>(method: string, collection: string, options?: DocumentOptions, rest: Asked = {}) => {
    const path = [options?.scopeType ?? 'Default', collection, ...(rest.id === undefined ? [] : [rest.id])];
    return control.askForData<Answer>(token, method, path.map(encodeURIComponent).join('/'), rest.document);
  };

  return {
    async getValue(key: string, options?: DocumentOptions): Promise<unknown> {
      try {
        const document = await ask<ExtensionDocument>('GET', settings, options, { id: key });
        return document['value'] ?? options?.defaultValue;
      } catch (error) {
        // With a default, every error looks like an unset value (host reference 9).
        if (options?.defaultValue !== undefined) return options.defaultValue;
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    /** The last write wins. */
    async setValue(key: string, value: unknown, options?: DocumentOptions): Promise<unknown> {
      await ask('PUT', settings, options, { document: { id: key, value, __etag: -1 } });
      return value;
    },
    getDocument: (collection: string, id: string, options?: DocumentOptions) =>
      ask<ExtensionDocument>('GET', collection, options, { id }),
    getDocuments: (collection: string, options?: DocumentOptions) =>
      ask<ExtensionDocument[]>('GET', collection, options),
    createDocument: (collection: string, document: object, options?: DocumentOptions) =>
      ask<ExtensionDocument>('POST', collection, options, { document }),
    setDocument: (collection: string, document: object, options?: DocumentOptions) =>
      ask<ExtensionDocument>('PUT', collection, options, { document }),
    updateDocument: (collection: string, document: object, options?: DocumentOptions) =>
      ask<ExtensionDocument>('PATCH', collection, options, { document }),
    deleteDocument: (collection: string, id: string, options?: DocumentOptions) =>
      ask<undefined>('DELETE', collection, options, { id }),
  };
}

interface Asked {
  id?: string;
  document?: object;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 404;
}
