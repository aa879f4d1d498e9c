/** @jest-environment jsdom */

import { fakeHost, type FakeHost } from './fake-host';
import { openVsix, pageOf, type PackagedContribution } from './vsix';

const formEvents = ['onLoaded', 'onUnloaded', 'onSaved', 'onRefreshed', 'onReset', 'onFieldChanged'];

/** Methods of the registered object called by the host, by type of contribution (host reference 1.3). */
const membersByType: Readonly<Record<string, readonly string[]>> = {
  'ms.vss-work-web.work-item-form-group': formEvents,
  'ms.vss-work-web.work-item-form-page': formEvents,
  'ms.vss-work-web.work-item-notifications': formEvents,
  'ms.vss-web.action': ['execute'],
  'ms.vss-web.action-provider': ['getMenuItems'],
  'ms.vss-web.external-content': [],
  'ms.vss-web.hub': [],
};

const vsix = openVsix();
const identity = vsix.elements('Identity')[0]!;
const extensionId = `${identity['Publisher']}.${identity['Id']}`;

/** The host requests the full id first and the short one a moment later. */
function idsOf({ id, properties }: PackagedContribution): string[] {
  const named = properties['registeredObjectId'];
  const short = typeof named === 'string' ? named : id;
  return [`${extensionId}.${short}`, short];
}

let host: FakeHost;
afterEach(() => host.close());

const withPage = vsix.manifest.contributions.filter((one) => pageOf(one) !== undefined);

test.each(withPage.map((one) => [one.id, one] as const))(
  'The page of %s registers the objects named in the manifest',
  async (id, contribution) => {
    const members = membersByType[contribution.type];
    expect(members).toBeDefined();
    host = fakeHost({ vsix, page: pageOf(contribution)!, contributionId: `${extensionId}.${id}` });
    await host.handshake();
    if (members?.length === 0) return;
    for (const objectId of idsOf(contribution)) {
      expect(await host.objectNamed(objectId)).toEqual(
        Object.fromEntries(
          members!.map((name) => [
            name,
            expect.objectContaining({ __proxyFunctionId: expect.any(Number) as number }),
          ]),
        ),
      );
    }
  },
);

test('The fake host rejects an unregistered id, so the test above is meaningful', async () => {
  const contribution = vsix.manifest.contributions[0]!;
  host = fakeHost({ vsix, page: pageOf(contribution)!, contributionId: `${extensionId}.${contribution.id}` });
  await host.handshake();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await expect(host.objectNamed('nobody')).rejects.toThrow('nobody');
});
