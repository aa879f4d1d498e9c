import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Emulator, Operation, RequestRecord } from 'azure-devops-emulator';
import { attachmentIdIn, startEmulator } from 'azure-devops-emulator';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { parse } from 'yaml';
import { attachedTo, sha256 } from '../helpers/cli';
import { samplePng } from '../helpers/sample-png';
import { createTemporaryFolder } from '../helpers/temporary-folder';

const ROOT = resolve(__dirname, '../..');
const BUNDLE = join(ROOT, 'packages/cli/dist/stapler.mjs');
const MAX_BYTES = 2 * 1024 * 1024;
const folder = createTemporaryFolder();
/** Project with the package. */
const project = join(folder, 'installed');
const program = join(project, 'node_modules/.bin/stapler');
let emulator: Emulator;
/** Another organization. */
let contoso: Emulator;
let packed: readonly string[];

/** Packs and installs the command line as a user gets it, without a network. */
beforeAll(async () => {
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const packages = join(ROOT, 'packages/cli');
  const [{ filename, files }] = JSON.parse(
    npm(['pack', '--json', '--pack-destination', folder], packages),
  ) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path).sort();
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  npm(['install', '--offline', '--no-audit', '--no-fund', join(folder, filename)], project);
  emulator = await startEmulator({ extensionFolder: ROOT });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** First code of this language in a Markdown file. */
function codeIn(path: string, language: string): string {
  const { children } = fromMarkdown(readFileSync(path, 'utf8'));
  const code = children.find((node) => node.type === 'code' && node.lang === language);
  return code?.type === 'code' ? code.value : '';
}

/** Compiles `consumer.ts` in the project of a consumer of the package, with all checks, also of its types. */
function compile(source: string): string {
  writeFileSync(join(project, 'consumer.ts'), source);
  const options = {
    ...{
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    },
    ...{
      target: 'ES2022',
      module: 'NodeNext',
      lib: ['ES2022'],
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    ...{ types: ['node'], outDir: 'out' },
  };
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }),
  );
  try {
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--project', project], {
      encoding: 'utf8',
    });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** Variables of a program that is signed in. */
function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    AZURE_DEVOPS_EXT_PAT: emulator.issueToken(),
    XDG_STATE_HOME: join(folder, 'state'),
  };
}

/** Starts the installed program, signed in. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(program, [...args, '--organization', emulator.restBaseUrl], {
    cwd: folder,
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finish(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), exited]);
  return { out, err, code };
}

test('The package of the command line has one bundled file of at most 2 MB, and its types', () => {
  expect(packed).toEqual([
    ...[
      'README.md',
      'bin/stapler.mjs',
      'dist/index.d.ts',
      'dist/stapler.mjs',
      'package.json',
      'policy.schema.json',
      'schema.json',
    ],
  ]);
  expect(statSync(BUNDLE).size).toBeLessThan(MAX_BYTES);
});

test('The bundled file has no address of this machine and loads no other package', () => {
  const code = readFileSync(BUNDLE, 'utf8');
  expect(code).not.toContain(ROOT);
  const imported = [...code.matchAll(/\b(?:from|import)\s?\(?["']([\w@.][\w@:/.-]*)["']/g)].map(
    ([, name = '']) => name,
  );
  expect(imported.filter((name) => !/^(node:)?[a-z_/0-9]+$/.test(name) || name.includes('undici'))).toEqual(
    [],
  );
});

test('The installed program attaches a file', async () => {
  writeFileSync(join(folder, 'a.txt'), 'a');
  const { code, out, err } = await finish(start(['attach', '8', 'a.txt']));
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('1 file: 1 attached.');
  expect(attachedTo(emulator, 8)).toEqual([`a.txt ${sha256('a')}`]);
});

test.each<[string, Operation, number]>([
  ['its first upload', 'simple', 1],
  ['a later upload', 'simple', 7],
  ['its first links', 'batch', 1],
  ['its first read', 'read', 1],
  ['its last check', 'read', 2],
])('A program that is killed during %s continues with the same command', async (_, operation, number) => {
  const names = Array.from({ length: 12 }, (_each, index) => `${operation}-${number}-${index}.txt`);
  for (const name of names) writeFileSync(join(folder, name), name);
  const child = start(['attach', '8,9', ...names]);
  let seen = 0;
  const kill = (): void => {
    if (++seen === number) child.kill('SIGKILL');
    else emulator.interfere(operation, kill);
  };
  emulator.interfere(operation, kill);
  // It was killed, and did not end by itself.
  expect((await finish(child)).code).toBeNull();
  const { code, err } = await finish(start(['attach', '8,9', ...names]));
  expect([code, err]).toEqual([0, '']);
  const expected = names.map((name) => `${name} ${sha256(name)}`).sort();
  for (const id of [8, 9]) expect(attachedTo(emulator, id).sort()).toEqual(expected);
});

/** Moments at which a command is killed, spread over its requests. */
const KILLS = 5;

