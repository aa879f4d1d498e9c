import { ApiError } from './api-error';
import { parsePatch } from './json-patch';
import { isOn, type Query } from './query';
import { malformed } from './refusals';
import { workItemJson } from './render';
import type { RestContext } from './rest-context';
import { createWorkItem, updateWorkItem } from './work-item-changes';
import { fixedShape, shapeOf } from './work-item-shape';

/** Newest preview of 7.2 for work items (REST reference H). */
export const workItemPreview = 3;

/** Change of a work item, by a request of its own or a part of a batch. */
export interface WorkItemPatch {
  /** Name or id of the project, if the address has one. */
  readonly project: string | undefined;
  /** The id of a work item, or `$` and the type of a new one. */
  readonly target: string;
  readonly query: Query;
  /** Requested version. */
  readonly version: string | null;
  readonly body: unknown;
}

/** Changes or creates a work item; the answer is its JSON. Throws the refusal. */
export function patchWorkItem(context: RestContext, patch: WorkItemPatch): Record<string, unknown> {
  const { project, target, query, version, body } = patch;
  const { store, baseUrl } = context;
  const operations = parsePatch(body);
  const options = {
    validateOnly: isOn(query('validateOnly')),
    bypassRules: isOn(query('bypassRules')),
    baseUrl,
  };
  const isNew = target.startsWith('$');
  if (isNew && project === undefined) throw projectMissing();
  const item = isNew
    ? createWorkItem(store, target.slice(1), operations, options)
    : updateWorkItem(store, workItemId(target), operations, options);
  // The official examples answer a patch with the whole item, relations and links included (REST reference D.2).
  return workItemJson(item, shapeOf(query, fixedShape(context, version), { links: true, relations: true }));
}

/** The id in an address; throws the refusal. */
export function workItemId(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id)) throw malformed(`The work item id "${text}" is not a number.`);
  return id;
}

function projectMissing(): ApiError {
  return new ApiError(
    400,
    'VssPropertyValidationException',
    'A project must be named to create a work item.',
  );
}
