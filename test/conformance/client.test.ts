import { servicesFor } from '../helpers/frame-services';
import { browserRuntime } from '../../src/base/runtime';
import { createAttachmentEditor } from '../../src/upload/link/edit-attachments';
import { addAttachmentsPatch } from '../../src/upload/link/json-patch';
import { createLinker } from '../../src/upload/link/link-attachments';
import type { AttachmentReference } from '../../src/azure/work-item';
import { createAttachment } from '../../src/azure/rest/attachments';
import { createConnection } from '../../src/azure/rest/connection';
import { createManyWorkItems } from '../../src/azure/rest/many-work-items';
import { runSavedQuery } from '../../src/azure/rest/queries';
import { createWorkItems } from '../../src/azure/rest/work-items';
import { savedQueries, type Emulator } from 'azure-devops-emulator';
import { createRecordingStack, play, products, type Exchange } from './traffic';

/** `vso.work_write` includes reading. */
const granted = ['vso.work', 'vso.work_write'];

/** Calls every function of the client, with names and texts in need of escaping. */
async function useTheClient(emulator: Emulator): Promise<readonly Exchange[]> {
  const { stack, exchanges } = createRecordingStack();
  const connection = createConnection({
    stack,
    getToken: () => Promise.resolve(emulator.issueToken()),
    getBaseUrl: () => Promise.resolve(emulator.restBaseUrl),
  });
  const workItems = createWorkItems(connection);
  const services = servicesFor(workItems, browserRuntime);
  const linker = createLinker(services);
  const editor = createAttachmentEditor(services);

  const upload = (fileName: string, content: string): Promise<AttachmentReference> =>
    createAttachment(connection, {
      fileName,
      body: new Blob([content]),
      signal: new AbortController().signal,
      onUploadProgress: () => undefined,
    });
  const linkable = (reference: AttachmentReference, name: string, size: number) => ({
    reference,
    name,
    comment: 'Ordner/ä',
    size,
  });

  const full = linkable(await upload('Ärger #1 + 50 % & mehr;.txt', 'hello'), 'Ärger #1.txt', 5);
  const empty = linkable(await upload('empty.log', ''), 'empty.log', 0);
  await linker.link(15, [full, empty]);
  // A second time: the linker first checks for existing links.
  await linker.link(15, [full, empty]);
  await editor.changeComment(15, full.reference.id, 'Schöne Grüße');
  const { removed } = await editor.remove(15, [empty.reference.id]);
  // Links the removed file again, so the work item has both.
  await linker.link(15, removed);

  const many = createManyWorkItems(connection);
  const patch = addAttachmentsPatch([full]);
  const ids = await runSavedQuery(connection, savedQueries[1]!.id);
  await many.readMany(ids);
  await many.updateMany([8, 9].map((id) => ({ id, patch })));
  return exchanges;
}

describe.each(products.map((product) => [product.name, product] as const))(
  'Stapler on %s',
  (_name, product) => {
    const { apiVersion, description } = product;
    let emulator: Emulator;
    let all: readonly Exchange[];
    let answered: readonly Exchange[];

    beforeAll(async () => {
      emulator = await play(product);
      all = await useTheClient(emulator);
      answered = all.filter(({ answer }) => answer.status < 400);
    });
    afterAll(() => emulator.close());

    test('sends the intended requests', () => {
      const said = answered.map(
        ({ request }) => `${request.method} ${new URL(request.url).pathname.split('/_apis/')[1]}`,
      );
      expect(said).toEqual([
        'POST wit/attachments',
        'POST wit/attachments',
        'PATCH wit/workitems/15',
        'GET wit/workitems/15',
        ...['GET wit/workitems/15', 'PATCH wit/workitems/15'],
        ...['GET wit/workitems/15', 'PATCH wit/workitems/15'],
        ...['GET wit/workitems/15', 'PATCH wit/workitems/15'],
        `GET wit/wiql/${savedQueries[1]!.id}`,
        'POST wit/workitemsbatch',
        'PATCH wit/$batch',
      ]);
    });

    test('gets at most one refusal, for the version', () => {
      const refused = all.filter((one) => !answered.includes(one)).map(({ answer }) => answer.text);
      expect(refused).toHaveLength(apiVersion === '7.1' ? 0 : 1);
      for (const text of refused) expect(text).toContain('VssVersionOutOfRangeException');
    });

    test('sends only requests as described', () => {
      expect(answered.flatMap(({ request }) => description.requestProblems(request))).toEqual([]);
    });

    test('gets only responses as described', () => {
      expect(answered.flatMap(({ request, answer }) => description.answerProblems(request, answer))).toEqual(
        [],
      );
    });

    test('needs no other scope than the one of the manifest', () => {
      const needed = answered.flatMap(({ request }) => description.scopesOf(request));
      expect(needed).toHaveLength(answered.length);
      expect(needed.filter((scope) => !granted.includes(scope))).toEqual([]);
    });
  },
);
