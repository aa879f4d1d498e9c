import type { IWorkItemFormService } from 'azure-devops-extension-api/WorkItemTracking';
import type { FormFields, FormRefusal } from './form-fields';
import { callHost, formService } from './sdk-services';

/** Fields of the form, through its service. See `sdkForm`. */
export const sdkFormFields: FormFields = {
  list: (workItemId) =>
    inForm(workItemId, async (form) => {
      const fields = await callHost(() => form.getFields(), 'the fields');
      if (!Array.isArray(fields)) return 'failed';
      return new Set(fields.map(referenceNameOf));
    }),

  read: (workItemId, field) =>
    inForm(workItemId, async (form) => {
      const read = (returnOriginalValue: boolean): Promise<unknown> =>
        callHost(() => form.getFieldValue(field, { returnOriginalValue }), 'the text of a field');
      const [current, stored, revision] = await Promise.all([
        read(false),
        read(true),
        callHost(() => form.getRevision(), 'the revision'),
      ]);
      // A missing value may be a refusal: the text would be lost with the next write.
      if (!isText(current) || !isText(stored) || (typeof current !== 'string' && stored)) return 'failed';
      return { current: current ?? '', stored: stored ?? '', revision: Number(revision) };
    }),

  write: (workItemId, field, text) =>
    inForm(workItemId, async (form) => {
      const isDone = await callHost(() => form.setFieldValue(field, text), 'a changed field');
      return isDone === false ? 'read-only' : 'sent';
    }),
};

async function inForm<Result>(
  workItemId: number,
  act: (form: IWorkItemFormService) => Promise<Result>,
): Promise<Result | FormRefusal> {
  try {
    const form = await formService();
    if ((await callHost(() => form.getId(), 'the active work item')) !== workItemId) return 'other-item';
    return await act(form);
  } catch {
    return 'failed';
  }
}

function isText(value: unknown): value is string | null | undefined {
  return value === null || value === undefined || typeof value === 'string';
}

function referenceNameOf(field: unknown): string {
  const { referenceName } = (field ?? {}) as { readonly referenceName?: unknown };
  return typeof referenceName === 'string' ? referenceName : '';
}
