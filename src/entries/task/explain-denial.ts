import type { Engine } from '../../engine/engine';
import type { AgentRun } from './agent-variables';

/** Explains a missing permission: who needs it, and where it is given. */
export function explainDenial(
  { connectionData: { userName } }: Pick<Engine, 'connectionData'>,
  { organization, project }: Pick<AgentRun, 'organization' | 'project'>,
): string {
  const identity = userName === '' ? 'the build service' : `"${userName}"`;
  return [
    `The job runs as ${identity}, which may not edit these work items.`,
    'Open Project settings > Boards > Project configuration > Areas, then Security in the menu of the area,',
    `and set "Edit work items in this node" to Allow for ${identity}:`,
    `${organization}${encodeURIComponent(project)}/_settings/work.`,
    'With "Limit job authorization scope to current project" a job runs as "<Project> Build Service (<organization>)", without it as "Project Collection Build Service (<organization>)".',
  ].join(' ');
}
