import { CancelledError } from '../../../base/errors';
import type { JoinParts } from '../pieces';
import { Pieces, byteText } from '../pieces';
import { CONTEXT_LENGTH, MAX_SECRET_LENGTH, findSecrets } from './find-secrets';

/** Largest file that is scanned. */
export const MAX_SCANNED_BYTES = 20 * 1024 * 1024;

/** Bytes scanned at once. */
const CHUNK_BYTES = 1024 * 1024;

/** Bytes that tell whether a file is text. */
const SNIFFED_BYTES = 8 * 1024;

/** Most secrets of a file. */
const MAX_FINDINGS = 10_000;

/** Characters of the line around a secret in its excerpt, and asterisks for it. */
const EXCERPT_BEFORE = 24;
const EXCERPT_AFTER = 8;
const MAX_ASTERISKS = 16;

const ASTERISK = 0x2a;
const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

/** A secret in a file. */
export interface SecretFinding {
  /** Id of its rule. */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** In characters, from 1. */
  readonly column: number;
  /** Part of its line, with asterisks for the secret. */
  readonly excerpt: string;
  /** Range of bytes, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Result of a scan. */
export type SecretScan =
  | { readonly kind: 'scanned'; readonly findings: readonly SecretFinding[]; readonly hasMore: boolean }
  | { readonly kind: 'not-scanned'; readonly reason: 'too-large' | 'not-text' };

/**
 * Whether a file is a text, by its first bytes.
 *
 * @throws The error of the file if it cannot be read.
 */
export async function isText(file: Blob): Promise<boolean> {
  return unitOf(new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer())) !== undefined;
}

/**
 * Looks for secrets in a text file of up to 20 MB, in chunks. It has no time limit of its own: abort it.
 *
 * @param chunkBytes Bytes scanned without a pause; even, for texts in UTF-16. Default: 1 MiB, up to half a second.
 * @throws CancelledError After an abort.
 * @throws The error of the file if it cannot be read.
 */
export async function scanSecrets(
  file: Blob,
  signal: AbortSignal,
  chunkBytes = CHUNK_BYTES,
): Promise<SecretScan> {
  const unit = unitOf(new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer()));
  if (unit === undefined) return { kind: 'not-scanned', reason: 'not-text' };
  if (file.size > MAX_SCANNED_BYTES) return { kind: 'not-scanned', reason: 'too-large' };
  const position = { line: 1, column: 1 };
  const findings: SecretFinding[] = [];
  let skippedTo = 0;
  for (let start = 0; start < file.size; start += chunkBytes) {
    if (signal.aborted) throw new CancelledError();
    const from = Math.max(0, start - CONTEXT_LENGTH * unit.bytes);
    const until = start + chunkBytes + MAX_SECRET_LENGTH * unit.bytes;
    const text = unit.decode(new Uint8Array(await file.slice(from, until).arrayBuffer()));
    const at = (index: number): number => from + index * unit.bytes;
    const first = (start - from) / unit.bytes;
    // The next chunk has the secrets behind; the end of one before may look like another.
    const secrets = findSecrets(text, first, first + chunkBytes / unit.bytes).filter(
      ({ end }) => at(end) > skippedTo,
    );
    let counted = first;
    for (const [index, secret] of secrets.entries()) {
      if (findings.length >= MAX_FINDINGS) return { kind: 'scanned', findings, hasMore: true };
      const secretStart = Math.max(secret.start, (skippedTo - from) / unit.bytes);
      advance(position, text, counted, secretStart);
      counted = secretStart;
      const excerpt = excerptOf(text, secretStart, secret.end, {
        previousEnd: secrets[index - 1]?.end ?? (skippedTo - from) / unit.bytes,
        nextStart: secrets[index + 1]?.start ?? text.length,
      });
      skippedTo = at(secret.end);
      findings.push({ rule: secret.rule, ...position, excerpt, start: at(secretStart), end: skippedTo });
    }
    advance(position, text, counted, Math.min(text.length, (start + chunkBytes - from) / unit.bytes));
  }
  return { kind: 'scanned', findings, hasMore: false };
}

