import type { IExtensionDataManager, IExtensionDataService } from 'azure-devops-extension-api';
import * as SDK from 'azure-devops-extension-sdk';
import { getService } from './sdk-services';
import { hostAnswer } from './time-out';

const DATA_SERVICE = 'ms.vss-features.extension-data-service';

/** Scope of data that follow the user across machines (host reference 9). */
export const USER_SCOPE = { scopeType: 'User' };

/**
 * Returns the access to the data of this extension. A manager keeps its initial token, so each call creates a new one
 * (host reference 9).
 *
 * @throws HostError
 */
export async function dataManager(): Promise<IExtensionDataManager> {
  const service = await getService<IExtensionDataService>(DATA_SERVICE);
  const token = await hostAnswer(SDK.getAccessToken(), 'an access token');
  return await hostAnswer(
    service.getExtensionDataManager(SDK.getExtensionContext().id, token),
    'the settings',
  );
}
