import type { IWorkItemFormService } from 'azure-devops-extension-api/WorkItemTracking';
import { HostError, messageOf } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import type { Host, RefreshOutcome, SaveOutcome, UnsavedEdits } from './host';
import { callHost, formService } from './sdk-services';

/** In milliseconds. Longer than for other calls: the server runs rules and hooks first. */
const SAVE_TIMEOUT_MS = 60_000;

/** State of the active work item, as claimed by the host. */
interface ActiveItem {
  readonly id: unknown;
  readonly isDirty: unknown;
}

/**
 * The form, through its service. The service refers to the active item rather than to ours (host reference 4.4), and
 * a rejection without a value looks like an empty response. So each call first checks the id, and a result counts
 * only if it can be observed.
 */
export const sdkForm: Pick<
  Host,
  'refreshForm' | 'getUnsavedEdits' | 'saveForm' | 'getFormItemType' | 'loadFormFields'
> = {
  async refreshForm(workItemId): Promise<RefreshOutcome> {
    try {
      const form = await formService();
      const { id, isDirty } = await activeItem(form);
      if (id !== workItemId) return 'other-item';
      // Only an explicit "not dirty" is safe.
      if (isDirty !== false) return 'unsaved-edits';
      await callHost(() => form.refresh(), 'a refreshed form');
      return 'refreshed';
    } catch {
      return 'failed';
    }
  },

  async getUnsavedEdits(workItemId): Promise<UnsavedEdits> {
    try {
      const { id, isDirty } = await activeItem(await formService());
      if (id !== workItemId || typeof isDirty !== 'boolean') return 'unknown';
      return isDirty ? 'some' : 'none';
    } catch {
      return 'unknown';
    }
  },

  async saveForm(hostId): Promise<SaveOutcome> {
    try {
      const form = await formService();
      const { id, isDirty } = await activeItem(form);
      if (!isSameItem(id, hostId)) return { outcome: 'other-item' };
      // A new item is unsaved even without edits.
      if (isDirty === false && hostId > 0) return { outcome: 'saved' };
      if ((await callHost(() => form.isValid(), 'its validity')) === false) {
        return { outcome: 'invalid', fields: await invalidFields(form) };
      }
      let failure: unknown;
      try {
        await callHost(() => form.save(), 'a saved form', SAVE_TIMEOUT_MS);
      } catch (error) {
        failure = error;
      }
      const after = await activeItem(form);
      // After the save, a new item has another id, or none yet.
      const isObservable = after.id === hostId && hostId > 0;
      const isSaved = isObservable ? after.isDirty === false : failure === undefined;
      return isSaved ? { outcome: 'saved' } : { outcome: 'failed', message: hostMessageOf(failure) };
    } catch (error) {
      return { outcome: 'failed', message: hostMessageOf(error) };
    }
  },

  async getFormItemType() {
    try {
      const form = await formService();
      const field = (): Promise<unknown> =>
        form.getFieldValue('System.WorkItemType', { returnOriginalValue: false });
      const type = await callHost(field, 'the item type');
      return typeof type === 'string' ? type : '';
    } catch {
      return '';
    }
  },

  async loadFormFields() {
    return (await loadModule(loadFields)).sdkFormFields;
  },
};

function loadFields() {
  return import(/* webpackChunkName: "form-fields" */ './sdk-form-fields');
}

async function activeItem(form: IWorkItemFormService): Promise<ActiveItem> {
  const [id, isDirty] = await Promise.all([
    callHost(() => form.getId(), 'the active work item'),
    callHost(() => form.isDirty(), 'unsaved edits'),
  ]);
  return { id, isDirty };
}

/** Whether both are ids of one item. The host may use 0 and a negative number for the same new item. */
function isSameItem(id: unknown, hostId: number): boolean {
  return id === hostId || (typeof id === 'number' && id <= 0 && hostId <= 0);
}

/** Names of the invalid fields. */
async function invalidFields(form: IWorkItemFormService): Promise<readonly string[]> {
  const fields = await callHost(() => form.getInvalidFields(), 'invalid fields').catch(() => []);
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field: unknown) => {
    const { name, referenceName } = (field ?? {}) as Partial<Record<string, unknown>>;
    const displayName = name ?? referenceName;
    return typeof displayName === 'string' ? [displayName] : [];
  });
}

/** The host's own message for a failure, without our prefix; empty if there is none. */
function hostMessageOf(failure: unknown): string {
  return failure instanceof HostError ? messageOf(failure.cause, '') : '';
}
