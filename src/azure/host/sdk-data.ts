import type { IExtensionDataManager, IExtensionDataService } from 'azure-devops-extension-api';
import * as SDK from 'azure-devops-extension-sdk';
import { HostError } from '../../base/errors';
import { getService } from './sdk-services';
import { hostAnswer } from './time-out';

const DATA_SERVICE = 'ms.vss-features.extension-data-service';

/** Owner of data. */
export interface DataScope {
  readonly scopeType: 'User' | 'Default';
}

/** Scope of data that follow the user across machines (host reference 9). */
export const USER_SCOPE: DataScope = { scopeType: 'User' };

/** Scope of data that the organization shares. Each member can write them with a token (host reference 9). */
export const ORGANIZATION_SCOPE: DataScope = { scopeType: 'Default' };

/**
 * Returns the access to the data of this extension. A manager keeps its initial token, so each call creates a new one
 * (host reference 9).
 *
 * @throws HostError, without a cause if the host has no place for data.
 */
export async function dataManager(): Promise<IExtensionDataManager> {
  const service = await dataService();
  const token = await hostAnswer(SDK.getAccessToken(), 'an access token');
  return await hostAnswer(
    service.getExtensionDataManager(SDK.getExtensionContext().id, token),
    'the settings',
  );
}

/** A host without the service may answer nothing, or refuse the question. */
async function dataService(): Promise<IExtensionDataService> {
  try {
    return await getService<IExtensionDataService>(DATA_SERVICE);
  } catch {
    throw new HostError(`Azure DevOps has no service ${DATA_SERVICE}.`);
  }
}
