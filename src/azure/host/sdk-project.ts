import type { IProjectPageService } from 'azure-devops-extension-api';
import * as SDK from 'azure-devops-extension-sdk';
import { HostError } from '../../base/errors';
import type { HostProject } from './host';
import { callHost, getService } from './sdk-services';

const PAGE_DATA_SERVICE = 'ms.vss-tfs-web.tfs-page-data-service';

/** Returns the project of the page around this frame. @throws HostError if the page has none, or without a response. */
export async function readProject(): Promise<HostProject> {
  const project = projectIn(projectOfContext()) ?? projectIn(await askForProject());
  if (project) return project;
  throw new HostError('Azure DevOps did not tell the project of this page.');
}

/** Part of the handshake; the team next to it may be missing (host reference 6.3). */
function projectOfContext(): unknown {
  try {
    return (SDK.getWebContext() as { project?: unknown } | undefined)?.project;
  } catch {
    return undefined;
  }
}

async function askForProject(): Promise<unknown> {
  const service = await getService<IProjectPageService>(PAGE_DATA_SERVICE);
  return await callHost(() => service.getProject(), 'the project');
}

function projectIn(value: unknown): HostProject | undefined {
  const { id, name } = (value ?? {}) as Partial<Record<keyof HostProject, unknown>>;
  if (typeof id !== 'string' || typeof name !== 'string' || id === '' || name === '') return undefined;
  return { id, name };
}
