import type { ILocationService } from 'azure-devops-extension-api';
import type { IWorkItemChangedArgs, IWorkItemFormService } from 'azure-devops-extension-api/WorkItemTracking';
import * as SDK from 'azure-devops-extension-sdk';
import { HostError, StaplerError } from '../model/errors';
import type { FormEvent, Host, RefreshOutcome } from './host';
import { hostAnswer } from './time-out';

/** `publisher.extension`, from the manifest (webpack.config.js). */
declare const EXTENSION_ID: string;

const FORM_SERVICE = 'ms.vss-work-web.work-item-form';
const LOCATION_SERVICE = 'ms.vss-features.location-service';

/** Resource area of Work Item Tracking (REST reference H). */
const WORK_ITEM_TRACKING_AREA = '5264459e-e5e0-4bd8-b118-0985e68a4ec5';

/**
 * The host by way of the official SDK.
 *
 * @param contributionId Short id of the contribution that this page is, as in the manifest.
 */
export function createSdkHost(contributionId: string): Host {
  let baseUrl: Promise<string> | undefined;

  return {
    async connect(onFormEvent) {
      const formObject = createFormObject(onFormEvent);
      // The host asks for the full id and for the short one, and may do so as soon as it has answered; whatever is
      // registered later can be missed, and then no event ever arrives (host reference 1.3).
      SDK.register(contributionId, formObject);
      SDK.register(`${EXTENSION_ID}.${contributionId}`, formObject);
      await SDK.init({ loaded: false });
      try {
        SDK.register(SDK.getContributionId(), formObject);
      } catch {
        // A host that does not tell the id has two of ours to ask for.
      }
    },

    loadSucceeded() {
      quietly(SDK.notifyLoadSucceeded());
    },

    async getToken() {
      // A visitor without membership gets no token, and the SDK trips over that (host reference 6.4).
      const asked = SDK.getAccessToken().catch(() => undefined);
      const token: unknown = await hostAnswer(asked, 'an access token');
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

    refreshForm,

    async getFormItemType() {
      try {
        const form = await formService();
        const field = form.getFieldValue('System.WorkItemType', { returnOriginalValue: false });
        const type: unknown = await hostAnswer(field, 'the item type');
        return typeof type === 'string' ? type : '';
      } catch {
        return '';
      }
    },

    resize(heightPx) {
      SDK.resize(undefined, heightPx);
    },
  };
}

/** `IWorkItemLoadedArgs` as it comes through JSON: a member may be missing. */
interface LoadedArgs {
  id: number;
  isNew?: boolean;
  isReadOnly?: boolean;
}

function createFormObject(tell: (event: FormEvent) => void): Record<string, (args: never) => void> {
  const changed = (type: 'saved' | 'refreshed' | 'reset' | 'unloaded') => (args: IWorkItemChangedArgs) =>
    tell({ type, workItemId: args.id });
  return {
    onLoaded: (args: LoadedArgs) =>
      tell({
        type: 'loaded',
        workItemId: args.id,
        isNew: args.isNew ?? false,
        isReadOnly: args.isReadOnly ?? false,
      }),
    onSaved: changed('saved'),
    onRefreshed: changed('refreshed'),
    onReset: changed('reset'),
    onUnloaded: changed('unloaded'),
    onFieldChanged: () => undefined,
  };
}

async function findBaseUrl(): Promise<string> {
  const service = await getService<ILocationService>(LOCATION_SERVICE);
  const ofArea: unknown = await hostAnswer(
    callOf(() => service.getResourceAreaLocation(WORK_ITEM_TRACKING_AREA)),
    'the address of the REST API',
  ).catch(() => undefined);
  if (isWebAddress(ofArea)) return ofArea;
  const ofOrganisation: unknown = await hostAnswer(
    callOf(() => service.getServiceLocation()),
    'the address of the organisation',
  );
  if (isWebAddress(ofOrganisation)) return ofOrganisation;
  throw new HostError('Azure DevOps did not tell the address of its REST API.');
}

/** A method that the host's service lacks fails like one that refuses: in its promise, beside the other questions. */
async function callOf<T>(call: () => Promise<T>): Promise<T> {
  return call();
}

function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value);
}

function formService(): Promise<IWorkItemFormService> {
  return getService<IWorkItemFormService>(FORM_SERVICE);
}

async function getService<T>(id: string): Promise<T> {
  const service: unknown = await hostAnswer(SDK.getService(id), id);
  if (typeof service === 'object' && service !== null) return service as T;
  throw new HostError(`Azure DevOps has no service ${id}.`);
}

/**
 * The form service speaks of whichever item is active, not of ours (host reference 4.4), and a rejection with
 * nothing arrives as an answer without a value: so only a clear "this item, not dirty" lets the form be refreshed.
 */
async function refreshForm(workItemId: number): Promise<RefreshOutcome> {
  try {
    const form = await formService();
    const [activeId, dirty] = await Promise.all([
      hostAnswer(
        callOf(() => form.getId()),
        'the active work item',
      ),
      hostAnswer(
        callOf(() => form.isDirty()),
        'unsaved edits',
      ),
    ]);
    if (activeId !== workItemId) return 'other-item';
    if ((dirty as unknown) !== false) return 'unsaved-edits';
    await hostAnswer(
      callOf(() => form.refresh()),
      'a refreshed form',
    );
    return 'refreshed';
  } catch {
    return 'failed';
  }
}

/** Such a call has no answer that anybody waits for; an unhandled rejection would only make noise. */
function quietly(call: Promise<void>): void {
  call.catch(() => undefined);
}
