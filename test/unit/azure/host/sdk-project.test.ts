import { readProject } from '../../../../src/azure/host/sdk-project';
import { rejectionOf } from '../../../helpers/deferred';
import type * as FakeSdk from './fake-sdk';
import { afterTimeout, NEVER, refusing, sdk, serve, setUpFakeSdk } from './fake-sdk';

jest.mock('azure-devops-extension-sdk', () => jest.requireActual<typeof FakeSdk>('./fake-sdk').sdk);

setUpFakeSdk();

const project = { id: 'p1', name: 'Fabrikam' };

function servePageData(getProject: () => Promise<unknown>): void {
  serve({ 'ms.vss-tfs-web.tfs-page-data-service': { getProject } });
}

test('readProject takes the project of the handshake', async () => {
  sdk.getWebContext.mockReturnValue({ project: { ...project, visibility: 0 } });
  expect(await readProject()).toEqual(project);
  expect(sdk.getService).not.toHaveBeenCalled();
});

test.each([
  ['has no project', () => sdk.getWebContext.mockReturnValue({})],
  ['has a project without a name', () => sdk.getWebContext.mockReturnValue({ project: { id: 'p1' } })],
  [
    'is missing',
    () =>
      sdk.getWebContext.mockImplementation(() => {
        throw new Error('Attempted to call getWebContext() before init() was complete.');
      }),
  ],
])('readProject asks the page if the context %s', async (_name, arrange) => {
  arrange();
  servePageData(() => Promise.resolve(project));
  expect(await readProject()).toEqual(project);
});

test.each([
  ['the page has no project', () => Promise.resolve(undefined)],
  ['the page refuses', refusing()],
])('readProject throws a HostError if %s', async (_name, getProject) => {
  servePageData(getProject);
  expect(await rejectionOf(readProject())).toMatchObject({ name: 'HostError' });
});

test('readProject throws a HostError without a response', async () => {
  servePageData(() => NEVER);
  expect(await rejectionOf(afterTimeout(readProject()))).toMatchObject({ name: 'HostError' });
});
