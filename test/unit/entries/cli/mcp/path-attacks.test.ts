import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { join } from 'node:path';
import { createCliStage, sha256 } from '../../../../helpers/cli';
import type { McpSession } from '../../../../helpers/mcp';
import { startMcp } from '../../../../helpers/mcp';

const stage = createCliStage();
const { write, attachedTo } = stage;
/** Real path: the temporary folder may be a link. */
const folder = fs.realpathSync(stage.folder);
const allowed = join(folder, 'allowed');

/** Work item without attachments. */
const ITEM = 8;
const SECRET = 'the secret';

let session: McpSession;

beforeAll(() => {
  write('secret.txt', SECRET);
  write('secrets/key.txt', SECRET);
  write('allowed-evil/a.txt', SECRET);
  write('allowed/a.txt', 'public');
  write('allowed/sub/b.txt', 'public');
  write('allowed/.env', SECRET);
  write('allowed/.git/config', SECRET);
  write('allowed/sub/.hidden/c.txt', SECRET);
  const links = {
    'to-secret.txt': '../secret.txt',
    'to-secret-absolute.txt': join(folder, 'secret.txt'),
    'to-folder': '../secrets',
    'to-root': '/',
    'to-dot': '.git/config',
    'to-dot-folder': '.git',
    'to-link': 'to-secret.txt',
    'to-itself': 'to-itself',
    'to-nothing': '../nothing.txt',
    'to-zero': '/dev/zero',
    'to-environ': '/proc/self/environ',
    'to-handle': '/proc/self/fd/0',
    'to-public.txt': 'a.txt',
  };
  for (const [name, target] of Object.entries(links)) fs.symlinkSync(target, join(allowed, name));
  execFileSync('mkfifo', [join(allowed, 'pipe')]);
});

beforeEach(async () => {
  session = await startMcp(stage, ['--allow', 'allowed', '--max-bytes', '1000']);
});
afterEach(() => session.close());

const ATTACKS: readonly string[] = [
  '../secret.txt',
  'sub/../../secret.txt',
  './../secret.txt',
  '..',
  'sub/..',
  '..\\secret.txt',
  '%2e%2e/secret.txt',
  '..%2fsecret.txt',
  '．．/secret.txt',
  join(folder, 'secret.txt'),
  `${allowed}/../secret.txt`,
  `${allowed}-evil/a.txt`,
  `${allowed.toUpperCase()}/a.txt`,
  '/etc/passwd',
  '//etc/passwd',
  '/',
  '/proc/self/environ',
  '/proc/self/root/etc/passwd',
  `/proc/self/cwd/../${allowed}/a.txt`,
  '/dev/zero',
  '/dev/stdin',
  '~/.ssh/id_rsa',
  '~root/x',
  'file:///etc/passwd',
  'http://127.0.0.1/x',
  '.env',
  './.env',
  '.git/config',
  'sub/.hidden/c.txt',
  'to-secret.txt',
  'to-secret-absolute.txt',
  'to-folder/key.txt',
  'to-root/etc/passwd',
  'to-root',
  'to-dot',
  'to-dot-folder/config',
  'to-link',
  'to-itself',
  'to-nothing',
  'to-zero',
  'to-environ',
  'to-handle',
  'pipe',
  'sub',
  '.',
  '',
  'a.txt\0.png',
  'a.txt\n',
  'a.txt/b',
  'x'.repeat(5_000),
  '/a'.repeat(2_000),
  '\\\\?\\C:\\secret.txt',
  'a.txt:stream',
  '\ud800',
];

test.each(ATTACKS)(
  'attach_files refuses the path %j with a short error, and attaches nothing',
  async (path) => {
    const { isError, text } = await session.call('attach_files', { item: ITEM, paths: ['a.txt', path] });
    expect([isError, text]).toEqual([true, expect.stringMatching(/^Path 2: .{10,80}$/)]);
    expect(attachedTo(ITEM)).toEqual([]);
  },
);

test('attach_files follows a link that stays inside', async () => {
  const { value } = await session.call('attach_files', { item: ITEM, paths: ['to-public.txt'] });
  expect(value).toEqual({ files: [{ name: 'a.txt', outcome: 'attached' }] });
});

