import type {
  FileToSend,
  Progress,
  SendStep,
  FileTransfer,
  UploadReference,
  UploadSession,
} from '../../src/upload/upload';
import type { Learned } from '../../src/upload/learned';
import { createMemoryLearned } from '../../src/upload/learned';
import type { TransferTools } from '../../src/upload/transport/transfer-tools';
import { createNaming, createThroughputEstimator } from '../../src/upload/transport/transfer-tools';
import type { TestConnection } from './connection';
import { createTestConnection } from './connection';
import type { FakeRuntime } from './fake-runtime';
import { createFakeRuntime } from './fake-runtime';

/** Dependencies of a transfer, with a manual network and clock. */
export interface TestTools extends TestConnection {
  readonly learned: Learned;
  readonly runtime: FakeRuntime;
  readonly tools: TransferTools;
}

/** Creates the dependencies, without a throughput sample and with names in relations. */
export function createTestTools(): TestTools {
  const network = createTestConnection();
  const runtime = createFakeRuntime();
  const learned = createMemoryLearned({ namesInRelations: true });
  const tools = {
    connection: network.connection,
    throughput: createThroughputEstimator(),
    naming: createNaming(learned),
    now: runtime.now,
  };
  return { ...network, runtime, learned, tools };
}

/** One attempt of a transfer with its reports. */
export interface Run {
  readonly answer: Promise<UploadReference>;
  /** Error of the attempt. */
  readonly failure: Promise<unknown>;
  readonly progress: readonly Progress[];
  readonly steps: readonly SendStep[];
  /** Sessions reported before each chunk. */
  readonly sessions: readonly (UploadSession | undefined)[];
  readonly abort: () => void;
}

/** Starts an attempt. */
export function run(transfer: FileTransfer): Run {
  const controller = new AbortController();
  const progress: Progress[] = [];
  const steps: SendStep[] = [];
  const sessions: (UploadSession | undefined)[] = [];
  const answer = transfer.run({
    signal: controller.signal,
    waitUntilOpen: () => Promise.resolve(),
    onProgress: (now) => progress.push(now),
    onStep: (step) => steps.push(step),
    onSession: (session) => {
      sessions.push(session);
      return Promise.resolve();
    },
  });
  const failure = answer.then(
    ({ id }) => new Error(`It did not fail, but yielded ${id}.`),
    (error: unknown) => error,
  );
  return { answer, failure, progress, steps, sessions, abort: () => controller.abort() };
}

/** A single file with `size` different bytes. */
export function fileToSend(size: number, facts: Partial<FileToSend> = {}): FileToSend {
  const source = new Blob([contentOf(size)]);
  return { name: 'Build #1.log', size, source, isOneOfMany: false, ...facts };
}

const BLOCK = 4096;

/** A block without equal words. */
const PATTERN = new Uint8Array(
  Uint32Array.from({ length: BLOCK / 4 }, (_, at) => Math.imul(at + 1, 0x9e3779b1)).buffer,
);

/** Content without equal parts: each block begins with its number. */
export function contentOf(size: number): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil(size / BLOCK);
  const content = new Uint8Array(blocks * BLOCK);
  for (let block = 0; block < blocks; block++) {
    content.set(PATTERN, block * BLOCK);
    new DataView(content.buffer).setUint32(block * BLOCK, block);
  }
  return content.subarray(0, size);
}
