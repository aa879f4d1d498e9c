import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { serverFrames, sites } from '../../src/contract';
import { assetsBasePath, createAssetsServer } from '../../src/assets-server';
import { ExtensionError, missingPages, readManifest } from '../../src/manifest';
import { OPTIONS } from '../../src/option-table.mjs';
import { helpText, readOptions } from '../../src/options';
import { until } from './client';

const root = join(__dirname, '../../../..');

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'stapler-start-test-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const page = {
  id: 'group',
  type: 'ms.vss-work-web.work-item-form-group',
  properties: { uri: 'built/page.html?a=1' },
};
const manifest = {
  id: 'other',
  publisher: 'contoso',
  version: '1.0.0',
  files: [{ path: './src/pages/', packagePath: '/built', addressable: true }, { path: 'secret' }],
  contributions: [
    page,
    { ...page, id: 'elsewhere', properties: { uri: 'https://contoso.example/page.html' } },
  ],
};

async function write(path: string, content: unknown): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('readOptions', () => {
  test('defaults to the extension of the current folder, on Services, with a temporary data folder', () => {
    expect(readOptions([], '/here')).toEqual({
      mode: 'services',
      port: 4800,
      watch: false,
      extension: '/here',
      items: 0,
      files: 0,
    });
  });

  test('reads numbers of work items and files, and the rate limit', () => {
    expect(readOptions(['--items', '10', '--files', '400', '--rate-limit', '200'], '/here')).toMatchObject({
      items: 10,
      files: 400,
      rateLimit: 200,
    });
    expect(() => readOptions(['--items', '10', '--files', '401'], '/here')).toThrow(
      '--files 401 needs at least --items 11.',
    );
  });

  test("resolves folders relative to the caller's folder", () => {
    const args = ['--server', '--port', '80', '--extension', '../mine', '--data', 'kept', '--items', '10000'];
    expect(readOptions(args, '/here/now')).toMatchObject({
      mode: 'server',
      port: 80,
      extension: '/here/mine',
      data: '/here/now/kept',
      items: 10_000,
    });
  });

  test('reads the opened work item and the hint', () => {
    const hint = 'Try it.';
    expect(readOptions(['--item', '7', '--hint', hint], '/here')).toMatchObject({ item: 7, hint });
  });

  test('reads the frames of Server', () => {
    const frames = 'plain-http';
    expect(readOptions(['--server', '--frames', frames], '/here')).toMatchObject({ mode: 'server', frames });
  });

  test('reads the sites of Services', () => {
    const sites = 'same-site';
    expect(readOptions(['--sites', sites], '/here')).toMatchObject({ mode: 'services', sites });
  });

  test.each([
    [['--sites', 'one'], '--sites must be one of cross-site, same-site, not "one"'],
    [['--server', '--sites', 'same-site'], '--sites is for Azure DevOps Services; --server has --frames.'],
    [['--frames', 'plain-http'], '--frames needs --server.'],
    [
      ['--server', '--frames', 'none'],
      '--frames must be one of sandboxed, other-origin, plain-http, not "none"',
    ],
    [['--port', 'four'], '--port must be a whole number from 1 to 65535, not "four"'],
    [['--port', '70000'], '--port'],
    [['--items', '-1'], '--items'],
    [['--items=1e5'], '--items'],
    [['--item', '0'], '--item must be a whole number from 1'],
    [['--extension', ''], '--extension needs a folder'],
    [['--extensoin', 'x'], '--extensoin'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args, '/here')).toThrow(message);
  });
});

test('OPTIONS names all frames and sites', () => {
  expect(OPTIONS.frames.choices).toEqual(serverFrames);
  expect(OPTIONS.sites.choices).toEqual(sites);
});

test('helpText lists each option with the same width', () => {
  const lines = helpText((_, text) => text).split('\n');
  expect(lines.slice(0, 3)).toEqual([
    'azure-devops-emulator [options]',
    '',
    'Runs a local Azure DevOps with a built extension in it.',
  ]);
  const rows = lines.slice(4);
  expect(rows).toHaveLength(Object.keys(OPTIONS).length + 1);
  expect(rows[0]).toMatch(/^ {2}--extension folder {3}folder with /);
  expect(rows.at(-1)).toBe(`  --help${' '.repeat(13)}  shows this text`);
  expect(helpText((style, text) => (style === 'bold' ? text.toUpperCase() : text))).toMatch(/^AZURE-/);
});

