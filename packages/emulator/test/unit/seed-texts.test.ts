import { PNG_MARK } from '../../src/png';
import type { Emulator } from '../../src/running-emulator';
import { read, send, start } from './client';

const description = 'System.Description';

let emulator: Emulator;

afterEach(() => emulator.close());

/** Addresses of pictures and links in a text, in HTML or Markdown. */
function addressesIn(text: unknown): string[] {
  return [...String(text).matchAll(/(?:src|href)="([^"]*)"|\]\(([^)\s]*)/g)].map(([, html, markdown]) =>
    String(html ?? markdown),
  );
}

/** Answers to reading these addresses: the status, and whether it is a picture. */
function answersTo(addresses: readonly string[]): Promise<string[]> {
  return Promise.all(
    addresses.map(async (address) => {
      if (!address.startsWith(emulator.restBaseUrl)) return new URL(address).host || 'embedded';
      const response = await send(emulator, address);
      const bytes = Buffer.from(await response.arrayBuffer());
      const isPicture = bytes.subarray(0, PNG_MARK.length).equals(PNG_MARK);
      return `${response.status}${isPicture ? ' picture' : ''}`;
    }),
  );
}

test('bug 9 shows pictures of every place', async () => {
  emulator = await start();
  const { fields } = await read(emulator, 9);
  const steps = fields['Microsoft.VSTS.TCM.ReproSteps'];
  expect(await answersTo(addressesIn(fields[description]))).toEqual(Array(3).fill('200 picture'));
  expect(await answersTo(addressesIn(steps))).toEqual([
    '200 picture',
    '404',
    'dev.azure.com',
    'www.example.com',
    'embedded',
    '200',
  ]);
});

test('the other project has readable attachments, and nothing else', async () => {
  emulator = await start();
  const [, byId = '', byName = ''] = addressesIn((await read(emulator, 9)).fields[description]);
  expect(new URL(byId).pathname).toMatch(/\/[\da-f-]{36}\/_apis\/wit\/attachments\//);
  expect(new URL(byName).pathname).toContain('/Fabrikam%20Mobile/_apis/wit/attachments/');
  expect((await send(emulator, 'Fabrikam%20Mobile/_apis/wit/workitems/9')).status).toBe(404);
  expect((await send(emulator, byId.replace(/[\da-f-]{36}/, crypto.randomUUID()))).status).toBe(404);
});

test.each([
  ['services', 'markdown', /^!\[/m],
  ['server', undefined, /<img /],
] as const)('story 12 shows pictures on %s', async (mode, format, picture) => {
  emulator = await start({ mode });
  const version = mode === 'services' ? '7.2-preview.3' : '6.0';
  const response = await send(emulator, '_apis/wit/workitems/12', { version });
  const { fields, multilineFieldsFormat } = (await response.json()) as {
    fields: Record<string, string>;
    multilineFieldsFormat?: Record<string, string>;
  };
  expect(multilineFieldsFormat?.[description]).toBe(format);
  expect(fields[description]).toMatch(picture);
  expect(await answersTo(addressesIn(fields[description]))).toEqual(['200 picture', '200 picture', '200']);
});

test.each(['services', 'server'] as const)('comments of bug 21 show pictures on %s', async (mode) => {
  emulator = await start({ mode });
  const { comments, rev, fields } = emulator.store.workItem(21);
  expect(comments.map(({ format }) => format)).toEqual([
    'html',
    mode === 'server' ? 'html' : 'markdown',
    'html',
  ]);
  expect([rev, fields['System.CommentCount']]).toEqual([4, 3]);
  expect(await answersTo(comments.flatMap(({ text }) => addressesIn(text)))).toEqual(['200 picture', '404']);
});

test('an attached picture of bug 31 is also in its description, also after a reset', async () => {
  emulator = await start();
  await emulator.reset();
  const { fields, relations = [] } = await read(emulator, 31);
  const [address = ''] = addressesIn(fields[description]);
  expect(relations).toHaveLength(99 + 1);
  expect(new URL(address).pathname).toBe(new URL(relations.at(-1)!.url).pathname);
  expect(await answersTo([address])).toEqual(['200 picture']);
});
