import { LocationsRestClient } from 'azure-devops-extension-api/Locations';
import {
  WorkItemErrorPolicy,
  WorkItemExpand,
  WorkItemTrackingRestClient,
} from 'azure-devops-extension-api/WorkItemTracking';
import { savedQueries, type Emulator } from 'azure-devops-emulator';
import { watchExchanges } from './exchange-problems';
import { play, playAgain, products } from './traffic';

/** The official client for extensions, unmodified, with the options of `getClient`. */
describe.each(products.map((product) => [product.name, product] as const))(
  'Extension client on %s',
  (_name, product) => {
    let emulator: Emulator;
    let client: WorkItemTrackingRestClient;
    let locations: LocationsRestClient;
    let problems: () => string[];

    beforeAll(async () => {
      emulator = await play(product);
      problems = watchExchanges(emulator, 'answers');
      const options = {
        rootPath: emulator.restBaseUrl,
        authTokenProvider: {
          getAuthorizationHeader: () => Promise.resolve(`Bearer ${emulator.issueToken()}`),
        },
      };
      client = new WorkItemTrackingRestClient(options);
      locations = new LocationsRestClient(options);
    });
    beforeEach(() => playAgain(emulator, product));
    afterEach(() => expect(problems()).toEqual([]));
    afterAll(() => emulator.close());

    test('discovers routes of work items, or is too new for the product', async () => {
      const asked = locations.getResourceAreas();
      if (product.apiVersion === '6.0') {
        // Its preview of 7.2 is out of range here, as on a real server.
        await expect(asked).rejects.toMatchObject({
          serverError: { typeKey: 'VssVersionOutOfRangeException' },
        });
        return;
      }
      const wit = (await asked).find(({ name }) => name === 'wit');
      expect(wit?.id).toBe(WorkItemTrackingRestClient.RESOURCE_AREA_ID);
      expect((await locations.getResourceArea(wit!.id)).locationUrl).toBe(emulator.restBaseUrl);
    });

    test('uploads, links, reads and downloads', async () => {
      const reference = await client.createAttachment('hello', 'Fabrikam', 'ä #1.txt', 'simple');
      expect(emulator.store.attachment(reference.id)).toMatchObject({ fileName: 'ä #1.txt', bytes: 5 });
      // Despite `excludeUrls=true`, the response contains its URL (REST reference H.1).
      expect(reference.url).toContain(reference.id);

      const attributes = { name: 'linked.txt', comment: 'Ordner/ä', resourceSize: 5 };
      const value = { rel: 'AttachedFile', url: reference.url, attributes };
      const patch = [{ op: 'add', path: '/relations/-', value }];
      const patched = await client.updateWorkItem(
        patch,
        7,
        undefined,
        false,
        false,
        false,
        WorkItemExpand.Relations,
      );
      expect(patched).toMatchObject({ id: 7, rev: 2 });

      const read = await client.getWorkItem(7, undefined, undefined, undefined, WorkItemExpand.Relations);
      expect(read.relations.at(-1)?.attributes).toMatchObject(attributes);
      expect(read.fields['System.CreatedDate']).toBeInstanceOf(Date);

      const bytes = await client.getAttachmentContent(reference.id, 'Fabrikam', 'linked.txt', true);
      expect(Buffer.from(bytes).toString()).toBe('hello');
    });

    test('reads many work items at once, without missing ones', async () => {
      const asked = {
        ids: [7, 4711],
        errorPolicy: WorkItemErrorPolicy.Omit,
        $expand: WorkItemExpand.Relations,
      };
      const many = await client.getWorkItemsBatch({ ...asked, asOf: undefined, fields: undefined } as never);
      expect(many.map((item) => (item as { id: number } | null)?.id)).toEqual([7, undefined]);
    });

    test('runs a saved query', async () => {
      const named = (name: string) => savedQueries.find((query) => query.name === name)!.id;
      const { workItems } = await client.queryById(named('Open bugs'), 'Fabrikam');
      expect(workItems.map(({ id }) => id)).toContain(7);
      const { workItemRelations } = await client.queryById(named('Stories and their work'));
      expect(
        workItemRelations.map(({ source, target }) => [
          (source as { id: number } | undefined)?.id,
          target.id,
        ]),
      ).toEqual([
        [undefined, 12],
        [12, 7],
        [12, 15],
      ]);
      await expect(client.queryById('0f1e2d3c-4b5a-4697-8899-aabbccddeeff')).rejects.toMatchObject({
        status: 404,
        message: expect.stringMatching(/^TF401243/) as string,
      });
    });

    test('recognizes a refusal', async () => {
      await expect(client.getWorkItem(4711)).rejects.toMatchObject({
        status: 404,
        serverError: { typeKey: 'WorkItemUnauthorizedAccessException' },
        message: expect.stringMatching(/^TF401232/) as string,
      });
      const stale = [{ op: 'test', path: '/rev', value: 4711 }];
      await expect(client.updateWorkItem(stale, 7)).rejects.toMatchObject({ status: 412 });
    });
  },
);
