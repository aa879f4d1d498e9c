import type { Host } from '../../azure/host/host';
import { createConnection } from '../../azure/rest/connection';
import { readWorkItemTypes } from '../../azure/rest/work-item-types';
import { xhrHttpStack } from '../../azure/rest/xhr-http-stack';

/** Reads the names of the types of work items in a project. @throws StaplerError */
export function readProjectTypes(
  { getToken, getBaseUrl }: Pick<Host, 'getToken' | 'getBaseUrl'>,
  projectId: string,
): Promise<readonly string[]> {
  return readWorkItemTypes(createConnection({ getToken, getBaseUrl, stack: xhrHttpStack }), projectId);
}
