import { otherProject, project } from './fabrikam';
import { noSuchProject } from './refusals';
import { param, type RestContext, type RestRoute } from './rest-context';

/** `GET …/projects/{name or id}` (the page "Projects - Get"). */
export function projectRoutes(context: RestContext): RestRoute[] {
  return [
    {
      method: 'GET',
      path: '_apis/projects/:name',
      latestPreview: 4,
      handle: (request) => projectNamed(param(request, 'name') ?? ''),
    },
  ];

  function projectNamed(asked: string) {
    const isAsked = ({ id, name }: typeof project) => [id, name.toLowerCase()].includes(asked.toLowerCase());
    const found = [project, otherProject].find(isAsked);
    if (found === undefined) throw noSuchProject(asked);
    const { id, name } = found;
    return {
      ...{ id, name, url: `${context.baseUrl}_apis/projects/${id}`, state: 'wellFormed', revision: 1 },
      visibility: 'private',
    };
  }
}
