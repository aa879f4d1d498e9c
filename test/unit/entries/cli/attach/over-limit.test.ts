import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachmentIdIn } from 'azure-devops-emulator';
import { unzipSync } from 'fflate';
import { createCliStage, sha256 } from '../../../../helpers/cli';

const stage = createCliStage();
const { run, write, attachedTo } = stage;

/** Work item without attachments. */
const ITEM = 8;
const OTHER = 9;
const LIMIT_BYTES = 128 * 1024;

/** Three volumes by the small limit. */
const CONTENT = randomBytes(300_000);

/** Names of the attachments of a work item, sorted. */
function namesOn(id: number): readonly string[] {
  return attachedTo(id)
    .map((each) => each.replace(/ [0-9a-f]{64}.*/s, ''))
    .sort();
}

/** Attachments of a work item, by name. */
function attachmentsOn(id: number): ReadonlyMap<string, { readonly path: string }> {
  const { store } = stage.emulator();
  return new Map(
    store.workItem(id).relations.flatMap(({ url, attributes }) => {
      const attachment = store.attachment(attachmentIdIn(url) ?? '');
      return attachment ? [[String(attributes['name']), attachment]] : [];
    }),
  );
}

/** SHA-256 of the joined attachments whose names begin so. */
function joinedOn(id: number, name: string): string {
  const attachments = attachmentsOn(id);
  const names = namesOn(id).filter((each) => each.startsWith(name));
  return sha256(
    execFileSync(
      'cat',
      names.map((each) => attachments.get(each)?.path ?? ''),
    ),
  );
}

/** Removes an attachment, as another person would. */
async function removeFrom(id: number, name: string): Promise<void> {
  const emulator = stage.emulator();
  const index = emulator.store
    .workItem(id)
    .relations.findIndex(({ attributes }) => attributes['name'] === name);
  const response = await fetch(`${emulator.restBaseUrl}_apis/wit/workitems/${id}?api-version=7.1`, {
    method: 'PATCH',
    headers: {
      authorization: `Basic ${Buffer.from(`:${emulator.issueToken()}`).toString('base64')}`,
      'content-type': 'application/json-patch+json',
    },
    body: JSON.stringify([{ op: 'remove', path: `/relations/${index}` }]),
  });
  if (!response.ok) throw new Error(await response.text());
}

beforeEach(() => {
  stage.emulator().store.limits.maxAttachmentBytes = LIMIT_BYTES;
  write('log.txt', CONTENT);
});

test('attach --over-limit split attaches parts that cat joins, after a refusal that names the limit', async () => {
  const { code, out, err } = await run([
    'attach',
    `${ITEM},${OTHER}`,
    'log.txt#of May',
    '--over-limit',
    'split',
  ]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/log\.txt → .* 8: attached, in 3 parts\nlog\.txt → .* 9: attached, in 3 parts\n/);
  expect(out).toContain('1 file: 2 attached.');
  for (const id of [ITEM, OTHER]) {
    expect(namesOn(id)).toEqual(['log.txt.001', 'log.txt.002', 'log.txt.003']);
    expect(joinedOn(id, 'log.txt.')).toBe(sha256(CONTENT));
  }
  expect(attachedTo(ITEM)[1]).toMatch(
    new RegExp(
      `of May Part 2 of 3 of a larger file\\. To join them: 7-Zip, cat or copy /b\\. \\[stapler 2/3 300000 sha256:${sha256(CONTENT)} crc32:[0-9a-f]{8}\\]$`,
    ),
  );
});

test('attach --over-limit split links all parts by one change of the work item', async () => {
  const before = stage.emulator().store.workItem(ITEM).rev;
  await run(['attach', String(ITEM), 'log.txt', '--over-limit', 'split']);
  expect(stage.emulator().store.workItem(ITEM).rev).toBe(before + 1);
});

