import type { EmulatorMode } from '../../src/contract';
import type { Emulator } from '../../src/running-emulator';
import {
  attach,
  patch,
  putChunk,
  read,
  register,
  send,
  sendUpload,
  start,
  upload,
  type Refusal,
} from './client';

type Ask = (emulator: Emulator) => Promise<Response>;
type Row = readonly [what: string, ask: Ask, status: number, typeKey: string, text: RegExp];

const octets = { 'Content-Type': 'application/octet-stream' };
const title = [{ op: 'add', path: '/fields/System.Title', value: 'x' }];
const noType = 'VssRequestContentTypeNotSupportedException';

function post(path: string, type: string, body: BodyInit = 'x'): Ask {
  return (emulator) => send(emulator, path, { method: 'POST', headers: { 'Content-Type': type }, body });
}

function readVersion(version: string, path = '_apis/wit/workitems/7'): Ask {
  return (emulator) => send(emulator, path, { version });
}

function unversioned(method: string, path: string): Ask {
  return (emulator) =>
    fetch(emulator.restBaseUrl + path, {
      method,
      headers: { ...octets, Authorization: `Bearer ${emulator.issueToken()}`, Connection: 'close' },
      body: 'x',
    });
}

function deleteVersion(version: string): Ask {
  return async (emulator) => {
    const { id } = await upload(emulator, 'x');
    return send(emulator, `_apis/wit/attachments/${id}`, { method: 'DELETE', version });
  };
}

function patchFull(count: number): Ask {
  return async (emulator) => {
    emulator.store.fill(9, 100);
    const urls = await Promise.all(
      Array.from({ length: count }, async () => (await upload(emulator, 'x')).url),
    );
    return patch(
      emulator,
      9,
      urls.map((url) => attach(url)),
    );
  };
}

const ids = Array.from({ length: 201 }, (_, index) => index + 1);

/** Errors with the usual envelope (REST reference F.1), and their section of the reference. */
const refused: readonly Row[] = [
  // A.1, B
  [
    'an upload of a picture’s type',
    post('_apis/wit/attachments?fileName=a.png', 'image/png'),
    400,
    noType,
    /: application\/octet-stream\.$/,
  ],
  [
    'an upload as JSON',
    post('_apis/wit/attachments?fileName=a.json', 'application/json'),
    400,
    noType,
    /application\/json/,
  ],
  // A.2
  [
    'a registration as a form',
    post('_apis/wit/attachments?uploadType=chunked', 'application/x-www-form-urlencoded', ''),
    400,
    noType,
    /application\/json, application\/json-patch\+json, application\/octet-stream/,
  ],
  // D.6
  [
    'a patch as JSON',
    (emulator) =>
      send(emulator, '_apis/wit/workitems/7', {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(title),
      }),
    415,
    noType,
    /application\/json-patch\+json/,
  ],
  [
    'a batch read as text',
    post('_apis/wit/workitemsbatch', 'text/plain', '{"ids":[7]}'),
    415,
    noType,
    /application\/json/,
  ],
  [
    'a 101st attachment',
    patchFull(1),
    400,
    'WorkItemAttachmentLimitExceededException',
    /^VS403313: .* no more than 100 attachments/,
  ],
  // E.2
  [
    '201 ids in a list',
    (emulator) => send(emulator, `_apis/wit/workitems?ids=${ids.join()}`),
    400,
    'VssPropertyValidationException',
    /^VS403474: .* 201 work items .* limit of 200/,
  ],
  [
    '201 ids in a batch read',
    post('_apis/wit/workitemsbatch', 'application/json', JSON.stringify({ ids })),
    400,
    'VssPropertyValidationException',
    /^VS403474: .* 201 work items .* limit of 200/,
  ],
  // A.5
  [
    'a file over the limit',
    (emulator) => {
      emulator.store.assumptions.largestFile = '4 MB';
      return sendUpload(emulator, new Uint8Array(4 * 2 ** 20 + 1));
    },
    400,
    'AttachmentExceedsMaximumSizeException',
    /^TF237082: .*\(4\.000 MB\(s\)\)/,
  ],
  // H
  [
    'a version too new',
    readVersion('7.3'),
    400,
    'VssVersionOutOfRangeException',
    /of 7\.3 is out of range .* supports is (?:7\.1|6\.0)\.$/,
  ],
  [
    'a preview too new',
    readVersion('7.3-preview.1'),
    400,
    'VssVersionOutOfRangeException',
    /7\.3-preview\.1/,
  ],
  [
    'a preview of another resource',
    readVersion('7.2-preview.4'),
    400,
    'VssVersionOutOfRangeException',
    /7\.2-preview\.4/,
  ],
  [
    'the preview of batch reads',
    (emulator) =>
      send(emulator, '_apis/wit/workitemsbatch', {
        version: '7.2-preview.3',
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"ids":[7]}',
      }),
    400,
    'VssVersionOutOfRangeException',
    /7\.2-preview\.3/,
  ],
  [
    'an upload without a version',
    unversioned('POST', '_apis/wit/attachments'),
    400,
    'VssVersionNotSpecifiedException',
    /^No api-version was supplied for the "POST" request/,
  ],
  [
    'a patch without a version',
    unversioned('PATCH', '_apis/wit/workitems/7'),
    400,
    'VssVersionNotSpecifiedException',
    /"PATCH"/,
  ],
  // G
  ['a deletion of an attachment', deleteVersion('6.0'), 405, 'HttpRequestException', /'DELETE'/],
  // F.2
  [
    'an expired token',
    (emulator) => {
      const token = emulator.issueToken();
      emulator.expireTokens();
      return fetch(`${emulator.restBaseUrl}_apis/wit/workitems/7?api-version=6.0`, {
        headers: { Authorization: `Bearer ${token}`, 'X-TFS-FedAuthRedirect': 'Suppress' },
      });
    },
    401,
    'UnauthorizedRequestException',
    /^TF400813/,
  ],
];

