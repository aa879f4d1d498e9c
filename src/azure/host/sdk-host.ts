import type { IHostNavigationService, ILocationService } from 'azure-devops-extension-api';
import type {
  IWorkItemChangedArgs,
  IWorkItemFormNavigationService,
} from 'azure-devops-extension-api/WorkItemTracking';
import * as SDK from 'azure-devops-extension-sdk';
import { addDiagnostics } from '../../base/diagnostics';
import { HostError, StaplerError } from '../../base/errors';
import { joinUrl } from '../rest/connection';
import type { Person } from '../work-item';
import { MAX_ATTACHMENTS_PER_WORK_ITEM, MAX_FILE_BYTES, UNKNOWN_PERSON } from '../work-item';
import type { FormEvent, Host } from './host';
import { connectAs, getCulture, notifyLoaded } from './sdk-connection';
import { dataManager, USER_SCOPE } from './sdk-data';
import { isOnServer, readHostFacts } from './sdk-diagnostics';
import { sdkForm } from './sdk-form';
import { explainMissingPanel, openBulkPanel, showToast } from './sdk-layout';
import { callHost, getService } from './sdk-services';
import { hostAnswer } from './time-out';

const NAVIGATION_SERVICE = 'ms.vss-work-web.work-item-form-navigation-service';
const HOST_NAVIGATION_SERVICE = 'ms.vss-features.host-navigation-service';
const LOCATION_SERVICE = 'ms.vss-features.location-service';

/** Resource area of Work Item Tracking (REST reference H). */
const WORK_ITEM_TRACKING_AREA = '5264459e-e5e0-4bd8-b118-0985e68a4ec5';

/** The host of a page without a screen: smaller, since it opens nothing. */
type BackgroundHost = Omit<
  Host,
  | 'getAttachmentLimit'
  | 'getFileLimit'
  | 'openWorkItem'
  | 'openBulkPanel'
  | 'openInNewTab'
  | 'reloadPage'
  | 'resize'
>;

/**
 * The host, through the official SDK.
 *
 * @param contributionId Short id of this page's contribution, as in the manifest.
 */
export function createSdkHost(contributionId: string): Host {
  const host = createBackgroundHost(contributionId);
  addDiagnostics('host', readHostFacts);
  return {
    ...host,

    getAttachmentLimit: () => (isOnServer() ? Infinity : MAX_ATTACHMENTS_PER_WORK_ITEM),
    getFileLimit: () => (isOnServer() ? Infinity : MAX_FILE_BYTES),

    openWorkItem(workItemId) {
      ignoreFailure(
        getService<IWorkItemFormNavigationService>(NAVIGATION_SERVICE)
          .then((service) => service.openWorkItem(workItemId))
          // Azure DevOps Server 2019 has no such service.
          .catch(async () => openInNewTab(joinUrl(await host.getBaseUrl(), `_workitems/edit/${workItemId}`))),
      );
    },

    openBulkPanel(workItemIds, attached) {
      ignoreFailure(openBulkPanel(workItemIds, attached).catch(explainMissingPanel));
    },

    openInNewTab,

    reloadPage() {
      ignoreFailure(
        getService<IHostNavigationService>(HOST_NAVIGATION_SERVICE).then((navigation) => navigation.reload()),
      );
    },

    resize(heightPx) {
      SDK.resize(undefined, heightPx);
    },
  };
}

/** The host of a page without a screen. See `createSdkHost`. */
export function createBackgroundHost(contributionId: string): BackgroundHost {
  let baseUrl: Promise<string> | undefined;

  return {
    connect: (onFormEvent) => connectAs([contributionId], createFormObject(onFormEvent)),

    loadSucceeded: notifyLoaded,

    async getToken() {
      // Users without membership get no token, and the SDK throws its own error (host reference 6.4). A rejection by the
      // host is another matter: it could not renew the token.
      const request = SDK.getAccessToken().catch((error: unknown) => {
        if (error instanceof TypeError) return undefined;
        throw error;
      });
      const token: unknown = await hostAnswer(request, 'an access token');
      if (typeof token === 'string' && token !== '') return token;
      throw new StaplerError('signed-out', 'Azure DevOps gave no access token.');
    },

    getBaseUrl() {
      baseUrl ??= findBaseUrl().catch((error: unknown) => {
        baseUrl = undefined;
        throw error;
      });
      return baseUrl;
    },

    getPerson() {
      try {
        // Servers omit members of this type (host reference 6.3).
        const { id = '', descriptor = '' } = SDK.getUser() as Partial<Person>;
        return { id, descriptor };
      } catch {
        return UNKNOWN_PERSON;
      }
    },

    getOrganization() {
      try {
        const { id = '' } = SDK.getHost() as Partial<SDK.IHostContext>;
        return id;
      } catch {
        return '';
      }
    },

    getCulture,

    ...sdkForm,

    showToast(message) {
      ignoreFailure(showToast(message));
    },

    async readSetting(key) {
      try {
        const value = await readData(key);
        return typeof value === 'string' ? value : undefined;
      } catch {
        return undefined;
      }
    },

    writeSetting(key, value) {
      ignoreFailure(dataManager().then((data) => data.setValue(key, value, USER_SCOPE)));
    },
  };
}