test('attach --over-limit split attaches nothing the second time, and only the parts that are missing', async () => {
  const args = ['attach', String(ITEM), 'log.txt', '--over-limit', 'split', '--json'];
  await run(args);
  const { lines } = await run(args);
  expect(lines.at(0)).toMatchObject({ outcome: 'already-there', name: 'log.txt', parts: 3, bytes: 300_000 });
  expect(namesOn(ITEM)).toHaveLength(3);

  await removeFrom(ITEM, 'log.txt.002');
  expect(namesOn(ITEM)).toEqual(['log.txt.001', 'log.txt.003']);
  const again = await run(args, { env: { STAPLER_STATE: join(stage.folder, 'other computer') } });
  expect(again.lines.at(0)).toMatchObject({ outcome: 'attached', parts: 3 });
  expect(namesOn(ITEM)).toEqual(['log.txt.001', 'log.txt.002', 'log.txt.003']);
  expect(joinedOn(ITEM, 'log.txt.')).toBe(sha256(CONTENT));
});

test('attach --over-limit split keeps a file whole that only has the size of a split one', async () => {
  const args = ['attach', String(ITEM), 'log.txt', '--over-limit', 'split'];
  await run(args);
  delete stage.emulator().store.limits.maxAttachmentBytes;
  write('log.txt', randomBytes(CONTENT.length));
  expect((await run(args)).out).toContain(': attached\n');
  expect(namesOn(ITEM)).toEqual(['log.txt', 'log.txt.001', 'log.txt.002', 'log.txt.003']);
});

test('attach --over-limit split gives another file of the same name its own parts', async () => {
  const args = ['attach', String(ITEM), 'log.txt', '--over-limit', 'split'];
  await run(args);
  const other = randomBytes(250_000);
  write('log.txt', other);
  await run(args);
  expect(namesOn(ITEM).filter((name) => name.includes('('))).toEqual([
    'log (2).txt.001',
    'log (2).txt.002',
    'log (2).txt.003',
  ]);
  expect(joinedOn(ITEM, 'log (2).txt.')).toBe(sha256(other));
});

test('attach --over-limit split attaches no part if the work item has no room for all', async () => {
  delete stage.emulator().store.limits.maxAttachmentBytes;
  write('large.bin', Buffer.alloc(64 * 2 ** 20, 'x'));
  for (let number = 0; number < 99; number++) write(`full/${number}.txt`, String(number));
  await run(['attach', String(ITEM), 'full']);
  expect(namesOn(ITEM)).toHaveLength(99);
  const { code, lines } = await run(['attach', String(ITEM), 'large.bin', '--over-limit', 'split', '--json']);
  expect(code).toBe(4);
  expect(lines).toContainEqual(
    expect.objectContaining({ outcome: 'failed', name: 'large.bin', reason: 'attachment-limit' }),
  );
  expect(namesOn(ITEM)).toHaveLength(99);
});

test('attach --over-limit split finds a split file and its neighbors on a work item that has just room for them', async () => {
  for (let number = 0; number < 97; number++) write(`many/${number}.txt`, String(number));
  const args = ['attach', String(ITEM), 'many', 'log.txt', '--over-limit', 'split', '--json'];
  expect((await run(args)).code).toBe(0);
  expect(namesOn(ITEM)).toHaveLength(100);

  const { code, lines } = await run(args);
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({ type: 'summary', attached: 0, alreadyAttached: 98, failed: 0 });

  await removeFrom(ITEM, 'log.txt.002');
  expect((await run(args)).code).toBe(0);
  expect(namesOn(ITEM)).toHaveLength(100);
  expect(joinedOn(ITEM, 'log.txt.')).toBe(sha256(CONTENT));
});

