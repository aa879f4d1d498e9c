import type { Call, Connection } from '../../../../src/azure/rest/connection';
import type { HttpResponse } from '../../../../src/azure/rest/http-stack';
import type { ManyWorkItems } from '../../../../src/azure/rest/many-work-items';
import { createUploadConnection, rememberPlace } from '../../../../src/azure/rest/upload-place';
import type { WorkItems } from '../../../../src/azure/rest/work-items';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import { rejectionOf } from '../../../helpers/deferred';
import { httpResponse } from '../../../helpers/manual-http-stack';
import { workItemWith } from '../../../helpers/uploads';

const PATH = '_apis/wit/attachments';
const PLACE = { project: 'Web & Shop', area: 'Web & Shop\\Cart' };
const POST: Call = { method: 'POST', path: PATH, query: { fileName: 'a' }, headers: {}, isIdempotent: false };

/** A connection that answers each call with the next outcome; 201 after the last one. */
function stage(
  outcomes: readonly Error[],
  place: typeof PLACE | undefined = PLACE,
  needsUploadPlace = false,
) {
  const sent: Call[] = [];
  const left = [...outcomes];
  const connection: Connection = {
    onThrottled: () => undefined,
    getBaseUrl: () => Promise.resolve(''),
    send(call): Promise<HttpResponse> {
      sent.push(call);
      const error = left.shift();
      return error ? Promise.reject(error) : Promise.resolve(httpResponse({ status: 201 }));
    },
  };
  const capabilities = { needsUploadPlace };
  return { sent, capabilities, uploads: createUploadConnection(connection, () => place, capabilities) };
}

const refused = (status: number): ServerError => new ServerError('no-permission', 'No.', { status });

describe('createUploadConnection', () => {
  test.each([403, 404])('sends an upload refused with %i once more with project and area', async (status) => {
    const { sent, uploads } = stage([refused(status)]);
    expect(await uploads.send(POST)).toMatchObject({ status: 201 });
    expect(sent).toEqual([
      POST,
      { ...POST, path: `Web%20%26%20Shop/${PATH}`, query: { fileName: 'a', areaPath: PLACE.area } },
    ]);
  });

  test('sends them with all calls once they have helped', async () => {
    const { sent, uploads, capabilities } = stage([refused(403)]);
    await uploads.send(POST);
    expect(capabilities).toEqual({ needsUploadPlace: true });
    await uploads.send({ ...POST, method: 'PUT', path: `${PATH}/1` });
    await uploads.send({ method: 'GET', path: `${PATH}/1`, headers: {}, isIdempotent: true });
    expect(sent.slice(2).map(({ path, query }) => [path, query?.['areaPath']])).toEqual([
      [`Web%20%26%20Shop/${PATH}/1`, PLACE.area],
      [`Web%20%26%20Shop/${PATH}/1`, undefined],
    ]);
  });

  test('sends them with the first call if an earlier frame needed them', async () => {
    const { sent, uploads } = stage([], PLACE, true);
    await uploads.send(POST);
    expect(sent.map(({ query }) => query?.['areaPath'])).toEqual([PLACE.area]);
  });

  test('rejects with the second refusal, and starts without them the next time', async () => {
    const last = refused(403);
    const { sent, uploads } = stage([refused(404), last]);
    expect(await rejectionOf(uploads.send(POST))).toBe(last);
    await uploads.send(POST);
    expect(sent[2]).toBe(POST);
  });

  test.each([
    ['a lost connection', POST, new NetworkError('No answer.'), PLACE],
    ['another refusal', POST, new ServerError('refused', 'No.', { status: 400 }), PLACE],
    ['a refused chunk', { ...POST, method: 'PUT' } as const, refused(404), PLACE],
  ])('does not repeat after %s', async (_, call, error, place) => {
    const { sent, uploads } = stage([error], place);
    expect(await rejectionOf(uploads.send(call))).toBe(error);
    expect(sent).toHaveLength(1);
  });

  test('does not repeat while the place is unknown', async () => {
    const { sent, uploads } = stage([refused(403)], null as never);
    await rejectionOf(uploads.send(POST));
    expect(sent).toHaveLength(1);
  });
});

test('rememberPlace knows project and area of the work item read or changed last', async () => {
  const item = (area: string) => workItemWith([], { project: 'P', area });
  const workItems: WorkItems = {
    read: () => Promise.resolve(item('read')),
    update: () => Promise.resolve(item('updated')),
  };
  const many = {
    readMany: () => Promise.resolve(new Map([[7, item('one of many')]])),
  } as unknown as ManyWorkItems;
  const placed = rememberPlace(workItems, many);
  expect(placed.uploadPlace()).toBeUndefined();
  await placed.workItems.read(7);
  expect(placed.uploadPlace()).toEqual({ project: 'P', area: 'read' });
  await placed.workItems.update(7, []);
  expect(placed.uploadPlace()?.area).toBe('updated');
  await placed.manyWorkItems.readMany([7]);
  expect(placed.uploadPlace()?.area).toBe('one of many');
});
