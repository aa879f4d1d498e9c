import { getBearerHandler, getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';
import { QueryType, WorkItemExpand } from 'azure-devops-node-api/interfaces/WorkItemTrackingInterfaces';
import type { IWorkItemTrackingApi } from 'azure-devops-node-api/WorkItemTrackingApi';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { savedQueries, type Emulator } from 'azure-devops-emulator';
import { watchExchanges } from './exchange-problems';
import { play, playAgain, products } from './traffic';

/** The official client for Node, unmodified: it discovers routes before requests. */
describe.each(products.map((product) => [product.name, product] as const))(
  'Node client on %s',
  (_name, product) => {
    let emulator: Emulator;
    let api: WebApi;
    let client: IWorkItemTrackingApi;
    let problems: () => string[];

    beforeAll(async () => {
      emulator = await play(product);
      // Its versions and its numbers for `$expand` are not described, its responses are.
      problems = watchExchanges(emulator, 'answers');
      const handler = getPersonalAccessTokenHandler(emulator.issueToken());
      api = new WebApi(emulator.restBaseUrl.replace(/\/$/, ''), handler);
      client = await api.getWorkItemTrackingApi();
    });
    beforeEach(() => playAgain(emulator, product));
    afterEach(() => expect(problems()).toEqual([]));
    afterAll(() => emulator.close());

    /** Uploads a file as the client does, as a stream of unknown length. */
    async function upload(content: string, fileName: string) {
      // The types expect an old Node stream.
      const stream = Readable.from([Buffer.from(content)]) as NodeJS.ReadableStream;
      return client.createAttachment({}, stream, fileName, 'simple', 'Fabrikam');
    }

    const link = (url: string | undefined, name: string) => ({
      op: 'add',
      path: '/relations/-',
      value: { rel: 'AttachedFile', url, attributes: { name, comment: 'Ordner/ä', resourceSize: 5 } },
    });

    test('discovers routes and versions of work items', async () => {
      const areas = await (await api.getLocationsApi()).getResourceAreas();
      expect(areas.find(({ name }) => name === 'wit')?.locationUrl).toBe(emulator.restBaseUrl);
      await client.getWorkItem(7);
      const asked = emulator.requests.records.map(({ method, url }) => `${method} ${url.split('/_apis')[1]}`);
      expect(asked).toContain('GET /ResourceAreas');
      const { requestHeaders } = emulator.requests.records.at(-1)!;
      const preview = Number(product.apiVersion) < 7.1 ? '6.1-preview.3' : '7.1-preview.3';
      expect(requestHeaders['accept']).toBe(`application/json;api-version=${preview}`);
    });

    test('reads the user', async () => {
      const { authenticatedUser, deploymentType } = await api.connect();
      expect(authenticatedUser?.providerDisplayName).toBe('Jamal Hartnett');
      expect(deploymentType).toBe(product.mode === 'services' ? 'hosted' : 'onPremises');
    });

    test('uploads, links, reads and downloads', async () => {
      const reference = await upload('hello', 'ä #1.txt');
      expect(emulator.store.attachment(reference.id!)).toMatchObject({ fileName: 'ä #1.txt', bytes: 5 });

      const patched = await client.updateWorkItem({}, [link(reference.url, 'linked.txt')], 7);
      expect(patched).toMatchObject({ id: 7, rev: 2 });

      const read = await client.getWorkItem(7, undefined, undefined, WorkItemExpand.Relations);
      const relation = read.relations?.at(-1);
      expect(relation?.attributes).toMatchObject({
        name: 'linked.txt',
        comment: 'Ordner/ä',
        resourceSize: 5,
      });
      expect(relation?.url).toContain(reference.id);

      const stream = await client.getAttachmentContent(reference.id!, 'linked.txt', 'Fabrikam', true);
      expect(await text(stream)).toBe('hello');
    });

    test('removes by index with a test of the revision', async () => {
      const { relations, rev } = await client.getWorkItem(30, undefined, undefined, WorkItemExpand.All);
      const remove = { op: 'remove', path: `/relations/${relations!.length - 1}` };
      const after = await client.updateWorkItem({}, [{ op: 'test', path: '/rev', value: rev }, remove], 30);
      expect(after.relations).toHaveLength(relations!.length - 1);
      await expect(
        client.updateWorkItem({}, [{ op: 'test', path: '/rev', value: rev }, remove], 30),
      ).rejects.toMatchObject({ statusCode: 412, message: expect.stringMatching(/^VS403351/) as string });
    });

    test('reads many work items at once, and the history of one', async () => {
      const asked = { ids: [7, 30], $expand: WorkItemExpand.Relations };
      const many = await client.getWorkItemsBatch(asked);
      expect(many.map(({ id, relations }) => [id, (relations ?? []).length > 0])).toEqual([
        [7, true],
        [30, true],
      ]);
      const listed = await client.getWorkItems([7, 8], ['System.Title']);
      expect(listed.map(({ fields }) => Object.keys(fields ?? {}))).toEqual([
        ['System.Title'],
        ['System.Title'],
      ]);
      expect((await client.getRevisions(7)).length).toBe(emulator.store.revisions(7).length);
      expect((await client.getUpdates(7)).length).toBe(emulator.store.updates(7).length);
    });

    test('runs a saved query', async () => {
      const [all] = savedQueries;
      const { queryType, workItems } = await client.queryById(all!.id, { project: 'Fabrikam' });
      expect(queryType).toBe(QueryType.Flat);
      expect(workItems?.map(({ id }) => id)).toEqual(emulator.store.workItemIds);
      expect(await client.queryById('0f1e2d3c-4b5a-4697-8899-aabbccddeeff')).toBeNull();
    });

    test('creates a work item', async () => {
      const title = { op: 'add', path: '/fields/System.Title', value: 'Fresh' };
      const { id, fields } = await client.createWorkItem({}, [title], 'Fabrikam', 'Bug');
      expect(fields).toMatchObject({ 'System.Title': 'Fresh', 'System.WorkItemType': 'Bug' });
      expect(emulator.store.has(id!)).toBe(true);
    });

    test('returns null for a missing work item, as for every 404', async () => {
      expect(await client.getWorkItem(4711)).toBeNull();
    });

    test('is refused with an invalid token, in both schemes', async () => {
      for (const handler of [getPersonalAccessTokenHandler('stale'), getBearerHandler('stale')]) {
        const stranger = new WebApi(emulator.restBaseUrl.replace(/\/$/, ''), handler);
        await expect(stranger.connect()).rejects.toMatchObject({ statusCode: 401 });
      }
    });
  },
);