test('attach --over-limit split knows the limit of Azure DevOps Services before it sends a byte', async () => {
  delete stage.emulator().store.limits.maxAttachmentBytes;
  write('large.bin', Buffer.alloc(64 * 2 ** 20, 'y'));
  const planned = await run(['attach', String(ITEM), 'large.bin', '--over-limit', 'split', '--dry-run']);
  expect(planned.out).toContain('to be attached, in 2 parts');
  const { code } = await run(['attach', String(ITEM), 'large.bin', '--over-limit', 'split']);
  expect(code).toBe(0);
  const sizes = [...attachmentsOn(ITEM).values()].map(({ path }) => statSync(path).size);
  expect(sizes).toEqual([57 * 2 ** 20, 7 * 2 ** 20]);
});

test('attach --over-limit skip leaves a large file out, and fail counts it as a failure', async () => {
  const skipped = await run(['attach', String(ITEM), 'log.txt', '--over-limit', 'skip']);
  expect(skipped.code).toBe(0);
  expect(skipped.out).toContain('skipped, because it is over the limit');
  const failed = await run(['attach', String(ITEM), 'log.txt', '--over-limit', 'fail']);
  expect(failed.code).toBe(4);
  expect(failed.err).toContain('"--over-limit split"');
  expect(namesOn(ITEM)).toEqual([]);
});

/** Compresses to a tenth. */
const TEXT = Buffer.from('GET /orders 200\n'.repeat(20_000));

test('attach --over-limit zip attaches a zip with the file, and nothing the second time', async () => {
  write('server.log', TEXT);
  const args = ['attach', `${ITEM},${OTHER}`, 'server.log#of May', '--over-limit', 'zip'];
  const { code, out, err } = await run(args);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/server\.log → .* 8 as server\.log\.zip: attached, as a zip of \d+ .*B\n/);
  for (const id of [ITEM, OTHER]) {
    expect(namesOn(id)).toEqual(['server.log.zip']);
    const { path } = attachmentsOn(id).get('server.log.zip') ?? { path: '' };
    const entries = unzipSync(readFileSync(path));
    expect(Object.keys(entries)).toEqual(['server.log']);
    expect(TEXT.equals(Buffer.from(entries['server.log'] ?? []))).toBe(true);
  }
  expect(attachedTo(ITEM)[0]).toContain('of May');
  const again = await run([...args, '--json']);
  expect(again.lines.at(0)).toMatchObject({
    ...{ outcome: 'already-there', file: 'server.log', name: 'server.log.zip', bytes: TEXT.length },
    zipBytes: expect.any(Number) as number,
  });
  expect(namesOn(ITEM)).toHaveLength(1);
});

test('attach --over-limit zip fails with the expected size if the zip would not fit, and sends nothing', async () => {
  const { code, lines } = await run(['attach', String(ITEM), 'log.txt', '--over-limit', 'zip', '--json']);
  expect(code).toBe(4);
  expect(lines.at(0)).toMatchObject({ outcome: 'failed', name: 'log.txt', reason: 'file-too-large' });
  expect(String(lines.at(0)?.['explanation'])).toMatch(/its zip would be about 30\d KB/);
  expect(namesOn(ITEM)).toEqual([]);
});

test('attach --over-limit zip leaves a file within the limit as it is, and removes its temporary files', async () => {
  const temporary = join(stage.folder, 'temporary');
  mkdirSync(temporary, { recursive: true });
  write('server.log', TEXT);
  write('small.log', 'small');
  const args = ['attach', String(ITEM), 'server.log', 'small.log', '--over-limit', 'zip'];
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  try {
    expect((await run(args)).code).toBe(0);
  } finally {
    process.env['TMPDIR'] = before ?? '/tmp';
  }
  expect(namesOn(ITEM)).toEqual(['server.log.zip', 'small.log']);
  expect(readdirSync(temporary)).toEqual([]);
});

test('attach --over-limit shrink is refused with the ways that there are', async () => {
  const { code, err } = await run(['attach', String(ITEM), 'log.txt', '--over-limit', 'shrink']);
  expect(code).toBe(64);
  expect(err).toContain('no codecs');
  expect(err).toContain('"--over-limit zip" or "--over-limit split"');
});

