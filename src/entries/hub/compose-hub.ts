import type { Host, HostProject } from '../../azure/host/host';
import type { HubSession } from '../../gallery/project/view/hub-view';
import type { FrameServices } from '../../upload/frame-services';

/** Parts of the page for its session. */
export interface HubParts {
  /** With the person, the organization, and the actions of the page around this frame. */
  readonly host: Pick<
    Host,
    | 'getPerson'
    | 'getOrganization'
    | 'getBaseUrl'
    | 'openWorkItem'
    | 'openInNewTab'
    | 'openBulkPanel'
    | 'showToast'
  >;
  /** With the connection, the only door to the REST service. */
  readonly services: FrameServices;
  readonly project: HostProject;
}

/**
 * Composition point of the hub: everything about the project starts here. The project index (`createProjectIndex`) and
 * its session (`createHubSession`) take the parts of this page.
 */
export function composeHub({ project }: HubParts): HubSession {
  return { project };
}
