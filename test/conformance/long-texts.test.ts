import { randomUUID } from 'node:crypto';
import type { Emulator } from 'azure-devops-emulator';
import { createConnection } from '../../src/azure/rest/connection';
import { createLongTexts } from '../../src/azure/rest/long-texts';
import { readUpdates } from '../../src/azure/rest/updates';
import { fileEventsOf, removedFilesOf } from '../../src/upload/history/file-history';
import { watchExchanges } from './exchange-problems';
import { createRecordingStack, play, playAgain, products } from './traffic';

/** Stapler's readers of texts and history, on the emulator and by the published description. */
describe.each(products.map((product) => [product.name, product] as const))('On %s', (_name, product) => {
  let emulator: Emulator;
  let problems: () => string[];

  beforeAll(async () => {
    emulator = await play(product);
    problems = watchExchanges(emulator);
  });
  beforeEach(() => playAgain(emulator, product));
  afterEach(() => expect(problems()).toEqual([]));
  afterAll(() => emulator.close());

  function connect() {
    return createConnection({
      stack: createRecordingStack().stack,
      getToken: () => Promise.resolve(emulator.issueToken()),
      getBaseUrl: () => Promise.resolve(emulator.restBaseUrl),
    });
  }

  async function send(method: 'POST' | 'PATCH', path: string, body: unknown, apiVersion?: string) {
    const kind = method === 'POST' ? 'json' : 'json-patch+json';
    await connect().send({
      ...{ method, path, isIdempotent: false, body: JSON.stringify(body) },
      headers: { 'Content-Type': `application/${kind}` },
      ...(apiVersion !== undefined && { apiVersion }),
    });
  }

  test('createLongTexts reads fields and comments', async () => {
    const isServices = product.mode === 'services';
    const format = { op: 'add', path: '/multilineFieldsFormat/System.Description', value: 'Markdown' };
    const text = { op: 'add', path: '/fields/System.Description', value: '![a](b.png)' };
    await send('PATCH', '_apis/wit/workitems/7', isServices ? [text, format] : [text]);
    const version = isServices ? '7.1-preview.4' : '6.0-preview.3';
    await send('POST', 'Fabrikam/_apis/wit/workItems/7/comments', { text: '<img src="c.png">' }, version);
    const texts = createLongTexts(connect());
    const fields = await texts.readFields(7);
    expect(fields).toEqual([
      {
        ...{ field: 'System.Description', name: 'Description', text: '![a](b.png)' },
        format: isServices ? 'markdown' : 'html',
      },
    ]);
    const comment = { text: '<img src="c.png">', format: 'html', by: 'Jamal Hartnett' };
    expect(await texts.readComments(7, 'Fabrikam')).toMatchObject([comment]);
  });

  test('createLongTexts adds a comment in HTML', async () => {
    const texts = createLongTexts(connect());
    const { project } = await texts.readTextFields(7);
    await texts.addComment(7, project, '<img src="c.png" alt="C">');
    const [comment] = await texts.readNewestComments(7, project);
    expect(comment).toMatchObject({ text: '<img src="c.png" alt="C">', format: 'html' });
  });

  test('fileEventsOf finds a removal and its author in the updates', async () => {
    const { store } = emulator;
    store.attach(7, [{ name: `${randomUUID()}.txt`, content: Buffer.from('x') }]);
    const index = store.workItem(7).relations.findIndex(({ rel }) => rel === 'AttachedFile');
    const { name } = store.workItem(7).relations[index]!.attributes;
    await send('PATCH', '_apis/wit/workitems/7', [{ op: 'remove', path: `/relations/${index}` }]);
    const events = fileEventsOf(await readUpdates(connect(), 7, { maxPages: 1 }));
    expect(removedFilesOf(events)).toMatchObject([{ by: 'Jamal Hartnett', file: { name, size: 1 } }]);
    expect(removedFilesOf(events)[0]!.at).toBeGreaterThan(Date.now() - 60_000);
  });
});