test('list shows a split file as one, and get joins its parts', async () => {
  await run(['attach', String(ITEM), 'log.txt#of May', '--over-limit', 'split']);
  const { out } = await run(['list', String(ITEM)]);
  expect(out).toMatch(/: 3 attachments\n {2}1\. log\.txt {2}300 KB {2}3 parts {2}of May\n$/);
  const { code, lines } = await run(['get', String(ITEM), '--out', 'saved', '--json']);
  expect(code).toBe(0);
  expect(lines.at(0)).toMatchObject({ outcome: 'saved', name: 'log.txt', parts: 3, sha256: sha256(CONTENT) });
  expect(readdirSync(join(stage.folder, 'saved'))).toEqual(['log.txt']);
  expect(readFileSync(join(stage.folder, 'saved/log.txt')).equals(CONTENT)).toBe(true);
});

test('get names the missing part of a split file, and saves the others one by one', async () => {
  await run(['attach', String(ITEM), 'log.txt', '--over-limit', 'split']);
  await removeFrom(ITEM, 'log.txt.002');
  expect((await run(['list', String(ITEM)])).out).toContain('3 parts, missing or damaged: 2');
  const { code, err } = await run(['get', String(ITEM), '--out', 'rest']);
  expect(code).toBe(2);
  expect(err).toContain('log.txt: not saved. Parts of this split file are missing or damaged: 2.');
  expect((await run(['get', String(ITEM), 'log.txt.003', '--out', 'rest'])).code).toBe(0);
  expect(CONTENT.subarray(-statSync(join(stage.folder, 'rest/log.txt.003')).size)).toEqual(
    readFileSync(join(stage.folder, 'rest/log.txt.003')),
  );
});

test('get names the damaged part of a split file, and saves nothing under its name', async () => {
  await run(['attach', String(ITEM), 'log.txt', '--over-limit', 'split']);
  const { path } = attachmentsOn(ITEM).get('log.txt.003') ?? { path: '' };
  const bytes = readFileSync(path);
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const { code, err } = await run(['get', String(ITEM), '--out', 'damaged']);
  expect(code).toBe(2);
  expect(err).toContain('missing or damaged: 3.');
  expect(readdirSync(join(stage.folder, 'damaged'))).toEqual([]);
});

describe('The rule of the policy for files over the limit', () => {
  /** Attaches a file by a policy with this rule for the work items. */
  async function attachBy(overLimit: string, ...more: string[]) {
    write('policy.json', JSON.stringify({ version: 1, overLimit, workItemTypes: {} }));
    return run(['attach', `${ITEM}`, 'log.txt', '--policy', 'policy.json', ...more]);
  }

  test('splits the file without an option, and a repeated command attaches nothing more', async () => {
    expect(await attachBy('split')).toMatchObject({ code: 0, err: '' });
    expect(namesOn(ITEM)).toEqual(['log.txt.001', 'log.txt.002', 'log.txt.003']);
    expect(joinedOn(ITEM, 'log.txt.')).toBe(sha256(CONTENT));
    expect(await attachBy('split')).toMatchObject({ code: 0 });
    expect(namesOn(ITEM)).toHaveLength(3);
  });

  test('gives way to the option', async () => {
    expect(await attachBy('split', '--over-limit', 'fail')).toMatchObject({ code: 4 });
    expect(namesOn(ITEM)).toEqual([]);
    expect(await attachBy('fail', '--over-limit', 'split')).toMatchObject({ code: 0 });
    expect(namesOn(ITEM)).toHaveLength(3);
  });

  test('leaves the file out', async () => {
    const { code, out } = await attachBy('skip');
    expect(code).toBe(0);
    expect(out).toContain('skipped');
    expect(namesOn(ITEM)).toEqual([]);
  });

  test.each(['ask', 'shrink'])('“%s” is for pages, and the server decides here', async (rule) => {
    expect(await attachBy(rule)).toMatchObject({ code: 4 });
    expect(namesOn(ITEM)).toEqual([]);
  });
});
