import {
  createHubFiles,
  membersOf,
  toAttachedFile,
} from '../../../../../src/gallery/project/session/hub-files';
import { createFrameServices } from '../../../../../src/upload/frame-services';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createManualHttpStack } from '../../../../helpers/manual-http-stack';
import { projectFile } from '../../../../helpers/project-index';

describe('HubFiles', () => {
  test('reads a found file by its GUID, from the organization', async () => {
    const stack = createManualHttpStack();
    const host = {
      getToken: () => Promise.resolve('token'),
      getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
      openInNewTab: jest.fn(),
    };
    const services = createFrameServices({ host, stack, runtime: createFakeRuntime() });
    const file = projectFile(1);
    void createHubFiles({ host, services }).readBytes(toAttachedFile(file), new AbortController().signal);
    await flush();
    const url = stack.requests[0]?.url ?? '';
    expect(url.startsWith('https://dev.azure.com/fabrikam/_apis/wit/attachments/')).toBe(true);
    expect(url).toContain(file.reference.id);
  });

  test('has each work item once, as the title of a folder', () => {
    const files = [projectFile(0), projectFile(1), projectFile(3)];
    expect(membersOf(files).map(({ workItemId }) => workItemId)).toEqual([1_000, 1_001]);
  });
});
