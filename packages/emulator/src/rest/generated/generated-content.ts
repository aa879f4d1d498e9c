import { createCipheriv, createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { plainPng } from '../plain-png';
import type { FileKind } from './file-kinds';

/** Properties that determine the bytes of a file. */
export interface ContentPlan {
  readonly kind: FileKind;
  /** Size in bytes. */
  readonly bytes: number;
  /** Files with equal seeds, kinds and sizes have equal bytes. */
  readonly seed: number;
}

const blockBytes = 65_536;

/**
 * Streams the bytes of a generated file, which are not stored. The same plan gives the same bytes, from any position.
 *
 * @param part First and last byte; the whole file by default.
 */
export function readContent(plan: ContentPlan, part?: { start: number; end: number }): Readable {
  const { start, end } = part ?? { start: 0, end: plan.bytes - 1 };
  return Readable.from(blocks(plan, start, end + 1), { objectMode: false });
}

/** SHA-256 of the whole file, in hexadecimal digits. */
export function hashContent(plan: ContentPlan): string {
  const hash = createHash('sha256');
  for (const block of blocks(plan, 0, plan.bytes)) hash.update(block);
  return hash.digest('hex');
}

function* blocks(plan: ContentPlan, start: number, end: number): Generator<Buffer> {
  const head = headOf(plan);
  for (let at = Math.floor(start / blockBytes); at * blockBytes < end; at++) {
    const from = at * blockBytes;
    const block = plan.kind.isText ? lines(plan.seed, at) : noise(plan.seed, at);
    if (from < head.length) head.copy(block, 0, from);
    yield block.subarray(Math.max(0, start - from), Math.min(blockBytes, end - from));
  }
}

/** Beginning of the file: its signature, or a whole picture with the noise behind its end. */
function headOf({ kind, seed, bytes }: ContentPlan): Buffer {
  if (kind.head !== 'picture') return Buffer.from(kind.head, 'latin1');
  const picture = plainPng(320, 180, [seed & 0xff, (seed >>> 8) & 0xff, (seed >>> 16) & 0xff]);
  return bytes > picture.length ? picture : picture.subarray(0, bytes);
}

/** Incompressible bytes: the key stream of a cipher, whose counter is the position. */
function noise(seed: number, block: number): Buffer {
  const key = Buffer.alloc(16);
  key.writeUInt32BE(seed);
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE((block * blockBytes) / 16, 12);
  return createCipheriv('aes-128-ctr', key, counter).update(Buffer.alloc(blockBytes));
}

/** Log lines that fill a block. */
function lines(seed: number, block: number): Buffer {
  const text: string[] = [];
  let length = 0;
  for (let line = 0; length < blockBytes; line++) {
    const words = `2026-02-03T04:05:06Z info job ${seed} wrote part ${block} line ${line}\n`;
    text.push(words);
    length += words.length;
  }
  return Buffer.from(text.join('').slice(0, blockBytes), 'latin1');
}
