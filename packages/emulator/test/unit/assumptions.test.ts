import { createHash } from 'node:crypto';
import type { Emulator } from '../../src/running-emulator';
import {
  attach,
  inBatch,
  patch,
  putChunk,
  read,
  refusal,
  register,
  send,
  sendBatch,
  sendRegister,
  start,
  upload,
  type Reference,
  type WorkItemAnswer,
} from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');

describe('repeatedChunk', () => {
  const put = async (id: string, range: string, body: string) =>
    (await putChunk(emulator, id, range, body)).status;
  const stateOf = (id: string) =>
    emulator.store.attachments.chunkedUploads.find((upload) => upload.id === id);

  test('with refuse, rejects a repeated chunk, even of a complete upload', async () => {
    const { id } = await register(emulator);
    await put(id, '0-4/11', 'hello');
    expect(await put(id, '0-4/11', 'HELLO')).toBe(400);
    expect(stateOf(id)).toEqual({ id, fileName: 'big.bin', total: 11, received: 5 });
    await put(id, '5-10/11', ' world');
    const response = await putChunk(emulator, id, '5-10/11', ' WORLD');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ count: 1 });
    expect(emulator.store.attachment(id)).toMatchObject({ bytes: 11, sha256: sha256Of('hello world') });
  });

  describe('with accept', () => {
    beforeEach(() => void (emulator.store.assumptions.repeatedChunk = 'accept'));

    test('writes the bytes of a repeated chunk at their position', async () => {
      const { id, url } = await register(emulator);
      for (const [range, body, received] of [
        ['0-4/11', 'xxxxx', 5],
        ['0-4/11', 'hello', 5],
        ['2-7/11', 'llo wo', 8],
        ['1-2/11', 'el', 8],
        ['8-10/11', 'rld', 11],
      ] as const) {
        expect(await put(id, range, body)).toBe(200);
        expect(stateOf(id)).toMatchObject({ total: 11, received });
      }
      expect(emulator.store.attachment(id)).toMatchObject({ bytes: 11, sha256: sha256Of('hello world') });
      expect(await (await send(emulator, url)).text()).toBe('hello world');
    });

    test('overwrites a complete upload with the same total', async () => {
      const { id } = await register(emulator);
      await put(id, '0-4/11', 'hello');
      await put(id, '5-10/11', ' world');
      expect(await put(id, '5-10/11', ' WORLD')).toBe(200);
      expect(emulator.store.attachment(id)).toMatchObject({ bytes: 11, sha256: sha256Of('hello WORLD') });
      expect(await put(id, '5-10/12', ' world')).toBe(400);
    });

    test('still refuses a gap', async () => {
      const { id } = await register(emulator);
      await put(id, '0-4/11', 'hello');
      expect(await put(id, '6-10/11', 'world')).toBe(400);
      expect(stateOf(id)).toMatchObject({ received: 5 });
    });

    test('does not change the upload for a repeated chunk of a wrong length', async () => {
      const { id } = await register(emulator);
      await put(id, '0-4/11', 'hello');
      expect(await put(id, '0-4/11', 'HELL')).toBe(400);
      await put(id, '5-10/11', ' world');
      expect(emulator.store.attachment(id)).toMatchObject({ sha256: sha256Of('hello world') });
    });
  });
});

