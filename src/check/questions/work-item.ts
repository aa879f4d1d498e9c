import type { Answer, Api } from './api';
import { inProject, must, type PatchOperation, type WorkItem } from './requests';

/** Title of the work item; it names its origin. */
export const probeTitle = 'Stapler probe: created by a script, to be deleted again';

/** How many types of the project are tried before giving up; most creatable ones need only a title. */
const typesToTry = 6;

interface TypeList {
  readonly value: readonly { readonly name: string; readonly isDisabled?: boolean }[];
}

/**
 * Creates the work item for all attachments: a task, or the first type of the project that requires a title
 * only. Internal types of Azure DevOps refuse by themselves.
 */
export async function createWorkItem(api: Api, project: string, title = probeTitle): Promise<WorkItem> {
  const asTask = await create(api, project, 'Task', title);
  if (asTask.ok) return asTask.json as WorkItem;
  const isProjectMissing = asTask.words.includes('ProjectDoesNotExist');
  if (isProjectMissing || (asTask.status !== 400 && asTask.status !== 404))
    must(asTask, 'create a work item');
  const types = must(
    await api.send('GET', `${inProject(project)}_apis/wit/workitemtypes`),
    `create a task (${asTask.words}), nor list the types of work items`,
  ) as TypeList;
  const creatable = types.value.filter(({ name, isDisabled }) => name !== 'Task' && isDisabled !== true);
  for (const { name } of creatable.slice(0, typesToTry)) {
    const answer = await create(api, project, name, title);
    if (answer.ok) return answer.json as WorkItem;
  }
  throw new Error(`Could not create a work item of any type: ${asTask.words}`);
}

/** Deletes it; it lies in the recycle bin of the project then. */
export async function deleteWorkItem(api: Api, project: string, id: number): Promise<void> {
  must(await api.send('DELETE', `${inProject(project)}_apis/wit/workitems/${id}`), `delete work item ${id}`);
}

function create(api: Api, project: string, type: string, title: string): Promise<Answer> {
  const operations: PatchOperation[] = [{ op: 'add', path: '/fields/System.Title', value: title }];
  return api.send('POST', `${inProject(project)}_apis/wit/workitems/$${encodeURIComponent(type)}`, {
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: JSON.stringify(operations),
  });
}
