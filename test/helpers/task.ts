import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { watchExchanges } from '../conformance/exchange-problems';
import { runTask } from '../../src/entries/task/run-task';
import { attachmentIdIn, startEmulator, type Emulator, type EmulatorOptions } from 'azure-devops-emulator';

const ROOT = join(__dirname, '../..');

/** Result of the task, as the agent sees it. */
export interface TaskRun {
  readonly exitCode: number | null;
  readonly output: string;
  /** Of the last `task.complete`. */
  readonly result: string | undefined;
  /** Messages of `task.logissue`, decoded: `error: …`. */
  readonly issues: readonly string[];
}

/** Call of the task. */
export interface TaskCall {
  /** Inputs by name, as in YAML. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Program of Node. Default: this one. */
  readonly node?: string;
  /** Called with the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Starts an emulator and an agent with empty folders, for the tests of a file. The task runs as its built script. */
export function createTaskStage(options: Partial<EmulatorOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'stapler-task-'));
  const sources = join(folder, 'work/s');
  const temporary = join(folder, 'work/_temp');
  let emulator: Emulator;
  let problems: () => string[];

  beforeAll(async () => {
    mkdirSync(temporary, { recursive: true });
    await buildTask(join(folder, 'task'));
    emulator = await startEmulator({ extensionFolder: ROOT, ...options });
    problems = watchExchanges(emulator);
  });
  beforeEach(async () => {
    await emulator.reset();
    rmSync(sources, { recursive: true, force: true });
    mkdirSync(sources, { recursive: true });
  });
  // The description knows no personal access tokens.
  afterEach(() => expect(problems().filter((each) => !each.endsWith('no bearer token.'))).toEqual([]));
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function variablesOf(inputs: TaskCall['inputs'], env: TaskCall['env'] = {}) {
    return {
      PATH: process.env['PATH'],
      SYSTEM_COLLECTIONURI: emulator.restBaseUrl,
      SYSTEM_TEAMPROJECT: 'Fabrikam',
      BUILD_BUILDID: '42',
      BUILD_SOURCESDIRECTORY: sources,
      AGENT_BUILDDIRECTORY: join(folder, 'work'),
      AGENT_TEMPDIRECTORY: temporary,
      ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: emulator.issueToken(),
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputName(name), value])),
      ...env,
    };
  }

  return {
    emulator: () => emulator,

    /** Writes a file below the sources. */
    write: (path: string, content: string | Buffer): string => {
      const full = join(sources, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
      return full;
    },

    /** Runs the built script as an agent does. */
    run: async ({ inputs, env, node = process.execPath, onStart }: TaskCall): Promise<TaskRun> => {
      const script = join(folder, 'task/index.js');
      const child = spawn(node, [script], { cwd: sources, env: variablesOf(inputs, env) });
      onStart?.(child);
      const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return readRun(out + err, await closed);
    },

    /** Runs the task in this process, which is faster. */
    runHere: async ({ inputs, env }: Pick<TaskCall, 'inputs' | 'env'>): Promise<TaskRun> => {
      let output = '';
      const { signal } = new AbortController();
      const write = (line: string): void => void (output += line);
      await runTask({ env: variablesOf(inputs, env), cwd: sources, write, signal });
      return readRun(output, 0);
    },

    /** `name comment` of each attachment of a work item, in order. */
    attachedTo: (id: number): string[] =>
      emulator.store
        .workItem(id)
        .relations.filter(({ rel }) => rel === 'AttachedFile')
        .map(({ url, attributes }) => {
          const { name, comment = '' } = attributes as { name: string; comment?: string };
          const size = emulator.store.attachment(attachmentIdIn(url)!)?.bytes;
          return `${name} ${size} ${comment}`.trim();
        }),
  };
}

function readRun(output: string, exitCode: number | null): TaskRun {
  return {
    exitCode,
    output,
    result: [...output.matchAll(/^##vso\[task\.complete result=(\w+);\]/gm)].at(-1)?.[1],
    issues: [...output.matchAll(/^##vso\[task\.logissue type=(\w+);\](.*)$/gm)].map(
      ([, type, message = '']) => `${type}: ${message.replaceAll('%AZP25', '%')}`,
    ),
  };
}

/** The agent writes names in upper case, with underscores for spaces. */
function inputName(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** Builds the task in a process of its own: the tool is a module of Node. */
async function buildTask(folder: string): Promise<void> {
  const code = `import { buildTask } from './tools/task.mjs'; await buildTask({ version: '9.8.7', folder: ${JSON.stringify(folder)} });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { cwd: ROOT });
  const [, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (err !== '') throw new Error(err);
}