async function openInNewTab(url: string): Promise<void> {
  const navigation = await getService<IHostNavigationService>(HOST_NAVIGATION_SERVICE);
  await callHost(() => navigation.openNewWindow(url, ''), 'a new tab');
}

async function readData(key: string): Promise<unknown> {
  const data = await dataManager();
  return await callHost(() => data.getValue<unknown>(key, USER_SCOPE), 'a setting');
}

/** Asks whether the service of extension data answers. Stores nothing. @throws HostError */
export async function readExtensionData(): Promise<void> {
  await readData('check');
}

/** `IWorkItemLoadedArgs` after JSON: members may be missing. */
interface LoadedArgs {
  id: number;
  isNew?: boolean;
  isReadOnly?: boolean;
}

/** `IWorkItemFieldChangedArgs` after JSON. */
interface FieldChangedArgs extends IWorkItemChangedArgs {
  changedFields?: Readonly<Record<string, unknown>>;
}

/** Fields set by the service with each revision, never by a user or a rule. */
const BOOKKEEPING_FIELDS: ReadonlySet<string> = new Set(
  'Id Rev ChangedDate ChangedBy CreatedDate CreatedBy AuthorizedDate AuthorizedAs RevisedDate Watermark PersonId'
    .split(' ')
    .map((name) => `System.${name}`),
);

/** Whether a change is only the service's record of a save or refresh. */
function isBookkeeping(fields: readonly string[]): boolean {
  return fields.length > 0 && fields.every((field) => BOOKKEEPING_FIELDS.has(field));
}

function createFormObject(notify: (event: FormEvent) => void): Record<string, (args: never) => void> {
  const notifyOf =
    (type: 'changed' | 'saved' | 'refreshed' | 'reset' | 'unloaded') => (args: IWorkItemChangedArgs) =>
      notify({ type, workItemId: args.id });
  return {
    onLoaded: (args: LoadedArgs) =>
      notify({
        type: 'loaded',
        workItemId: args.id,
        isNew: args.isNew ?? false,
        isReadOnly: args.isReadOnly ?? false,
      }),
    onSaved: notifyOf('saved'),
    onRefreshed: notifyOf('refreshed'),
    onReset: notifyOf('reset'),
    onUnloaded: notifyOf('unloaded'),
    onFieldChanged: (args: FieldChangedArgs) => {
      if (!isBookkeeping(Object.keys(args.changedFields ?? {}))) notifyOf('changed')(args);
    },
  };
}

async function findBaseUrl(): Promise<string> {
  const service = await getService<ILocationService>(LOCATION_SERVICE);
  const areaUrl = await callHost(
    () => service.getResourceAreaLocation(WORK_ITEM_TRACKING_AREA),
    'the address of the REST API',
  ).catch(() => undefined);
  if (isWebUrl(areaUrl)) return upgradeToHttps(areaUrl, globalThis.location);
  const organizationUrl = await callHost(
    () => service.getServiceLocation(),
    'the address of the organization',
  );
  if (isWebUrl(organizationUrl)) return upgradeToHttps(organizationUrl, globalThis.location);
  throw new HostError('Azure DevOps did not tell the address of its REST API.');
}

function isWebUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value);
}

/** Ports of Azure DevOps Server over plain HTTP; none is 80. */
const HTTP_PORTS = new Set(['', '80', '8080']);

/**
 * Returns `url` with `https:` if the page was loaded so from the same host: a server reachable under both schemes may
 * name the other one, and browsers block requests from a secure page to an insecure address.
 */
export function upgradeToHttps(
  url: string,
  page: Pick<Location, 'protocol' | 'hostname' | 'port'> | undefined,
): string {
  const upgraded = new URL(url);
  if (page?.protocol !== 'https:' || upgraded.protocol !== 'http:' || upgraded.hostname !== page.hostname)
    return url;
  const isHttpPort = HTTP_PORTS.has(upgraded.port);
  upgraded.protocol = 'https:';
  if (isHttpPort) upgraded.port = page.port;
  return upgraded.href;
}

/** Ignores the result of a fire-and-forget call; an unhandled rejection would only be noise. */
function ignoreFailure(call: Promise<unknown>): void {
  call.catch(() => undefined);
}
