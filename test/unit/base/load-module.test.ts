/** @jest-environment jsdom */
import { loadModule } from '../../../src/base/load-module';
import { toProblem } from '../../../src/base/errors';

const part = { name: 'part' };

/** Error of webpack for a part that cannot be loaded. */
const missing = Object.assign(new Error('Loading chunk zip failed.'), {
  request: 'https://me.gallerycdn.example/zip.js',
});

function stubFetch(answer: () => Promise<unknown>): jest.Mock {
  const stub = jest.fn(answer);
  Object.assign(globalThis, { fetch: stub });
  return stub;
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'fetch');
});

describe('loadModule', () => {
  test('loads a part without a request of its own', async () => {
    const stub = stubFetch(() => Promise.resolve());
    expect(await loadModule(() => Promise.resolve(part))).toBe(part);
    expect(stub).not.toHaveBeenCalled();
  });

  test('fails with `network` after one attempt if the server does not answer', async () => {
    stubFetch(() => Promise.reject(new TypeError('Failed to fetch')));
    const load = jest.fn(() => Promise.reject(missing));
    const error: unknown = await loadModule(load).catch((reason: unknown) => reason);
    expect(toProblem(error).kind).toBe('network');
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('tries once more after the connection was lost for a moment', async () => {
    stubFetch(() => Promise.resolve());
    const load = jest.fn().mockRejectedValueOnce(missing).mockResolvedValueOnce(part);
    expect(await loadModule(load)).toBe(part);
  });

  test('fails with `updated` if the server answers and the part is still missing', async () => {
    const stub = stubFetch(() => Promise.resolve());
    const load = jest.fn(() => Promise.reject(missing));
    const error: unknown = await loadModule(load).catch((reason: unknown) => reason);
    expect(toProblem(error).kind).toBe('updated');
    expect(load).toHaveBeenCalledTimes(2);
    expect(stub).toHaveBeenCalledWith(missing.request, expect.objectContaining({ method: 'HEAD' }));
  });

  test('asks for the page if the error names no address', async () => {
    const stub = stubFetch(() => Promise.resolve());
    await loadModule(() => Promise.reject(new Error('No address.'))).catch(() => undefined);
    expect(stub).toHaveBeenCalledWith(location.href, expect.anything());
  });
});
