import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { project, startEmulator, type Emulator } from 'azure-devops-emulator';
import { createCliStage } from '../../../../helpers/cli';
import { exifData, pngWith, SAMPLE_EXIF } from '../../../../helpers/sample-picture';
import { samplePng } from '../../../../helpers/sample-png';

const stage = createCliStage();
const { run } = stage;

const [ITEM, OTHER, STORY] = [8, 9, 12];
const READ_ONLY = 21;
const DESCRIPTION = 'System.Description';
const PICTURE = samplePng(4, 4);

/** The other organization. */
let contoso: Emulator;
let servers: Server[] = [];

beforeAll(async () => {
  contoso = await startEmulator({ extensionFolder: join(__dirname, '../../../../..') });
});
beforeEach(() => contoso.reset());
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
});
afterAll(() => contoso.close());

/** Stores a file in the other organization and returns its address. */
function stored(name: string, content: string | Buffer = PICTURE): string {
  const { id } = contoso.store.attachments.put(name, Buffer.from(content), new Date().toISOString());
  return `${contoso.restBaseUrl}_apis/wit/attachments/${id}?fileName=${name}`;
}

function setText(id: number, text: string): void {
  const { store } = stage.emulator();
  const item = store.workItem(id);
  store.save({ ...item, fields: { ...item.fields, [DESCRIPTION]: text } });
}

function textOf(id: number): string {
  const text = stage.emulator().store.workItem(id).fields[DESCRIPTION];
  return typeof text === 'string' ? text : '';
}

function image(address: string): string {
  return `<div>Look: <img src="${address}" alt="Look"></div>`;
}

/** Runs the command with the token of the other organization. */
function rehome(...args: readonly string[]) {
  return run(['rehome', ...args, '--from', contoso.restBaseUrl, '--from-token-env', 'CONTOSO_TOKEN'], {
    env: { CONTOSO_TOKEN: contoso.issueToken() },
  });
}

function uploads(): number {
  const { records } = stage.emulator().requests;
  return records.filter(({ method, url }) => method === 'POST' && url.includes('/attachments')).length;
}

/** Starts another server and returns its address. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('rehome copies an image and changes its address only, in one revision', async () => {
  const address = stored('shot.png');
  setText(ITEM, `<p>Before</p>${image(address)}<p>After</p>`);
  const revision = stage.emulator().store.workItem(ITEM).rev;
  const { code, out, err } = await rehome('8');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^.* 8: 1 image copied \(Description\)\n1 work item: 1 image copied\.\n$/);
  expect(textOf(ITEM)).toMatch(/^<p>Before<\/p><div>Look: <img src="[^"]*" alt="Look"><\/div><p>After<\/p>$/);
  const copy = /src="([^"]*)"/.exec(textOf(ITEM))?.[1] ?? '';
  expect(copy).toContain(`${stage.emulator().restBaseUrl}_apis/wit/attachments/`);
  const id = /attachments\/([^?]*)/.exec(copy)?.[1] ?? '';
  expect(stage.emulator().store.attachment(id)?.bytes).toBe(PICTURE.length);
  expect(stage.emulator().store.workItem(ITEM).rev).toBe(revision + 1);
});

test('rehome sends an image once for all texts, and nothing when it runs again', async () => {
  const address = stored('shot.png');
  setText(ITEM, image(address) + image(address));
  setText(STORY, `![Look](${address.replace(/\?.*/, '')})`);
  expect((await rehome('8,12')).code).toBe(0);
  expect(uploads()).toBe(1);
  expect(textOf(ITEM) + textOf(STORY)).not.toContain(contoso.restBaseUrl);
  const { code, out } = await rehome('8,12');
  expect([code, out, uploads()]).toEqual([0, '2 work items: 0 images copied.\n', 1]);
});

test('rehome leaves images of other places alone', async () => {
  const before = textOf(OTHER);
  const { code, out } = await rehome('9');
  expect([code, out, textOf(OTHER)]).toEqual([0, '1 work item: 0 images copied.\n', before]);
});

test('rehome --dry-run lists the images', async () => {
  const address = stored('shot.png');
  setText(ITEM, image(address));
  const seen = contoso.requests.records.length;
  const { lines } = await rehome('8', '--dry-run', '--json');
  expect(lines).toMatchObject([
    { type: 'image', outcome: 'found', workItemId: ITEM, address },
    { type: 'work-item', copied: 0 },
    { type: 'summary', workItems: 1, found: 1, copied: 0, exitCode: 0 },
  ]);
  expect([textOf(ITEM), contoso.requests.records.length]).toEqual([image(address), seen]);
});

test('rehome --comments copies images of comments', async () => {
  const emulator = stage.emulator();
  const address = stored('shot.png');
  await fetch(`${emulator.restBaseUrl}Fabrikam/_apis/wit/workItems/8/comments?api-version=7.1-preview.4`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${emulator.issueToken()}` },
    body: JSON.stringify({ text: image(address) }),
  });
  const comment = (): string => emulator.store.workItem(ITEM).comments[0]?.text ?? '';
  expect((await rehome('8')).code).toBe(0);
  expect(comment()).toBe(image(address));
  const { code, out } = await rehome('8', '--comments');
  expect([code, out]).toEqual([0, expect.stringContaining('1 image copied (Comment by Jamal')]);
  expect(comment()).toContain(`src="${emulator.restBaseUrl}`);
});

