import type { IWorkItemFormService } from 'azure-devops-extension-api/WorkItemTracking';
import { HostError, messageOf } from '../model/errors';
import type { Host, RefreshOutcome, SaveOutcome, UnsavedEdits } from './host';
import { ask, getService } from './sdk-services';

const FORM_SERVICE = 'ms.vss-work-web.work-item-form';

/** Longest wait for a save, in milliseconds: rules and hooks of the server run before it is answered. */
const SAVE_PATIENCE_MS = 60_000;

/** What is known of the active work item. */
interface ActiveItem {
  readonly id: unknown;
  readonly isDirty: unknown;
}

/**
 * The form, by way of its service. That speaks of whichever item is active, not of ours (host reference 4.4), and a
 * rejection with nothing arrives as an answer without a value: so each question begins with the number of the item,
 * and what was done is believed when it can be seen.
 */
export const sdkForm: Pick<Host, 'refreshForm' | 'getUnsavedEdits' | 'saveForm' | 'getFormItemType'> = {
  async refreshForm(workItemId): Promise<RefreshOutcome> {
    try {
      const form = await formService();
      const { id, isDirty } = await activeItem(form);
      if (id !== workItemId) return 'other-item';
      // Only a clear "not dirty" will do.
      if (isDirty !== false) return 'unsaved-edits';
      await ask(() => form.refresh(), 'a refreshed form');
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
      if (id !== hostId) return { outcome: 'other-item' };
      // A new item is not saved, even where nothing was entered yet.
      if (isDirty === false && hostId > 0) return { outcome: 'saved' };
      if ((await ask(() => form.isValid(), 'its validity')) === false) {
        return { outcome: 'invalid', fields: await invalidFields(form) };
      }
      let failure: unknown;
      try {
        await ask(() => form.save(), 'a saved form', SAVE_PATIENCE_MS);
      } catch (error) {
        failure = error;
      }
      const after = await activeItem(form);
      // A new item has another number then, or none yet.
      const canBeSeen = after.id === hostId && hostId > 0;
      const isSaved = canBeSeen ? after.isDirty === false : failure === undefined;
      return isSaved ? { outcome: 'saved' } : { outcome: 'failed', message: wordsOf(failure) };
    } catch (error) {
      return { outcome: 'failed', message: wordsOf(error) };
    }
  },

  async getFormItemType() {
    try {
      const form = await formService();
      const field = (): Promise<unknown> =>
        form.getFieldValue('System.WorkItemType', { returnOriginalValue: false });
      const type = await ask(field, 'the item type');
      return typeof type === 'string' ? type : '';
    } catch {
      return '';
    }
  },
};

function formService(): Promise<IWorkItemFormService> {
  return getService<IWorkItemFormService>(FORM_SERVICE);
}

async function activeItem(form: IWorkItemFormService): Promise<ActiveItem> {
  const [id, isDirty] = await Promise.all([
    ask(() => form.getId(), 'the active work item'),
    ask(() => form.isDirty(), 'unsaved edits'),
  ]);
  return { id, isDirty };
}

/** Names of the fields that keep the form from being saved. */
async function invalidFields(form: IWorkItemFormService): Promise<readonly string[]> {
  const fields = await ask(() => form.getInvalidFields(), 'invalid fields').catch(() => []);
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field: unknown) => {
    const { name, referenceName } = (field ?? {}) as Partial<Record<string, unknown>>;
    const shown = name ?? referenceName;
    return typeof shown === 'string' ? [shown] : [];
  });
}

/** The host's own words for a failure, without ours around them; empty where it gave none. */
function wordsOf(failure: unknown): string {
  return failure instanceof HostError ? messageOf(failure.cause, '') : '';
}