test.each(['..', '../secrets', 'to-folder', 'to-root/tmp', '.git', '/tmp', 'a.txt', '/dev/shm', 'missing'])(
  'read_file refuses the folder %j and writes nothing',
  async (target) => {
    write('c.txt', 'c');
    await stage.run(['attach', String(ITEM), 'c.txt']);
    const list = (): readonly string[] =>
      [folder, allowed, join(folder, 'secrets'), join(allowed, '.git'), '/dev/shm'].flatMap((path) =>
        fs.readdirSync(path),
      );
    const before = list();
    const { isError, text } = await session.call('read_file', { item: ITEM, number: 1, folder: target });
    expect([isError, text]).toEqual([true, expect.stringMatching(/^.{10,80}$/)]);
    expect(list()).toEqual(before);
  },
);

describe('A swap between check and use', () => {
  const original = promises.realpath;
  afterEach(() => jest.restoreAllMocks());

  /** Changes the disk right after the real path of a file was found. */
  function swapAfterCheck(swap: () => void): void {
    let isDone = false;
    jest.spyOn(promises, 'realpath').mockImplementation((async (path: string) => {
      const real = await original(path);
      if (!isDone) swap();
      isDone = true;
      return real;
    }) as typeof promises.realpath);
  }

  function swapFolder(): void {
    fs.renameSync(join(allowed, 'swap'), join(folder, 'swap-away'));
    fs.symlinkSync(join(folder, 'other'), join(allowed, 'swap'));
  }

  beforeEach(() => {
    write('allowed/swap/x.txt', 'public');
    write('other/x.txt', SECRET);
  });
  afterEach(() => {
    fs.rmSync(join(allowed, 'swap'), { recursive: true, force: true });
    fs.rmSync(join(folder, 'swap-away'), { recursive: true, force: true });
    fs.rmSync(join(folder, 'other'), { recursive: true, force: true });
  });

  it.each([
    ['of the folder by a link', swapFolder],
    [
      'of the file by a link',
      () => {
        fs.rmSync(join(allowed, 'swap/x.txt'));
        fs.symlinkSync(join(folder, 'other/x.txt'), join(allowed, 'swap/x.txt'));
      },
    ],
    [
      'of the file by a pipe',
      () => {
        fs.rmSync(join(allowed, 'swap/x.txt'));
        execFileSync('mkfifo', [join(allowed, 'swap/x.txt')]);
      },
    ],
  ])('%s is refused', async (_, swap) => {
    swapAfterCheck(swap);
    const { isError } = await session.call('attach_files', { item: ITEM, paths: ['swap/x.txt'] });
    expect(isError).toBe(true);
    expect(attachedTo(ITEM)).toEqual([]);
  });

  it('after opening is refused, or does not change the bytes that are sent', async () => {
    const { stat } = promises;
    let calls = 0;
    // This is the last look at the path.
    jest.spyOn(promises, 'stat').mockImplementation((async (path: string, options: object) => {
      const facts = await (stat as (path: string, options: object) => Promise<unknown>)(path, options);
      if (path.endsWith('x.txt') && ++calls === 1) swapFolder();
      return facts;
    }) as unknown as typeof promises.stat);
    const { isError } = await session.call('attach_files', { item: ITEM, paths: ['swap/x.txt'] });
    expect([calls, isError]).toEqual([1, false]);
    expect(attachedTo(ITEM)).toEqual([`x.txt ${sha256('public')}`]);
  });

  it('of the target folder by a link saves nothing outside', async () => {
    write('c.txt', 'c');
    await stage.run(['attach', String(ITEM), 'c.txt']);
    swapAfterCheck(swapFolder);
    const { isError } = await session.call('read_file', { item: ITEM, number: 1, folder: 'swap' });
    expect(isError).toBe(true);
    expect(fs.readdirSync(join(folder, 'other'))).toEqual(['x.txt']);
    expect(fs.readdirSync(join(folder, 'swap-away'))).toEqual(['x.txt']);
  });
});