/** Work item without attachments. */
const ITEM = 8;
const PICTURES = { 'one.png': samplePng(4, 4), 'two.png': samplePng(5, 5) };
const DESCRIPTION = 'System.Description';

/** A command that is killed. */
interface KillStory {
  readonly command: readonly string[];
  readonly prepare: () => void;
  /** Checks the end: on the server, and in the folder of the command. */
  readonly check: () => void;
}

function attachPictures(): void {
  emulator.store.attach(
    ITEM,
    Object.entries(PICTURES).map(([name, content]) => ({ name, content })),
  );
}

function setDescription(text: string): void {
  const item = emulator.store.workItem(ITEM);
  emulator.store.save({ ...item, fields: { ...item.fields, [DESCRIPTION]: text } });
}

/** Contents of the images that the description shows, in its order. */
function shownImages(): string[] {
  const text = emulator.store.workItem(ITEM).fields[DESCRIPTION] as string;
  const addresses = [...text.matchAll(/src="([^"]+)"/g)].map(([, address = '']) => address);
  expect(addresses.filter((address) => !address.startsWith(emulator.restBaseUrl))).toEqual([]);
  return addresses.map((address) => emulator.store.attachment(attachmentIdIn(address)!)?.sha256 ?? '');
}

function checkAttached(): void {
  expect(attachedTo(emulator, ITEM).sort()).toEqual(
    Object.entries(PICTURES).map(([name, content]) => `${name} ${sha256(content)}`),
  );
}

function checkSaved(extra: readonly string[], nameOf: (name: string) => string): void {
  const saved = join(folder, 'saved');
  expect(readdirSync(saved).sort()).toEqual([...extra, ...Object.keys(PICTURES).map(nameOf)].sort());
  for (const [name, content] of Object.entries(PICTURES))
    expect(readFileSync(join(saved, nameOf(name)))).toEqual(content);
}

const KILL_STORIES: Readonly<Record<string, KillStory>> = {
  insert: {
    command: ['insert', `${ITEM}`, '--field', 'Description', ...Object.keys(PICTURES)],
    prepare: () => setDescription(''),
    check() {
      checkAttached();
      expect(shownImages()).toEqual(Object.values(PICTURES).map(sha256));
    },
  },
  restore: {
    command: ['restore', `${ITEM}`, '--all'],
    prepare() {
      attachPictures();
      emulator.store.save({ ...emulator.store.workItem(ITEM), relations: [] });
    },
    check: checkAttached,
  },
  'restore --as-copy': {
    command: ['restore', `${ITEM}`, '--all', '--as-copy'],
    prepare() {
      attachPictures();
      emulator.store.save({ ...emulator.store.workItem(ITEM), relations: [] });
    },
    check: checkAttached,
  },
  rehome: {
    command: ['rehome', `${ITEM}`, '--from-token-env', 'CONTOSO_TOKEN', '--from'],
    prepare() {
      const addresses = Object.entries(PICTURES).map(([name, content]) => {
        const { id } = contoso.store.attachments.put(name, content, new Date().toISOString());
        return `${contoso.restBaseUrl}_apis/wit/attachments/${id}?fileName=${name}`;
      });
      setDescription(addresses.map((address) => `<div><img src="${address}"></div>`).join(''));
    },
    check: () => expect(shownImages()).toEqual(Object.values(PICTURES).map(sha256)),
  },
  export: {
    command: ['export', `${ITEM}`, '--out', 'saved', '--flat'],
    prepare: attachPictures,
    check: () => checkSaved(['.stapler', 'SHA256SUMS', 'manifest.csv'], (name) => `${ITEM} ${name}`),
  },
  get: {
    command: ['get', `${ITEM}`, '--out', 'saved'],
    prepare: attachPictures,
    check: () => checkSaved([], (name) => name),
  },
};

