import type { FastifyRequest } from 'fastify';
import { project } from './fabrikam';
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

/** Types that the form knows, by lowercase name. The types of several processes are mixed. */
const types: Readonly<Record<string, { readonly name: string; readonly states: readonly State[] }>> = {
  bug: { name: 'Bug', states: workflow },
  task: { name: 'Task', states: [proposed('To Do'), inProgress('In Progress'), completed('Done'), removed] },
  'user story': { name: 'User Story', states: [...workflow, removed] },
  'product backlog item': {
    name: 'Product Backlog Item',
    states: [proposed('New'), proposed('Approved'), inProgress('Committed'), completed('Done'), removed],
  },
  issue: { name: 'Issue', states: basic },
  feature: { name: 'Feature', states: [...workflow, removed] },
  epic: { name: 'Epic', states: [...workflow, removed] },
};

/**
 * `GET …/workitemtypes` and `GET …/workitemtypes/{type}/states` (OpenAPI operations `Work Item Types_List` and `Work Item
 * Type States_List`).
 */
export function stateRoutes(context: RestContext): RestRoute[] {
  return [
    {
      method: 'GET',
      path: '_apis/wit/workitemtypes',
      operations: () => ['read'],
      latestPreview: 2,
      isInProject: true,
      handle: listTypes,
    },
    {
      method: 'GET',
      path: '_apis/wit/workitemtypes/:type/states',
      operations: () => ['read'],
      isInProject: true,
      handle: list,
    },
  ];

  /** Without the form, the fields and the transitions. */
  function listTypes() {
    const value = Object.values(types).map(({ name, states }) => ({
      name,
      referenceName: `Microsoft.VSTS.WorkItemTypes.${name.replaceAll(' ', '')}`,
      description: '',
      color: 'b2b2b2',
      isDisabled: false,
      states: statesJson(states),
      url: new URL(`${project.id}/_apis/wit/workItemTypes/${encodeURIComponent(name)}`, context.baseUrl).href,
    }));
    return { count: value.length, value };
  }

  function list(request: FastifyRequest) {
    const type = param(request, 'type') ?? '';
    const value = statesJson(types[type.toLowerCase()]?.states ?? ownStates(type));
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

function statesJson(states: readonly State[]): object[] {
  return states.map(([name, category, color]) => ({ name, color, category }));
}
