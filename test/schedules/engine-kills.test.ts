import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Emulator } from 'azure-devops-emulator';
import { startEmulator } from 'azure-devops-emulator';
import type { HttpStack } from '../../src/azure/rest/http-stack';
import type { NodeHttpStack } from '../../src/azure/rest/node-http-stack';
import { createNodeHttpStack } from '../../src/azure/rest/node-http-stack';
import { createNodeRuntime, withClearedTimers } from '../../src/base/node-runtime';
import type { AttachOrder } from '../../src/engine/attach/attach-order';
import { attach } from '../../src/engine/attach/attach';
import { openEngine } from '../../src/engine/engine';
import { openFolderDisk } from '../../src/upload/recovery/journal/folder-disk';
import { volumeBytesFor, volumeRanges } from '../../src/upload/volumes/volume-plan';
import { clean } from '../../src/upload/rules/metadata/clean';
import { openFolderJournal } from '../../src/upload/recovery/journal/folder-journal';
import { isFullRun } from '../../tools/full-run.cjs';
import { attachedTo, sha256 } from '../helpers/cli';
import type { Death, DyingDisk } from '../helpers/dying-disk';
import { createDyingDisk } from '../helpers/dying-disk';
import { blobOf, bufferOf } from '../helpers/picture-data';
import { RandomTexts, githubToken } from '../helpers/planted-secrets';
import { SAMPLE_EXIF, exifData, jpegWith } from '../helpers/sample-picture';
import { createTemporaryFolder } from '../helpers/temporary-folder';

/** A masked text, a cleaned photo, and a large file in chunks, for two work items. The program is killed at every change and every request. */
const IDS = [8, 9];
const MIB = 1024 * 1024;
const TOKEN = githubToken(new RandomTexts(1));
const FILES = [
  { name: 'a.txt', content: Buffer.from(TOKEN) },
  { name: 'b.jpg', content: jpegWith(exifData(SAMPLE_EXIF, true)) },
  { name: 'large.bin', content: Buffer.alloc(9 * MIB, 'large') },
];

/** Hashes of what is sent. */
const sent = new Map<string, string>();

const folder = createTemporaryFolder();
let emulator: Emulator;
let network: NodeHttpStack;
let states = 0;

beforeAll(async () => {
  emulator = await startEmulator({ extensionFolder: resolve(__dirname, '../..') });
  network = createNodeHttpStack({ version: '1', env: {} });
  for (const { name, content } of FILES) {
    writeFileSync(join(folder, name), content);
    const { bytes } = await clean(blobOf(content));
    sent.set(name, sha256(name === 'a.txt' ? '*'.repeat(TOKEN.length) : await bufferOf(bytes)));
  }
});
afterAll(async () => {
  await network.close();
  await emulator.close();
});

/** Limit at which the large file has three volumes, in bytes. The server names it after a first attempt. */
const LIMIT_BYTES = 4 * MIB;

/** As it is read from the refusal, where a megabyte may have 10⁶ bytes. */
const NAMED_BYTES = 4_000_000;

const ORDER: AttachOrder = {
  files: FILES.map(({ name }) => ({ path: join(folder, name) })),
  workItemIds: IDS,
  mapping: { kind: 'all' },
  rules: { secrets: 'mask' },
};

/** An order with the attachments that it leads to. */
interface Case {
  readonly order: AttachOrder;
  readonly limitBytes?: number;
  /** Returns names and hashes. */
  readonly expected: () => readonly string[];
}

const WHOLE: Case = {
  order: ORDER,
  expected: () => FILES.map(({ name }) => `${name} ${sent.get(name)}`),
};

/** The large file in volumes. */
const SPLIT: Case = {
  order: { ...ORDER, overLimit: 'split' },
  limitBytes: LIMIT_BYTES,
  expected: () =>
    FILES.flatMap(({ name, content }) =>
      name === 'large.bin'
        ? volumeRanges(content.length, volumeBytesFor(NAMED_BYTES)).map(
            ({ number, start, end }) => `${name}.00${number} ${sha256(content.subarray(start, end))}`,
          )
        : [`${name} ${sent.get(name)}`],
    ),
};