describe('A program that is killed', () => {
  beforeAll(async () => {
    contoso = await startEmulator({ extensionFolder: ROOT });
    for (const [name, content] of Object.entries(PICTURES)) writeFileSync(join(folder, name), content);
  });
  afterAll(() => contoso.close());

  test.each(Object.entries(KILL_STORIES))(
    `during %s at ${KILLS} moments continues with the same command`,
    async (name, { command, prepare, check }) => {
      const args = name === 'rehome' ? [...command, contoso.restBaseUrl] : command;
      /** Runs the command in an empty world, and kills it when this request arrives. Returns the number of requests. */
      async function runUntil(last: number): Promise<number> {
        await emulator.reset();
        await contoso.reset();
        rmSync(join(folder, 'saved'), { recursive: true, force: true });
        rmSync(join(folder, 'state'), { recursive: true, force: true });
        prepare();
        const child = start(args, { CONTOSO_TOKEN: contoso.issueToken() });
        let requests = 0;
        const count = ({ finished, status }: RequestRecord): void => {
          if (!finished && status === null && ++requests === last) child.kill('SIGKILL');
        };
        const leave = [emulator, contoso].map((each) => each.requests.subscribe(count));
        const { code } = await finish(child);
        for (const each of leave) each();
        expect([last, code]).toEqual([last, last === Infinity ? 0 : null]);
        return requests;
      }

      const total = await runUntil(Infinity);
      check();
      const moments = Array.from({ length: KILLS }, (_, index) => Math.ceil(((index + 1) * total) / KILLS));
      for (const moment of moments) {
        await runUntil(moment);
        const again = await finish(start(args, { CONTOSO_TOKEN: contoso.issueToken() }));
        expect([moment, again.code, again.err]).toEqual([moment, 0, '']);
        check();
      }
    },
  );
});

test('A program that is interrupted by Ctrl+C tells how to continue', async () => {
  writeFileSync(join(folder, 'b.txt'), 'b');
  const child = start(['attach', '8', 'b.txt']);
  emulator.interfere('simple', () => child.kill('SIGINT'));
  const { code, err } = await finish(child);
  expect(code).toBe(130);
  expect(err).toContain('Run the same command again to continue.');
});

