import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Ajv } from 'ajv';
import { attachmentIdIn, startEmulator, type Emulator, type EmulatorOptions } from 'azure-devops-emulator';
import { createNodeRuntime } from '../../src/base/node-runtime';
import type { Runtime } from '../../src/base/runtime';
import { runCli } from '../../src/entries/cli/run-cli';
import schema from '../../packages/cli/schema.json';
import { createTemporaryFolder } from './temporary-folder';

/** Longest delay of a retry, in milliseconds. */
const MAX_DELAY_MS = 10;

/** Timers of this length are timeouts, not delays. */
const MIN_TIMEOUT_MS = 5_000;

const MINUTE_MS = 60_000;

/** Time after which a command gives up waiting for a connection, in milliseconds. */
const MAX_WAIT_MS = 2_000;

/** Result of a command. */
export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Objects of `--json`. */
  readonly lines: readonly Record<string, unknown>[];
}

/** Options of one command. */
export interface CliCall {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Readable;
  /** Called with each text on standard output. */
  readonly onOut?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** Delays are short: retries pass quickly. */
const { setTimer, ...others } = createNodeRuntime();
const FAST: Runtime = {
  ...others,
  setTimer: (delayMs, callback) =>
    setTimer(
      delayMs > MINUTE_MS
        ? MAX_WAIT_MS
        : delayMs < MIN_TIMEOUT_MS
          ? Math.min(delayMs, MAX_DELAY_MS)
          : delayMs,
      callback,
    ),
};

const isLine = new Ajv({ strict: false, formats: { uuid: true, 'date-time': true } }).compile(schema);

/** Objects of `--json`. @throws Error for one that is not in the published schema. */
function linesOf(out: string): readonly Record<string, unknown>[] {
  return out
    .split('\n')
    .filter(Boolean)
    .map((text) => {
      const line = JSON.parse(text) as Record<string, unknown>;
      if (!isLine(line)) throw new Error(`Not in packages/cli/schema.json: ${text}`);
      return line;
    });
}

/** Starts an emulator and a computer with an empty folder, for the tests of a file. */
export function createCliStage(options: Partial<EmulatorOptions> = {}) {
  const folder = createTemporaryFolder();
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator({ extensionFolder: join(__dirname, '../..'), ...options });
  });
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  async function runBare(args: readonly string[], call: CliCall = {}): Promise<CliResult> {
    const written = { out: '', err: '' };
    const code = await runCli(args, {
      env: { STAPLER_STATE: join(folder, 'state'), ...call.env },
      cwd: folder,
      home: join(folder, 'home'),
      platform: 'linux',
      stdin: call.stdin instanceof Readable ? call.stdin : Readable.from([call.stdin ?? '']),
      stdout: {
        write: (bytes) => {
          const text = textOf(bytes);
          written.out += text;
          call.onOut?.(text);
        },
      },
      stderr: { write: (bytes) => void (written.err += textOf(bytes)) },
      runtime: FAST,
      signal: call.signal ?? new AbortController().signal,
    });
    return { code, ...written, lines: args.includes('--json') ? linesOf(written.out) : [] };
  }

  return {
    folder,
    emulator: () => emulator,

    /** Writes a file below the folder. */
    write: (path: string, content: string | Buffer): void => {
      const full = join(folder, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
    },

    runBare,

    /** Runs a command for the organization of the emulator, signed in. */
    run: ([command = '', ...args]: readonly string[], call: CliCall = {}): Promise<CliResult> =>
      runBare([command, '--organization', emulator.restBaseUrl, ...args], {
        ...call,
        env: { AZURE_DEVOPS_EXT_PAT: emulator.issueToken(), ...call.env },
      }),

    /** See `attachedTo`. */
    attachedTo: (id: number): string[] => attachedTo(emulator, id),
  };
}

/** `name sha256 comment` of each attachment of a work item, in order. */
export function attachedTo({ store }: Emulator, id: number): string[] {
  return store
    .workItem(id)
    .relations.filter(({ rel }) => rel === 'AttachedFile')
    .map(({ url, attributes }) => {
      const { name, comment = '' } = attributes as { name: string; comment?: string };
      return `${name} ${store.attachment(attachmentIdIn(url)!)?.sha256} ${comment}`.trim();
    });
}

function textOf(written: string | Uint8Array): string {
  return typeof written === 'string' ? written : Buffer.from(written).toString('latin1');
}

/** SHA-256, hexadecimal. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