describe('an extension folder', () => {
  test('is identified by its manifest', async () => {
    await write('vss-extension.json', manifest);
    expect(await readManifest(folder)).toMatchObject({ id: 'other' });
  });

  test.each<[string, unknown, string]>([
    ['no manifest', undefined, 'There is no vss-extension.json in '],
    ['no JSON', '{', 'is not valid JSON'],
    ['no publisher', { ...manifest, publisher: undefined }, 'must have "id", "publisher" and "version"'],
    ['no contributions', { ...manifest, contributions: undefined }, 'names no pages'],
    [
      'pages of others only',
      { ...manifest, contributions: manifest.contributions.slice(1) },
      'names no pages',
    ],
  ])('with %s is refused with a message', async (_, content, message) => {
    if (content !== undefined) await write('vss-extension.json', content);
    const reading = readManifest(folder);
    await expect(reading).rejects.toThrow(ExtensionError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(folder);
  });

  test('reports its missing pages', async () => {
    await write('vss-extension.json', manifest);
    const read = await readManifest(folder);
    expect(await missingPages(folder, read)).toEqual(['built/page.html']);
    await write('src/pages/page.html', '<p>page</p>');
    expect(await missingPages(folder, read)).toEqual([]);
    expect(await missingPages(folder, { ...read, files: [{ path: 'src/pages' }] })).toEqual([
      'built/page.html',
    ]);
  });

  test.each(['services', 'server'] as const)('has the addresses of the package (%s)', async (mode) => {
    await write('src/pages/page.html', '<p>page</p>');
    await write('secret/key.txt', 'secret');
    const app = await createAssetsServer(folder, manifest, mode);
    const get = (path: string) => app.inject(assetsBasePath(manifest, mode) + path);
    expect((await get('built/page.html')).body).toBe('<p>page</p>');
    for (const path of [
      'src/pages/page.html',
      'secret/key.txt',
      'built/../secret/key.txt',
      'built/%2e%2e/secret/key.txt',
    ])
      expect((await get(path)).statusCode).toBe(404);
    await app.close();
  });
});

describe('the program', () => {
  /** Runs the program in the folder. */
  function begin(...args: string[]) {
    const env = { ...process.env, INIT_CWD: folder };
    const child = spawn(process.execPath, ['--import', 'tsx', 'packages/emulator/src/main.ts', ...args], {
      cwd: root,
      env,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    const code = once(child, 'close').then(([number]: unknown[]) => number);
    return { child, output: () => output, code };
  }

  test('runs an extension until it is stopped', async () => {
    await write('mine/vss-extension.json', manifest);
    await write('mine/src/pages/page.html', '<p>page</p>');
    const { child, output, code } = begin('--extension', 'mine', '--port', '4870', '--server');
    await until(() => /stops it/.test(output()));
    expect(output()).toMatch(
      /^other is ready: http:\/\/127\.0\.0\.1:48\d\d\/ \(Azure DevOps Server\)\nCtrl\+C stops it\.\n$/,
    );
    const url = /http\S+/.exec(output())![0];
    const config = (await (await fetch(`${url}control/config`)).json()) as {
      assetsBaseUrl: string;
      mode: string;
    };
    expect(config.mode).toBe('server');
    expect(await (await fetch(`${config.assetsBaseUrl}built/page.html`)).text()).toBe('<p>page</p>');
    child.kill('SIGTERM');
    expect(await code).toBe(0);
  });

  test('prints the address of a work item, and the hint', async () => {
    await write('vss-extension.json', manifest);
    await write('src/pages/page.html', '<p>page</p>');
    const { child, output, code } = begin('--extension=.', '--port=4870', '--item=7', '--hint=Try it.');
    await until(() => /stops it/.test(output()));
    expect(output()).toMatch(
      /^other is ready: http:\/\/127\.0\.0\.1:48\d\d\/\?item=7&panel=closed\nTry it\.\nCtrl\+C stops it\.\n$/,
    );
    child.kill('SIGTERM');
    expect(await code).toBe(0);
  });

  test.each([
    [['--help'], 0, 'azure-devops-emulator [options]\n\nRuns a local Azure DevOps'],
    [['--prot', '1'], 2, "Unknown option '--prot'.\n--help lists the options.\n"],
    [['--extension', 'nothing'], 1, '.\nName the folder of an extension with --extension.\n'],
  ])('exits for %j with %d', async (args, expected, says) => {
    const { output, code } = begin(...args);
    expect(await code).toBe(expected);
    expect(output()).toContain(says);
    expect(output()).not.toContain('    at ');
  });

  test('names the pages that are not built', async () => {
    await write('vss-extension.json', manifest);
    const { output, code } = begin('--extension=.');
    expect(await code).toBe(1);
    expect(output()).toContain('is not built, or does not mark these as addressable: built/page.html\n');
  });
});