/** Moment at which a process is killed. */
type Moment = { readonly disk: Death } | { readonly request: Death };

/** A process that runs the order, until its end or its death. */
async function runOnce(
  order: AttachOrder,
  stateFolder: string,
  pid: number,
  moment?: Moment,
): Promise<'over' | 'killed'> {
  const { runtime, clearTimers } = withClearedTimers(createNodeRuntime());
  const journalFolder = join(stateFolder, 'journal');
  mkdirSync(journalFolder, { recursive: true });
  const death = moment && 'disk' in moment ? moment.disk : undefined;
  const disk = await openFolderDisk(journalFolder);
  const life: DyingDisk = createDyingDisk(disk, death);
  const never = (): Promise<never> => new Promise(() => undefined);
  let requests = 0;

  const stack: HttpStack = {
    async send(request) {
      if (life.isDead()) return never();
      const isLast = moment && 'request' in moment && moment.request.at === ++requests;
      if (isLast && moment.request.when === 'before') {
        life.kill();
        return never();
      }
      const response = await network.send(request);
      if (isLast) life.kill();
      return life.isDead() ? never() : response;
    },
  };

  async function command(): Promise<'over'> {
    const engine = await openEngine({
      organization: emulator.restBaseUrl,
      getCredential: () => Promise.resolve({ scheme: 'bearer', token: emulator.issueToken() }),
      stack,
      runtime,
      stateFolder,
      sizes: { chunkAboveBytes: MIB },
      openJournal: (options) =>
        openFolderJournal({
          ...options,
          folder: journalFolder,
          disk: life.disk,
          processes: { pid, host: 'me', isRunning: () => false, startOf: () => String(pid) },
        }),
    });
    const { rows } = await attach(engine, order);
    expect(
      rows.map(({ outcome }) => outcome.kind).filter((kind) => !/^(attached|already-there)$/.test(kind)),
    ).toEqual([]);
    return 'over';
  }

  const outcome = await Promise.race([command(), life.died.then(() => 'killed' as const)]);
  clearTimers();
  await disk.close();
  return outcome;
}

/** Runs the order in a process that is killed, and again. Returns whether the first one was killed. */
async function runTwice({ order, expected, limitBytes }: Case, moment: Moment): Promise<boolean> {
  await emulator.reset();
  if (limitBytes !== undefined) emulator.store.limits.maxAttachmentBytes = limitBytes;
  const stateFolder = join(folder, `state-${++states}`);
  const outcome = await runOnce(order, stateFolder, 1, moment);
  if (outcome === 'killed') expect(await runOnce(order, stateFolder, 2)).toBe('over');
  for (const id of IDS) expect([moment, attachmentsOn(id)]).toEqual([moment, [...expected()].sort()]);
  return outcome === 'killed';
}

/** Names and hashes, without comments. */
function attachmentsOn(id: number): readonly string[] {
  return attachedTo(emulator, id)
    .map((each) => each.replace(/(?<= [0-9a-f]{64}) .*/, ''))
    .sort();
}

describe.each([
  ['whole files', WHOLE],
  ['a split file', SPLIT],
])('attach of %s', (_, each) => {
  const isWhole = each === WHOLE;
  const moments = isWhole || isFullRun ? (['before', 'after'] as const) : (['after'] as const);
  test.each(moments)('continues after a death %s each request', async (when) => {
    let at = 1;
    while (await runTwice(each, { request: { at, when } })) at++;
    expect(at).toBeGreaterThan(8);
  });

  const places = isWhole ? (['before', 'midway', 'after'] as const) : isFullRun ? (['after'] as const) : [];
  for (const when of places)
    test(`continues after a death ${when} each change of its journal`, async () => {
      let at = 1;
      while (await runTwice(each, { disk: { at, when } })) at++;
      expect(at).toBeGreaterThan(5);
    });
});
