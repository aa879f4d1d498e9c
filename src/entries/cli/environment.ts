import type { Readable } from 'node:stream';
import type { Runtime } from '../../base/runtime';

/** What a command can see and touch of its process. Tests pass their own. */
export interface CliEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Current folder, absolute. */
  readonly cwd: string;
  readonly stdin: Readable;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly platform: NodeJS.Platform;
  /** Home folder of the person. */
  readonly home: string;
  readonly runtime: Runtime;
  /** Aborted by Ctrl+C or a signal. */
  readonly signal: AbortSignal;
}

/** A stream for text, a terminal or a file. */
export interface TextStream {
  /** Bytes are those of a file. Returns `false` if the stream is full until its event `drain`. */
  readonly write: (text: string | Uint8Array) => unknown;
  readonly isTTY?: boolean;
  /** Width of the terminal, in characters. */
  readonly columns?: number;
}
