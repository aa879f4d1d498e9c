import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { FILE_MODE } from '../../../upload/recovery/journal/folder-disk';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { shortenMiddle } from './answer';
import { ToolError } from './tool-error';

/** One write, for the audit log. */
export interface AuditEntry {
  readonly tool: string;
  readonly workItem: number;
  /** Path of the file on this computer. */
  readonly path?: string;
  /** Name of the attachment. */
  readonly name?: string;
  readonly bytes?: number;
  /** Hexadecimal. */
  readonly sha256?: string;
  /** Of the file on this computer, if the rules changed it. */
  readonly originalSha256?: string | undefined;
  /** Number of secrets found. */
  readonly secrets?: number;
  /** `attached`, `saved`, `removed`, `refused`, … */
  readonly outcome: string;
  /** Reason of a refusal or failure. */
  readonly reason?: string;
}

/** The audit log: a JSON line for each write, in the order of the writes. */
export interface Audit {
  /** @throws ToolError if the log cannot be written. */
  readonly add: (entry: AuditEntry) => Promise<void>;
  /** Whether all entries were written. If not, no further write may happen. */
  readonly isComplete: () => boolean;
  readonly close: () => Promise<void>;
}

/** Maximum length of a text in the log, in bytes. */
const MAX_TEXT_BYTES = 2_000;

/** Options of `openAudit`. */
export interface AuditOptions {
  /** File to append to. Default: `print`. */
  readonly path: string | undefined;
  readonly print: (line: string) => void;
  readonly now: () => number;
}

/** Opens the audit log. @throws CliError if the file cannot be written. */
export async function openAudit({ path, print, now }: AuditOptions): Promise<Audit> {
  const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY;
  const handle =
    path === undefined
      ? undefined
      : await open(path, flags, FILE_MODE).catch(() => {
          throw new CliError(`Can't write the audit log "${path}".`, '', EXIT.failed);
        });
  let isComplete = true;

  async function append(line: string): Promise<void> {
    if (!handle) {
      print(line);
      return;
    }
    await handle.appendFile(`${line}\n`).catch(() => {
      isComplete = false;
      throw new ToolError("The audit log can't be written. Call list_files to see what was done.");
    });
  }

  return {
    add(entry) {
      const texts = Object.entries(entry).map(([key, value]: [string, unknown]) => [
        key,
        typeof value === 'string' ? shortenMiddle(value, MAX_TEXT_BYTES) : value,
      ]);
      const time = new Date(now()).toISOString();
      return append(JSON.stringify({ time, ...(Object.fromEntries(texts) as object) }));
    },
    isComplete: () => isComplete,
    close: async () => handle?.close(),
  };
}
