import { CancelledError } from '../../../../src/base/errors';
import { applyRules } from '../../../../src/upload/rules/apply-rules';
import type { FileRules, Ruled } from '../../../../src/upload/rules/file-rules';
import { DEFAULT_RULES } from '../../../../src/upload/rules/file-rules';
import { MAX_SCANNED_BYTES } from '../../../../src/upload/rules/secrets/scan';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { blobOf, bufferOf } from '../../../helpers/picture-data';
import { RandomTexts, githubToken } from '../../../helpers/planted-secrets';
import { harEntry, harOf } from '../../../helpers/sample-har';
import { SAMPLE_EXIF, exifData, heicWith, jpegWith } from '../../../helpers/sample-picture';

const EXIF = exifData(SAMPLE_EXIF, true);
const PHOTO = jpegWith(EXIF);
const TOKEN = githubToken(new RandomTexts(5));
const LOG = `first line\nuse ${TOKEN} here\nlast line\n`;

function apply(
  file: Blob | Buffer | string,
  rules: Partial<FileRules> = {},
  signal = new AbortController().signal,
): Promise<Ruled> {
  const blob = file instanceof Blob ? file : blobOf(Buffer.from(file));
  return applyRules(blob, { ...DEFAULT_RULES, ...rules }, { runtime: createFakeRuntime(), signal });
}

async function textOf({ bytes }: Ruled): Promise<string> {
  return (await bufferOf(bytes)).toString();
}

it('An image loses its place by default, everything on request, and nothing with “keep”', async () => {
  const removed = { location: true, thumbnail: false, trailingBytes: 0 };
  const byDefault = await apply(PHOTO);
  expect(byDefault.metadata).toEqual({
    kind: 'removed',
    format: 'jpeg',
    removed: { ...removed, other: false },
  });
  expect((await bufferOf(byDefault.bytes)).includes('Wide 26 mm')).toBe(true);
  const all = await apply(PHOTO, { metadata: 'all' });
  expect(all.metadata).toMatchObject({ removed: { other: true } });
  expect((await bufferOf(all.bytes)).includes('Wide 26 mm')).toBe(false);
  const file = blobOf(PHOTO);
  expect(await apply(file, { metadata: 'keep' })).toEqual({ bytes: file });
});

it('An image that does not parse, and one of another format, is returned as it is and named', async () => {
  const damaged = blobOf(PHOTO.subarray(0, 90));
  expect(await apply(damaged)).toEqual({
    bytes: damaged,
    metadata: { kind: 'kept', format: 'jpeg', reason: 'damaged' },
  });
  const heic = blobOf(heicWith(EXIF));
  expect(await apply(heic)).toEqual({
    bytes: heic,
    metadata: { kind: 'kept', format: 'heic', reason: 'format' },
  });
});

it('A text with a secret is named with its lines, masked or refused, and never changed otherwise', async () => {
  const file = blobOf(Buffer.from(LOG));
  const warned = await apply(file);
  expect(warned.bytes).toBe(file);
  expect(warned.secrets).toMatchObject({
    ...{ kind: 'found', outcome: 'warned', count: 1 },
    findings: [{ rule: 'github-token', line: 2, column: 5 }],
  });
  expect(JSON.stringify(warned.secrets)).not.toContain(TOKEN.slice(6));
  const masked = await apply(file, { secrets: 'mask' });
  expect(masked.secrets).toMatchObject({ outcome: 'masked' });
  expect(await textOf(masked)).toBe(LOG.replace(TOKEN, '*'.repeat(TOKEN.length)));
  expect(await apply(file, { secrets: 'block' })).toMatchObject({
    ...{ bytes: file, secrets: { outcome: 'refused' } },
  });
  expect(await apply(file, { secrets: 'off' })).toEqual({ bytes: file });
  const harmless = blobOf(Buffer.from('nothing here'));
  expect(await apply(harmless)).toEqual({ bytes: harmless });
});

it('A text with more secrets than one search finds is masked completely', async () => {
  const random = new RandomTexts(6);
  const lines = Array.from({ length: 10_003 }, () => githubToken(random));
  const masked = await apply(lines.join('\n'), { secrets: 'mask' });
  expect(masked.secrets).toMatchObject({ outcome: 'masked' });
  expect(await textOf(masked)).toMatch(/^[*\n]+$/);
});

it('A HAR is masked by its fields, stays a HAR, and its result has counts in place of lines', async () => {
  const har = harOf([
    harEntry('https://shop.example/pay', 0, {
      request: {
        ...{ method: 'GET', url: 'https://shop.example/pay?access_token=hidden-parameter' },
        cookies: [{ name: 'sid', value: 'hidden-cookie' }],
        headers: [{ name: 'Authorization', value: 'Bearer hidden-header' }],
      },
    }),
  ]);
  const warned = await apply(har);
  expect(warned.secrets).toMatchObject({
    ...{ outcome: 'warned', findings: [], count: 3 },
    counts: { cookie: 1, header: 1, parameter: 1, body: 0, found: 0 },
  });
  const masked = await apply(har, { secrets: 'mask' });
  const text = await textOf(masked);
  expect(text).not.toContain('hidden');
  expect((JSON.parse(text) as { log: { entries: unknown[] } }).log.entries).toHaveLength(1);
});

it('A text beyond the limit is named as not searched, and a large file that is no text is not', async () => {
  const large = blobOf(Buffer.alloc(MAX_SCANNED_BYTES + 1, 'a\n'));
  expect(await apply(large, { secrets: 'block' })).toEqual({
    ...{ bytes: large, secrets: { kind: 'not-scanned', reason: 'too-large' } },
  });
  const binary = blobOf(Buffer.alloc(MAX_SCANNED_BYTES + 1));
  expect(await apply(binary)).toEqual({ bytes: binary });
});

/** A blob whose second read, that of the search, waits for `until`. */
function slowBlob(until: () => Promise<void>): Blob {
  const blob = blobOf(Buffer.from(LOG));
  let reads = 0;
  return new Proxy(blob, {
    get(target, name) {
      if (name !== 'slice') return Reflect.get(target, name, target) as unknown;
      return (start: number, end: number) => {
        const slice = target.slice(start, end);
        if (++reads === 2) {
          const read = slice.arrayBuffer.bind(slice);
          slice.arrayBuffer = async () => {
            await until();
            return read();
          };
        }
        return slice;
      };
    },
  });
}

it('A search of 30 seconds ends, and the text is named as not searched', async () => {
  const runtime = createFakeRuntime();
  const file = slowBlob(() => runtime.pass(30_000));
  const { signal } = new AbortController();
  expect((await applyRules(file, DEFAULT_RULES, { runtime, signal })).secrets).toEqual({
    ...{ kind: 'not-scanned', reason: 'timeout' },
  });
});

it.each(['warn', 'mask'] as const)('An abort ends the search with the rule %s', async (secrets) => {
  const controller = new AbortController();
  const file = slowBlob(async () => {
    await Promise.resolve();
    controller.abort();
  });
  await expect(apply(file, { secrets }, controller.signal)).rejects.toThrow(CancelledError);
});