test('A query of more than 2,048 characters is answered by a page of IIS', async () => {
  const post = (length: number) =>
    send(emulator, `_apis/wit/attachments?fileName=${'a'.repeat(length)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: 'hello',
    });
  const longest = 2_048 - 'fileName=&api-version=7.1'.length;
  expect((await post(longest)).headers.get('content-type')).toContain('json');
  const refused = await post(longest + 1);
  expect(refused.status).toBe(404);
  expect(refused.headers.get('content-type')).toContain('html');
});

describe('unnamedUpload', () => {
  const octets = { 'Content-Type': 'application/octet-stream' };
  const post = (query: string) =>
    send(emulator, `_apis/wit/attachments?${query}`, { method: 'POST', headers: octets, body: 'hello' });

  test.each(['', 'uploadType=chunked'])('with accept, takes an upload with ?%s', async (query) => {
    expect((await post(query)).status).toBe(201);
  });

  test.each(['', 'fileName=', 'uploadType=chunked'])(
    'with refuse, rejects an upload with ?%s',
    async (query) => {
      emulator.store.assumptions.unnamedUpload = 'refuse';
      const before = emulator.store.attachments.all.length;
      const response = await post(query);
      expect(response.status).toBe(400);
      expect(await refusal(response)).toMatchObject({
        typeKey: 'VssPropertyValidationException',
        message: expect.stringContaining('fileName') as string,
      });
      expect(emulator.store.attachments.all).toHaveLength(before);
      expect(emulator.store.attachments.chunkedUploads).toEqual([]);
      expect((await sendRegister(emulator)).status).toBe(201);
    },
  );
});

describe('nameInRelation', () => {
  const nameOf = async (url: string) => {
    const response = await patch(emulator, 9, [attach(url, { comment: '', name: 'linked.txt' })]);
    const { relations } = (await response.json()) as WorkItemAnswer;
    return relations!.at(-1)!.attributes['name'];
  };
  const uploadUnnamed = async () => {
    const headers = { 'Content-Type': 'application/octet-stream' };
    const response = await send(emulator, '_apis/wit/attachments', { method: 'POST', headers, body: 'x' });
    return (await response.json()) as Reference;
  };

  test('with kept, stores the name of the link', async () => {
    expect(await nameOf((await uploadUnnamed()).url)).toBe('linked.txt');
    expect(await nameOf((await upload(emulator, 'x', 'uploaded.txt')).url)).toBe('linked.txt');
  });

  test('with ignored, uses the name of the upload, or its id', async () => {
    emulator.store.assumptions.nameInRelation = 'ignored';
    const { id, url } = await uploadUnnamed();
    expect(await nameOf(url)).toBe(id);
    expect(await nameOf((await upload(emulator, 'x', 'uploaded.txt')).url)).toBe('uploaded.txt');
  });
});

describe('nameChange', () => {
  const renameOn = async (answer: 'made' | 'ignored' | 'refused') => {
    emulator.store.assumptions.nameChange = answer;
    const { url } = await upload(emulator, 'x', 'old.txt');
    const linked = await patch(emulator, 9, [attach(url, { comment: '', name: 'old.txt' })]);
    const { relations } = (await linked.json()) as WorkItemAnswer;
    const path = `/relations/${relations!.length - 1}/attributes/name`;
    const response = await patch(emulator, 9, [{ op: 'replace', path, value: 'new.txt' }]);
    const name = emulator.store.workItem(9).relations.at(-1)!.attributes['name'];
    return [response.status, name];
  };

  test.each([
    ['made', 200, 'new.txt'],
    ['ignored', 200, 'old.txt'],
    ['refused', 400, 'old.txt'],
  ] as const)('%s answers %d and leaves the name %s', async (answer, status, name) => {
    expect(await renameOn(answer)).toEqual([status, name]);
  });
});

test.each([false, true])('retryAfterReadable %s decides about the exposed header', async (readable) => {
  emulator.store.assumptions.retryAfterReadable = readable;
  const response = await send(emulator, '_apis/wit/workitems/7');
  const exposed = response.headers.get('access-control-expose-headers')!.split(',');
  expect(exposed.includes('Retry-After')).toBe(readable);
});

test.each([
  ['taken', 200, 2],
  ['refused', 403, 1],
  ['unknown', 404, 1],
  ['hidden', 401, 1],
  ['html 404', 404, 1],
  ['html 405', 405, 1],
] as const)('batchFromExtension %s decides about the answer to a batch', async (answer, status, rev) => {
  emulator.store.assumptions.batchFromExtension = answer;
  const title = { op: 'add', path: '/fields/System.Title', value: 'Changed' };
  const response = await sendBatch(emulator, [inBatch(7, [title])]);
  expect(response.status).toBe(status);
  expect(response.headers.has('access-control-allow-origin')).toBe(answer !== 'hidden');
  if (answer.startsWith('html')) {
    expect(response.headers.get('content-type')).toContain('text/html');
  } else if (status !== 200) {
    const told = { message: expect.any(String) as string, typeKey: expect.any(String) as string };
    expect(await refusal(response)).toMatchObject(told);
  }
  expect(emulator.store.workItem(7).rev).toBe(rev);
  expect((await patch(emulator, 9, [title])).status).toBe(200);
});

describe('relationUrlTest', () => {
  const removeTested = async (at: number) => {
    const { relations } = await read(emulator, 31);
    const index = relations!.length - 1;
    return patch(emulator, 31, [
      { op: 'test', path: `/relations/${index}/url`, value: relations!.at(at)!.url },
      { op: 'remove', path: `/relations/${index}` },
    ]);
  };

  test('with allow, applies the patch only to the expected relation', async () => {
    const wrong = await removeTested(-2);
    expect(wrong.status).toBe(412);
    expect((await refusal(wrong)).message).toMatch(
      /^VS403351: Test Operation for path \/relations\/99\/url failed/,
    );
    expect((await removeTested(-1)).status).toBe(200);
    expect(emulator.store.workItem(31).relations).toHaveLength(99);
  });

  test('with refuse, rejects a test of any url', async () => {
    emulator.store.assumptions.relationUrlTest = 'refuse';
    const response = await removeTested(-1);
    expect(response.status).toBe(400);
    expect((await refusal(response)).typeKey).toBe('PatchOperationFailedException');
    expect(emulator.store.workItem(31).relations).toHaveLength(100);
  });
});

test.each([
  ['redirected', {}, 302],
  ['redirected', { 'X-TFS-FedAuthRedirect': 'Suppress' }, 401],
  ['refused', {}, 401],
] as const)('expiredSignIn %s with the headers %j is answered with %i', async (answer, headers, status) => {
  emulator.store.assumptions.expiredSignIn = answer;
  const response = await fetch(`${emulator.restBaseUrl}_apis/wit/workItems/7?api-version=7.1`, {
    headers: { Authorization: 'Bearer expired', ...headers },
    redirect: 'manual',
  });
  expect(response.status).toBe(status);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(response.headers.get('location')).toBe(status === 302 ? 'https://sign-in.invalid/_signin' : null);
});

test('expiredSignIn applies to new tokens while the session has ended', async () => {
  const read = () =>
    fetch(`${emulator.restBaseUrl}_apis/wit/workItems/7?api-version=7.1`, {
      headers: { Authorization: `Bearer ${emulator.issueToken()}` },
      redirect: 'manual',
    });
  emulator.setSignedIn(false);
  expect((await read()).status).toBe(302);
  emulator.setSignedIn(true);
  expect((await read()).status).toBe(200);
});

test('expiredSignIn allows the headers of Microsoft’s clients in a preflight', async () => {
  const response = await fetch(`${emulator.restBaseUrl}_apis/wit/workItems/7`, {
    method: 'OPTIONS',
    headers: {
      Origin: 'null',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization,x-tfs-fedauthredirect,x-vss-reauthenticationaction',
    },
  });
  expect(response.headers.get('access-control-allow-headers')).toContain(
    'x-tfs-fedauthredirect,x-vss-reauthenticationaction',
  );
});

test.each([
  ['accepted', '', '', 201],
  ['refused', '', '', 403],
  ['refused', '', '&areaPath=Fabrikam', 403],
  ['refused', 'Fabrikam/', '', 403],
  ['refused', 'Fabrikam/', '&areaPath=Fabrikam', 201],
] as const)(
  'uploadWithoutProject %s for "%s" with "%s" is answered with %i',
  async (answer, project, area, status) => {
    emulator.store.assumptions.uploadWithoutProject = answer;
    const url = `${emulator.restBaseUrl}${project}_apis/wit/attachments?fileName=a.txt${area}&api-version=7.1`;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${emulator.issueToken()}`,
        'Content-Type': 'application/octet-stream',
      },
      body: 'bytes',
    });
    expect(response.status).toBe(status);
  },
);