test('rehome leaves a text of more than 5 MB as it is', async () => {
  const address = stored('shot.png');
  const before = image(address) + ' '.repeat(5_000_000);
  setText(ITEM, before);
  const { code, err } = await rehome('8');
  expect([code, err]).toEqual([2, expect.stringContaining('Its text is longer than 5 MB.')]);
  expect([textOf(ITEM) === before, uploads()]).toEqual([true, 0]);
});

test('rehome reports a page in place of an image by its address, and copies the others', async () => {
  const [page, shot] = [stored('page.png', '<html>Sign in</html>'), stored('shot.png')];
  setText(ITEM, image(page) + image(shot));
  const { code, out, err } = await rehome('8');
  expect(code).toBe(2);
  expect(err).toMatch(
    new RegExp(`8, .*${page.split('/').at(-1)?.replace('?', '\\?')}: not copied\\. It isn't an image\\.`),
  );
  expect(out).toContain('1 image copied, 1 not copied');
  expect([textOf(ITEM).includes(page), textOf(ITEM).includes(shot)]).toEqual([true, false]);
});

test('rehome reports an image that is gone, and the token that is refused', async () => {
  const gone = `${contoso.restBaseUrl}_apis/wit/attachments/00000000-0000-4000-8000-000000000000?fileName=a.png`;
  setText(ITEM, image(gone));
  const { code, lines } = await rehome('8', '--json');
  expect([code, lines[0]]).toMatchObject([2, { outcome: 'failed', address: gone }]);
  const refused = await run(
    ['rehome', '8', '--from', contoso.restBaseUrl, '--from-token-env', 'CONTOSO_TOKEN', '--json'],
    { env: { CONTOSO_TOKEN: 'wrong' } },
  );
  expect([refused.code, refused.lines[0]]).toMatchObject([3, { outcome: 'failed', reason: 'signed-out' }]);
  expect(textOf(ITEM)).toBe(image(gone));
});

test('rehome changes nothing without permission', async () => {
  setText(READ_ONLY, image(stored('shot.png')));
  const before = textOf(READ_ONLY);
  const { code, err } = await rehome('21');
  expect([code, err]).toEqual([3, expect.stringContaining('21: not changed. You don')]);
  expect(textOf(READ_ONLY)).toBe(before);
});

test('rehome continues after an end between the upload and the change of the text', async () => {
  setText(ITEM, image(stored('shot.png')));
  stage.emulator().setNetwork({ faults: [{ name: 'status-413', remaining: 1, at: 'link' }] });
  expect((await rehome('8')).code).toBe(4);
  expect(textOf(ITEM)).toContain(contoso.restBaseUrl);
  expect((await rehome('8')).code).toBe(0);
  expect(textOf(ITEM)).not.toContain(contoso.restBaseUrl);
});

test.each(['link-answer-lost', 'edited-meanwhile', 'link-conflict'])(
  'rehome changes a text in spite of %s',
  async (name) => {
    setText(ITEM, image(stored('shot.png')));
    stage.emulator().setNetwork({ faults: [{ name, remaining: 1 }] });
    const { code, out } = await rehome('8');
    expect([code, out]).toEqual([0, expect.stringContaining('1 image copied')]);
    expect(textOf(ITEM)).not.toContain(contoso.restBaseUrl);
  },
);