/** Bytes of a character in ASCII, and the characters of bytes. */
interface TextUnit {
  readonly bytes: 1 | 2;
  readonly decode: (bytes: Uint8Array) => string;
}

/** Tells the encoding of a text: one compatible with ASCII, or UTF-16 with its mark. */
function unitOf(start: Uint8Array): TextUnit | undefined {
  const wide = wideEncoding(start);
  if (wide) return { bytes: 2, decode: (bytes) => new TextDecoder(wide, { ignoreBOM: true }).decode(bytes) };
  return start.includes(0) ? undefined : { bytes: 1, decode: byteText };
}

function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** Counts lines and characters. In UTF-8, the first byte of a character counts. */
function advance(position: { line: number; column: number }, text: string, from: number, to: number): void {
  const lastBreak = to > from ? text.lastIndexOf('\n', to - 1) : -1;
  let start = from;
  if (lastBreak >= from) {
    for (let at = text.indexOf('\n', from); at !== -1 && at <= lastBreak; at = text.indexOf('\n', at + 1))
      position.line++;
    position.column = 1;
    start = lastBreak + 1;
  }
  for (let at = start; at < to; at++) if (!isContinuation(text.charCodeAt(at))) position.column++;
}

/** Whether a character of `byteText` is a byte of UTF-8 behind the first: windows-1252 has others for 0x80 to 0x9f. */
function isContinuation(code: number): boolean {
  return (code >= 0x80 && code <= 0xbf) || CONTINUATIONS.has(code);
}

const CONTINUATIONS: ReadonlySet<number> = new Set(
  Array.from(byteText(Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index)), (char) =>
    char.charCodeAt(0),
  ),
);

interface Neighbors {
  readonly previousEnd: number;
  readonly nextStart: number;
}

function excerptOf(text: string, start: number, end: number, { previousEnd, nextStart }: Neighbors): string {
  const before = text
    .slice(Math.max(0, start - EXCERPT_BEFORE, previousEnd), start)
    .split(/[\r\n]/)
    .at(-1);
  const after = text.slice(end, Math.min(end + EXCERPT_AFTER, nextStart)).split(/[\r\n]/)[0];
  const asterisks = '*'.repeat(Math.min(MAX_ASTERISKS, end - start));
  return `${asciiOf(before ?? '')}${asterisks}${asciiOf(after ?? '')}`;
}

/** Other characters may be parts of one, or change the direction of the text. */
function asciiOf(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, '…');
}

/**
 * Returns the file with asterisks for its secrets. Its size, its lines and all offsets stay.
 *
 * @param join Joins the parts of the masked file. Default: as a blob.
 */
export async function maskSecrets(
  file: Blob,
  findings: readonly SecretFinding[],
  join?: JoinParts,
): Promise<Blob> {
  const wide = wideEncoding(new Uint8Array(await file.slice(0, 2).arrayBuffer()));
  const pieces = new Pieces();
  let at = 0;
  for (const { start, end } of [...findings].sort((one, other) => one.start - other.start)) {
    if (end <= at) continue;
    const first = Math.max(start, at);
    pieces.keep(at, first);
    const bytes = new Uint8Array(await file.slice(first, end).arrayBuffer());
    pieces.add(wide ? maskedWide(bytes, wide) : bytes.map(maskedByte));
    at = end;
  }
  pieces.keep(at, file.size);
  return pieces.join(file, join);
}

function maskedByte(byte: number): number {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN ? byte : ASTERISK;
}

function maskedWide(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Uint8Array {
  const low = encoding === 'utf-16le' ? 0 : 1;
  return bytes.map((byte, index) => (index % 2 === low ? maskedByte(byte) : 0));
}