test('The token is in no list of processes and in no file', async () => {
  writeFileSync(join(folder, 'c.txt'), 'c');
  const token = emulator.issueToken();
  const child = start(['attach', '8', 'c.txt'], { AZURE_DEVOPS_EXT_PAT: token });
  let commandLine = '';
  emulator.interfere('simple', () => {
    commandLine = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8');
    child.kill('SIGKILL');
  });
  await finish(child);
  expect(commandLine).toContain('attach');
  expect(commandLine).not.toContain(token);
  const files = readdirSync(join(folder, 'state'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(token);
});

test('The API is the one in api-report.md; after an intended change, run "npm run report" in packages/cli', () => {
  const types = readFileSync(join(project, 'node_modules/stapler-cli/dist/index.d.ts'), 'utf8');
  expect(types.trimEnd()).toBe(codeIn(join(ROOT, 'packages/cli/api-report.md'), 'ts'));
});

test('The example of the README compiles against the package, and attaches its files', async () => {
  const example = codeIn(join(ROOT, 'packages/cli/README.md'), 'ts');
  expect(compile(example.replace('https://dev.azure.com/fabrikam', emulator.restBaseUrl))).toBe('');
  writeFileSync(join(project, 'screenshot.png'), 'picture');
  writeFileSync(join(project, 'build.log'), 'log');
  const child = spawn(process.execPath, ['out/consumer.js'], { cwd: project, env: environment() });
  const { code, out, err } = await finish(child);
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe('screenshot.png attached \nbuild.log attached \n8 2\n');
  expect(attachedTo(emulator, 8).sort()).toEqual([
    `build.log ${sha256('log')} fails in step 3`,
    `screenshot.png ${sha256('picture')}`,
  ]);
});

test('A call of the package with a wrong type does not compile', () => {
  expect(
    compile(`import { attach, connect } from 'stapler-cli';
      const connection = await connect({ organization: 'https://dev.azure.com/fabrikam', token: 'x' });
      await attach(connection, { workItemIds: ['8'], files: [] });`),
  ).toMatch(/consumer\.ts\(3,\d+\): error TS2322/);
});

/** Part of a pipeline in YAML that the test runs. */
interface PipelineJob {
  readonly job: string;
  readonly strategy?: { readonly parallel: number };
  readonly dependsOn?: string;
  readonly steps: readonly { readonly script?: string; readonly env?: Readonly<Record<string, string>> }[];
}

/** Runs the scripts of a job as an agent does: it replaces its macros, and passes the environment of the step. */
async function runJob({ steps }: PipelineJob, macros: Readonly<Record<string, string>>): Promise<string[]> {
  const expand = (text: string): string =>
    text.replace(/\$\(([\w.]+)\)/g, (macro, name: string) => macros[name] ?? macro);
  const outputs: string[] = [];
  for (const { script, env = {} } of steps) {
    if (script === undefined) continue;
    const variables = Object.entries(env).map(([name, value]) => [name, expand(value)]);
    const child = spawn('bash', ['-e', '-c', expand(script)], {
      cwd: project,
      env: {
        ...{
          PATH: process.env['PATH'],
          HOME: folder,
          npm_config_offline: 'true',
          npm_config_update_notifier: 'false',
        },
        ...{ XDG_STATE_HOME: join(folder, 'states', macros['System.JobPositionInPhase'] ?? 'report') },
        ...(Object.fromEntries(variables) as Readonly<Record<string, string>>),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, out, err } = await finish(child);
    expect([code, err]).toEqual([0, '']);
    outputs.push(out);
  }
  return outputs;
}

test('The pipeline of the documentation attaches a migration on four machines, and reports it', async () => {
  const yaml = codeIn(join(ROOT, 'docs/command-line/README.md'), 'yaml');
  const [attach, report] = (parse(yaml) as { jobs: [PipelineJob, PipelineJob] }).jobs;
  expect([attach.strategy?.parallel, report.dependsOn]).toEqual([4, attach.job]);
  const ids = [7, 8, 9, 12];
  const names = (id: number): string[] => [1, 2, 3].map((index) => `${id}-${index}.txt`);
  mkdirSync(join(project, 'files'));
  for (const name of ids.flatMap(names)) writeFileSync(join(project, 'files', name), name);
  const rows = ids.flatMap((id) => names(id).map((name) => `${id},files/${name}`));
  writeFileSync(join(project, 'list.csv'), `Work item,File\n${rows.join('\n')}\n`);
  const plan = ['plan', '--manifest', 'installed/list.csv', '--shards', '4', '--out', 'installed/shards'];
  expect(await finish(start(plan))).toMatchObject({ code: 0, err: '' });
  const before = new Map(ids.map((id) => [id, attachedTo(emulator, id).length]));

  const workspace = join(folder, 'workspace');
  await Promise.all(
    [1, 2, 3, 4].map((position) => {
      // The step after the script publishes this folder, and the other job downloads it.
      const staging = join(workspace, `results-${position}`);
      mkdirSync(staging, { recursive: true });
      return runJob(attach, {
        'System.JobPositionInPhase': String(position),
        'System.CollectionUri': emulator.restBaseUrl,
        'System.AccessToken': emulator.issueToken(),
        'Build.ArtifactStagingDirectory': staging,
      });
    }),
  );
  for (const id of ids)
    expect(attachedTo(emulator, id).slice(before.get(id)).sort()).toEqual(
      names(id).map((name) => `${name} ${sha256(name)}`),
    );
  const [summary] = await runJob(report, { 'Pipeline.Workspace': workspace });
  expect(summary).toContain('12 attached');
  expect(readFileSync(join(project, 'report.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(13);
});