/** Versions of Services only (REST reference H and G). */
const refusedOnServices: readonly Row[] = [
  [
    '7.2 without its flag',
    readVersion('7.2'),
    400,
    'VssInvalidPreviewVersionException',
    /"7\.2" .* under preview/,
  ],
  ['a deletion of an attachment in 7.1', deleteVersion('7.1'), 405, 'HttpRequestException', /'DELETE'/],
  [
    'a deletion in 7.2, without the scope for it',
    deleteVersion('7.2-preview.4'),
    401,
    'UnauthorizedRequestException',
    /^TF400813/,
  ],
];

const refusedOnServer: readonly Row[] = [
  [
    '7.1',
    readVersion('7.1'),
    400,
    'VssVersionOutOfRangeException',
    /of 7\.1 is out of range .* supports is 6\.0\.$/,
  ],
];

/** Chunks after `hello` of 11 bytes, with their range and type (REST reference A.3, A.4). */
const refusedChunks: readonly (readonly [string, Record<string, string>, string, RegExp])[] = [
  ['without a range', octets, ' world', /Content-Range header "" is not valid/],
  [
    'of another type',
    { 'Content-Type': 'image/png', 'Content-Range': 'bytes 5-10/11' },
    ' world',
    /Content-Type of "image\/png"/,
  ],
  [
    'after a gap',
    { ...octets, 'Content-Range': 'bytes 6-10/11' },
    'world',
    /begins at byte 6, but byte 5 is expected/,
  ],
  [
    'that overlaps',
    { ...octets, 'Content-Range': 'bytes 4-10/11' },
    'o world',
    /begins at byte 4, but byte 5 is expected/,
  ],
  [
    'of another total',
    { ...octets, 'Content-Range': 'bytes 5-10/12' },
    ' world',
    /total size 12 differs from the 11/,
  ],
  [
    'of a total over the limit',
    { ...octets, 'Content-Range': 'bytes 5-10/62914561' },
    ' world',
    /^TF237082: .*\(60\.000 MB\(s\)\)/,
  ],
];

describe.each<[EmulatorMode, readonly Row[], string]>([
  [
    'services',
    [...refused, ...refusedOnServices],
    'ActivityId,X-TFS-Session,X-MS-ContinuationToken,X-VSS-GlobalMessage,ETag,Request-Context',
  ],
  ['server', [...refused, ...refusedOnServer], 'ActivityId,X-TFS-Session,X-MS-ContinuationToken'],
])('%s', (mode, rows, exposed) => {
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await start({ mode })));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  test.each(rows)('refuses %s', async (_what, ask, status, typeKey, text) => {
    const response = await ask(emulator);
    expect(response.status).toBe(status);
    expect((await response.json()) as Refusal).toMatchObject({
      typeKey,
      message: expect.stringMatching(text) as string,
    });
    // Pages can read all but the 401, a network error to them (REST reference F.2).
    expect(response.headers.has('access-control-allow-origin')).toBe(status !== 401);
  });

  test.each(refusedChunks)(
    'refuses a chunk %s and does not change the upload',
    async (_what, headers, body, text) => {
      const { id } = await register(emulator);
      await putChunk(emulator, id, '0-4/11', 'hello');
      const path = `_apis/wit/attachments/${id}`;
      const response = await send(emulator, path, { method: 'PUT', headers, body });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        count: 1,
        value: { Message: expect.stringMatching(text) as string },
      });
      const [upload] = emulator.store.attachments.chunkedUploads;
      expect(upload).toMatchObject({ total: 11, received: 5 });
    },
  );

  test('answers with the sign-in page without a token', async () => {
    const response = await fetch(`${emulator.restBaseUrl}_apis/wit/workitems/7`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      203,
      'text/html; charset=utf-8',
    ]);
  });

  test('exposes only these headers to pages', async () => {
    const response = await send(emulator, '_apis/wit/workitems/7');
    expect(response.headers.get('access-control-expose-headers')).toBe(exposed);
  });

  test('accepts 60 MB, 200 ids, and 100 attachments', async () => {
    expect(emulator.store.largestFileBytes).toBe(60 * 2 ** 20);
    const list = ids.slice(1).map(String).join();
    expect((await send(emulator, `_apis/wit/workitems?ids=${list}&errorPolicy=omit`)).status).toBe(200);
    emulator.store.fill(9, 99);
    const { url } = await upload(emulator, 'x');
    expect((await patch(emulator, 9, [attach(url)])).status).toBe(200);
    expect((await read(emulator, 9)).relations!.filter(({ rel }) => rel === 'AttachedFile')).toHaveLength(
      100,
    );
  });
});
