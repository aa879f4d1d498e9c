import { extensionOf, kindOf } from '../../../base/file-kind';
import { withoutAnsi } from './ansi';
import type { TextFile } from './text-file';

/** Severity of a line in a log. */
export type LogLevel = 'error' | 'warning';

/** Rows of a log by severity, in order. */
export interface LevelRows {
  readonly error: readonly number[];
  /** Errors and warnings. */
  readonly warning: readonly number[];
}

/** Extensions of logs, and of texts that can be logs. */
const LOGS = new Set(['log', 'txt', 'text', 'out', 'err', 'trace']);

/** Whether a file can be a log, by its name. */
export function canHaveLevels(name: string): boolean {
  return LOGS.has(extensionOf(name)) || kindOf(name) === 'other';
}

/** Maximum length of a line to look for a level, in UTF-16 units: levels stand near the beginning. */
const LOOKED_AT = 400;

/**
 * Levels as loggers write them: capitals (`ERROR`, `[ERR]`), a word in front of a colon or in brackets (`error:`,
 * `[warn]`, `error CS0103:`), a field (`level=error`, `"severity":"WARNING"`), a command of a pipeline
 * (`##[error]`, `::warning::`), an exception (`TypeError: …`, `panic: …`).
 */
const ERROR =
  /\b(?:ERROR|ERR!?|FATAL|FTL|CRITICAL|CRIT|SEVERE|EMERG|ALERT|PANIC|FAILED|FAILURE)(?![\w-])|\b(?:error|fatal|critical|panic)(?:[:\]]| [A-Z]+\d+:)|\b(?:level|lvl|severity|loglevel)["']?\s*[=:]\s*["']?(?:error|err|fatal|critical|crit|alert|emerg|panic|[56]0)\b|##\[error\]|::error\b|^\s*(?:[\w.$]*(?:Error|Exception)\b(?::|$)|Traceback \(most recent|Unhandled |Exception in thread)/;
const WARNING =
  /\b(?:WARN|WARNING|WRN)(?![\w-])|\b(?:warning|warn)(?:[:\]]| [A-Z]+\d+:)|\b(?:level|lvl|severity|loglevel)["']?\s*[=:]\s*["']?(?:warning|warn|40)\b|##\[warning\]|::warning\b/;

/** Fields that any capitals may be in. */
const FIELD_IN_CAPITALS = /\b(level|lvl|severity|loglevel)(["']?\s*[=:]\s*["']?)(\w+)/gi;

/** Prefixes of one letter: `E0612 10:15:02` of glog, `06-12 10:15:02.123  1234  1234 E Tag:` of Android. */
const ERROR_LETTER = /^[EF]\d{4} \d\d:\d\d|^\d\d-\d\d [\d:.]+ +\d+ +\d+ [EF] /;
const WARNING_LETTER = /^W\d{4} \d\d:\d\d|^\d\d-\d\d [\d:.]+ +\d+ +\d+ W /;

/** Start of a line that belongs to the one above: of a stack trace, or of a message with several lines. */
const CONTINUATION = /^(?:\s+\S|Caused by:|\.{3} \d+ more)/;

/** Returns the level of a line by its own words. */
export function levelOf(line: string): LogLevel | undefined {
  const start = line
    .slice(0, LOOKED_AT)
    .replace(FIELD_IN_CAPITALS, (_, field: string, is: string, level: string) =>
      `${field}${is}${level}`.toLowerCase(),
    );
  if (ERROR.test(start) || ERROR_LETTER.test(start)) return 'error';
  return WARNING.test(start) || WARNING_LETTER.test(start) ? 'warning' : undefined;
}

/**
 * Finds the errors and warnings of a log, with the lines that belong to them.
 *
 * @param text A complete text.
 * @throws DOMException If the bytes cannot be read, or after an abort.
 */
export async function findLevels(
  text: Pick<TextFile, 'readBlocks'>,
  signal: AbortSignal,
): Promise<LevelRows> {
  const error: number[] = [];
  const warning: number[] = [];
  let above: LogLevel | undefined;
  for await (const { firstRow, texts } of text.readBlocks(signal))
    for (const [index, text] of texts.entries()) {
      const line = withoutAnsi(text);
      const level = levelOf(line) ?? (CONTINUATION.test(line) ? above : undefined);
      above = level;
      if (level === undefined) continue;
      warning.push(firstRow + index);
      if (level === 'error') error.push(firstRow + index);
    }
  return { error, warning };
}
