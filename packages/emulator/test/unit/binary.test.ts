import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSampleExtension } from '../../../../test/sample-extension/build';
import type { EmulatorConfig } from '../../src/contract';
import { until } from './client';

const binary = join(__dirname, '../../bin/azure-devops-emulator.mjs');

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'emulator-binary-test-'))));
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Starts the binary in the folder; resolves with its process and the address of its page. */
async function begin(...args: string[]): Promise<{ program: ChildProcess; url: string }> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env['INIT_CWD'];
  const program = spawn(process.execPath, [binary, ...args], { cwd: folder, env });
  child = program;
  let output = '';
  for (const stream of [program.stdout, program.stderr])
    stream.on('data', (text) => (output += String(text)));
  await until(() => /is ready/.test(output) || program.exitCode !== null);
  return { program, url: /is ready: (http\S+)/.exec(output)?.[1] ?? `(no address in: ${output})` };
}

test.each([
  ['services', []],
  ['server', ['--server']],
] as const)(
  'azure-devops-emulator serves the host page with the sample extension, as %s, until it is stopped',
  async (mode, args) => {
    await buildSampleExtension(join(folder, 'sample'));
    const { program, url } = await begin('--extension', 'sample', '--port', '4890', ...args);

    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/<div id="?root"?>/);
    const script = await fetch(`${url}host.js`);
    expect(script.status).toBe(200);

    const config = (await (await fetch(`${url}control/config`)).json()) as EmulatorConfig;
    expect(config.mode).toBe(mode);
    expect(config.extension).toMatchObject({ publisherId: 'fabrikam', extensionId: 'sample' });
    const group = config.extension.contributions.find(({ id }) => id === 'group');
    expect(group?.type).toBe('ms.vss-work-web.work-item-form-group');
    const extensionPage = await fetch(config.assetsBaseUrl + String(group?.properties['uri']));
    expect(extensionPage.status).toBe(200);

    program.kill('SIGTERM');
    expect(await once(program, 'exit')).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow();
  },
);