test('rehome follows redirects below --from, and refuses others', async () => {
  const elsewhere: (string | undefined)[] = [];
  const thief = await serve(({ headers }, response) => {
    elsewhere.push(headers.authorization);
    response.end(PICTURE);
  });
  const redirects: Readonly<Record<string, string>> = {
    '/tfs/moved.png': '/tfs/here.png',
    '/tfs/stolen.png': `${thief}/x.png`,
    '/tfs/outside.png': '/other/x.png',
  };
  const base = await serve(({ url = '' }, response) => {
    const location = redirects[url];
    if (location === undefined) response.end(PICTURE);
    else response.writeHead(302, { Location: location }).end();
  });
  const names = Object.keys(redirects);
  setText(ITEM, names.map((name) => image(base + name)).join(''));
  const { code, lines } = await run(
    ['rehome', '8', '--from', `${base}/tfs`, '--from-token-env', 'TOKEN', '--json'],
    { env: { TOKEN: 'secret-of-contoso' } },
  );
  expect(code).toBe(2);
  expect(lines.slice(0, 3)).toMatchObject([
    { outcome: 'copied', address: `${base}/tfs/moved.png` },
    {
      outcome: 'failed',
      reason: 'elsewhere',
      explanation: expect.stringContaining('redirected to') as string,
    },
    { outcome: 'failed', reason: 'elsewhere', explanation: expect.stringContaining('not below') as string },
  ]);
  expect(elsewhere).toEqual([]);
});

test('rehome sends each token to its own organization only', async () => {
  const seen = new Set<string | undefined>();
  const base = await serve(({ headers }, response) => {
    seen.add(headers.authorization);
    response.end(PICTURE);
  });
  setText(ITEM, image(`${base}/tfs/a.png`) + image(`${base}/tfs-2/b.png`) + image(`${base}/tfs/../c.png`));
  const { code, out, err } = await run(
    ['rehome', '8', '--from', `${base}/tfs`, '--from-token-env', 'TOKEN'],
    { env: { TOKEN: 'secret-of-contoso' } },
  );
  expect([code, err]).toEqual([0, '']);
  expect([...seen]).toEqual([`Basic ${Buffer.from(':secret-of-contoso').toString('base64')}`]);
  expect(textOf(ITEM)).toContain(`${base}/tfs-2/b.png`);
  expect(out).not.toContain('secret');
});

test('rehome refuses an image of more than 60 MB', async () => {
  const base = await serve((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'image/png' });
    response.write(PICTURE);
    for (let count = 0; count < 61; count++) response.write(Buffer.alloc(1_000_000));
    response.end();
  });
  setText(ITEM, image(`${base}/large.png`));
  const { code, err } = await run(['rehome', '8', '--from', base]);
  expect([code, err]).toEqual([4, expect.stringContaining('larger than')]);
});

test.each([
  [['8'], 64, 'From which organization?'],
  [['8', '--from', 'contoso'], 64, 'must be an address'],
  [['--from', 'https://contoso.example/'], 64, 'Which work items?'],
  [['8', '--from', 'https://contoso.example/', '--from-token-env', 'NONE'], 3, 'NONE of --from-token-env'],
  [['8', '--from', 'http://contoso.example/', '--from-token-env', 'PATH_TOKEN'], 64, 'must begin with https'],
])('rehome explains %j', async (args, exitCode, words) => {
  const { code, err } = await run(['rehome', ...args], { env: { PATH_TOKEN: 'a' } });
  expect([code, err]).toEqual([exitCode, expect.stringContaining(words)]);
});

test('rehome refuses its own organization', async () => {
  const { code, err } = await run(['rehome', '8', '--from', stage.emulator().restBaseUrl]);
  expect([code, err]).toEqual([64, '--from must be another organization than --organization.\n']);
});

test('rehome copies no image that breaks the policy, and removes the metadata that it asks for', async () => {
  const photo = pngWith(exifData(SAMPLE_EXIF, true));
  setText(ITEM, image(stored('photo.png', photo)));
  setText(STORY, image(stored('moving.gif', Buffer.from('GIF89a\x04\0\x04\0\0\0\0;', 'latin1'))));
  const policy = { version: 1, metadata: 'all', block: ['gif'], requireComment: true, message: 'Ask Jamal.' };
  stage.emulator().store.extensionData.set('Default', 'policies', {
    id: project.id,
    text: JSON.stringify(policy),
  });
  const { code, lines } = await rehome('8,12', '--json');
  expect(code).toBe(4);
  const rows = lines;
  expect(rows.filter(({ type }) => type === 'image')).toEqual([
    expect.objectContaining({ workItemId: ITEM, outcome: 'copied' }),
    expect.objectContaining({
      ...{ workItemId: STORY, outcome: 'failed', reason: 'breaks-policy' },
      explanation: expect.stringContaining('Ask Jamal.') as string,
    }),
  ]);
  expect(textOf(STORY)).toContain(contoso.restBaseUrl);
  expect(uploads()).toBe(1);
  const id = /attachments\/([^?]*)/.exec(textOf(ITEM))?.[1] ?? '';
  const bytes = readFileSync(stage.emulator().store.attachment(id)!.path, 'latin1');
  expect(bytes).not.toContain('Sample One');
  expect(photo.toString('latin1')).toContain('Sample One');
});
