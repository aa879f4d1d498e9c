import type { Host, HostProject } from '../../azure/host/host';
import { createProjectIndex } from '../../gallery/project/create-project-index';
import { createHubFiles } from '../../gallery/project/session/hub-files';
import type { HubActionServices } from '../../gallery/project/session/hub-action';
import type { HubSession } from '../../gallery/project/session/hub-session';
import { createHubSession } from '../../gallery/project/session/hub-session';
import type { FrameServices } from '../../upload/frame-services';
import { browserLocks } from '../../upload/recovery/journal/browser-journal';
import { createSendingWatch } from '../../upload/recovery/journal/sending-lock';
import type { PagePolicy } from '../../upload/rules/policy/hidden-parts';

/** Parts of the page for its session. */
export interface HubParts {
  /** With the person, and the actions of the page around this frame. */
  readonly host: Pick<
    Host,
    | 'getPerson'
    | 'getOrganization'
    | 'readSetting'
    | 'writeSetting'
    | 'openWorkItem'
    | 'openBulkPanel'
    | 'openInNewTab'
  >;
  readonly services: FrameServices;
  readonly project: HostProject;
  readonly openDocuments: HubActionServices['openDocuments'];
  /** Policy of the project. */
  readonly policy: PagePolicy;
}

/** Composes the session of the hub and starts it. */
export function composeHub({ host, services, project, openDocuments, policy }: HubParts): HubSession {
  const { connection, runtime } = services;
  const personId = host.getPerson().id || undefined;
  const isUploading = createSendingWatch(browserLocks(), runtime);
  const session = createHubSession({
    index: createProjectIndex({ connection, project, personId, runtime, isUploading }),
    files: createHubFiles({ host, services }),
    actions: {
      ...{ services, project, openDocuments, policy },
      openBulkPanel: host.openBulkPanel,
      isHidden: policy.isHidden,
    },
    project: project.id,
    host,
    runtime,
  });
  void session.start();
  return session;
}
