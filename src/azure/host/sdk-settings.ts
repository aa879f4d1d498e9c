import * as SDK from 'azure-devops-extension-sdk';
import { joinUrl } from '../rest/connection';
import type { Host, HostProject } from './host';

/** Id of the settings page in the manifest. */
const SETTINGS_HUB = 'settings-hub';

/** Returns the address of Stapler's page in the settings of a project; `undefined` if unknown. Never rejects. */
export async function findSettingsUrl(
  host: Pick<Host, 'getBaseUrl'>,
  project: Pick<HostProject, 'name'>,
): Promise<string | undefined> {
  try {
    const base = await host.getBaseUrl();
    const hub = `${SDK.getExtensionContext().id}.${SETTINGS_HUB}`;
    return joinUrl(base, `${encodeURIComponent(project.name)}/_settings/${hub}`);
  } catch {
    return undefined;
  }
}
