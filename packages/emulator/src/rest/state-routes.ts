import type { FastifyRequest } from 'fastify';
import { noSuchType } from './refusals';
import { param, type RestContext, type RestRoute } from './rest-context';

/** State of a type: name, category and color. */
type State = readonly [name: string, category: string, color: string];

const proposed = (name: string): State => [name, 'Proposed', 'b2b2b2'];
const inProgress = (name: string): State => [name, 'InProgress', '007acc'];
const resolved = (name: string): State => [name, 'Resolved', 'ff9d00'];
const completed = (name: string): State => [name, 'Completed', '339933'];
const removed: State = ['Removed', 'Removed', 'ffffff'];

const workflow = [proposed('New'), inProgress('Active'), resolved('Resolved'), completed('Closed')];
const basic = [proposed('To Do'), inProgress('Doing'), completed('Done')];

/** States of the types that the form knows. The types of several processes are mixed. */
const statesByType: Readonly<Record<string, readonly State[]>> = {
  bug: workflow,
  task: [proposed('To Do'), inProgress('In Progress'), completed('Done'), removed],
  'user story': [...workflow, removed],
  'product backlog item': [
    proposed('New'),
    proposed('Approved'),
    inProgress('Committed'),
    completed('Done'),
    removed,
  ],
  issue: basic,
  feature: [...workflow, removed],
  epic: [...workflow, removed],
};

/** `GET …/workitemtypes/{type}/states` (OpenAPI operation `Work Item Type States_List`). */
export function stateRoutes(context: RestContext): RestRoute[] {
  return [
    {
      method: 'GET',
      path: '_apis/wit/workitemtypes/:type/states',
      operations: () => ['read'],
      isInProject: true,
      handle: list,
    },
  ];

  function list(request: FastifyRequest) {
    const type = param(request, 'type') ?? '';
    const states = statesByType[type.toLowerCase()] ?? ownStates(type);
    const value = states.map(([name, category, color]) => ({ name, color, category }));
    return { count: value.length, value };
  }

  /** States of a type that exists only because a test made such a work item. */
  function ownStates(type: string): readonly State[] {
    const isOfType = ({ fields }: { fields: Readonly<Record<string, unknown>> }) =>
      String(fields['System.WorkItemType']).toLowerCase() === type.toLowerCase();
    const { store } = context;
    if (!store.workItemIds.some((id) => isOfType(store.workItem(id)))) throw noSuchType(type);
    return [proposed('New'), inProgress('Active'), completed('Closed')];
  }
}
