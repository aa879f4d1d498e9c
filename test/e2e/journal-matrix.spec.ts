import { link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActiveFault, Exchange, Operation, RequestRecord, Emulator } from 'azure-devops-emulator';
import { isFullRun } from '../../tools/full-run.mjs';
import { allPairs } from './all-pairs';
import type { Board } from './board';
import type { TestFile } from './files';
import { attachmentsOf, expectAttached, makeFile } from './files';
import { expect, heal, poll, test, withoutRoom } from './journal-fixtures';
import type { Phase } from './journal-phases';
import { hasAllBytes, heldRequests, historyOf, lastChunkOf, phaseOf } from './journal-phases';
import { expectEmptyJournal, isKept, isUploaded, untilJournal } from './journal-rows';
import { closeForm, goOnNow, namesAskedFor, reopen } from './journal-steps';

/** How a frame goes. */
const DEATHS = ['the form is closed', 'the page is reloaded', 'the browser is killed'] as const;

/** What the journal has of the bytes that are still to be sent. */
const BYTES = ['stored', 'to be picked again'] as const;
type Bytes = (typeof BYTES)[number];

/** What the server makes of chunks of an upload that began before. */
type Server = 'accepts what comes again' | 'refuses what comes again' | 'has forgotten the upload';

/** Files that are picked together, and the phases that they are in by the time that the next are picked. */
interface Pick {
  readonly files: () => readonly TestFile[];
  readonly phases: readonly Phase[];
}

/** What uploads are at when their frame goes. */
interface Story {
  readonly picks: readonly Pick[];
  /** What holds them there. */
  readonly faults: readonly ActiveFault[];
  /** How this server refuses chunks: only what it has received can be refused for coming again. */
  readonly refusing: Exclude<Server, 'accepts what comes again'>;
}

/** Large enough to go in three chunks. */
const LARGE_BYTES = 49 * 1024 * 1024;
let large: Buffer;
test.beforeAll(() => void (large = makeFile('', LARGE_BYTES).bytes));

/** Of a size of its own, by the number that its name begins with. */
const small = (name: string): TestFile => makeFile(name, 200_000 + Number.parseInt(name));
const largeAs = (name: string): TestFile => ({ name, bytes: large });
const all = (name: string, at: Operation): ActiveFault => ({ name, remaining: null, at });
const one = (name: string, at: Operation): ActiveFault => ({ name, remaining: 1, at });

// Whichever request comes first, each fault of one hit holds one of the files.
const STORIES: readonly Story[] = [
  {
    picks: [
      {
        files: () => [
          ...['announced.bin', 'registered.bin'].map(largeAs),
          ...['1.bin', '2.bin', '3.bin', '4.bin', '5.bin'].map(small),
        ],
        phases: [
          'announced without an answer',
          'registered',
          'arrived without an answer',
          // So many requests are dared at first.
          ...Array.from({ length: 3 }, () => 'in flight' as const),
          'queued',
        ],
      },
    ],
    faults: [
      one('unanswered', 'register'),
      one('stalled', 'first-chunk'),
      one('unanswered', 'simple'),
      all('stalled', 'simple'),
    ],
    refusing: 'has forgotten the upload',
  },
  {
    picks: [
      { files: () => ['1.bin', '2.bin'].map(small), phases: ['patch sent', 'patch sent'] },
      {
        files: () => ['a.bin', 'b.bin', 'c.bin'].map(largeAs),
        phases: [
          'first chunk arrived without an answer',
          'middle chunk arrived without an answer',
          'last chunk arrived without an answer',
        ],
      },
    ],
    faults: [
      all('stalled', 'link'),
      one('unanswered', 'first-chunk'),
      one('unanswered', 'middle-chunk'),
      one('unanswered', 'last-chunk'),
    ],
    refusing: 'refuses what comes again',
  },
  {
    picks: [
      {
        files: () => ['1.bin', '2.bin'].map(small),
        phases: ['patch done without an answer', 'patch done without an answer'],
      },
      {
        files: () => [...['3.bin', '4.bin'].map(small), largeAs('chunks.bin')],
        // There is one patch at a time.
        phases: ['in flight', 'uploaded at once', 'uploaded in chunks'],
      },
    ],
    faults: [
      // Lets those of the first pick pass: what it adds to an answer is not for a page to read.
      { name: 'asked-to-wait', remaining: 2, at: 'simple' },
      one('stalled', 'simple'),
      all('unanswered', 'link'),
    ],
    refusing: 'has forgotten the upload',
  },
];

/** What follows for a file after its frame is gone, as `historyOf` tells it. `first`: where its last chunk began. */
function expectedHistory(phase: Phase, server: Server, first: number): string[] {
  switch (phase) {
    case 'queued':
    case 'in flight':
    case 'arrived without an answer':
      return ['sent at once', 'linked'];
    case 'announced without an answer':
      return ['registered', 'chunks from 0', 'linked'];
    case 'registered':
    case 'first chunk arrived without an answer':
    case 'middle chunk arrived without an answer':
    case 'last chunk arrived without an answer':
      return server === 'accepts what comes again'
        ? [`chunks from ${first}`, 'read back', 'linked']
        : [`chunks from ${first}`, 'registered', 'chunks from 0', 'linked'];
    case 'uploaded at once':
    case 'uploaded in chunks':
    case 'patch sent':
      return ['linked'];
    case 'patch done without an answer':
      return [];
  }
}

/** Lays files into the folder; the large ones share their bytes there. */
async function write(folder: string, files: readonly TestFile[]): Promise<string[]> {
  return Promise.all(
    files.map(async ({ name, bytes }) => {
      const path = join(folder, name);
      if (bytes === large) await link(await largeIn(folder), path);
      else await writeFile(path, bytes);
      return path;
    }),
  );
}

const written = new Map<string, Promise<string>>();
function largeIn(folder: string): Promise<string> {
  const path = join(folder, 'large');
  const writing = written.get(path) ?? writeFile(path, large).then(() => path);
  written.set(path, writing);
  return writing;
}

/** A file where its upload stands. */
interface Standing {
  readonly file: TestFile;
  readonly phase: Phase;
  /** Where its last chunk began. */
  readonly first: number;
}

/** Those of the files that are in a phase, not between two. */
function standingsOf(emulator: Emulator, files: readonly TestFile[]): Standing[] {
  return files.flatMap((file) => {
    const phase = phaseOf(emulator, file);
    return phase ? [{ file, phase, first: lastChunkOf(emulator, file) }] : [];
  });
}

/** Picks the files, and waits until each is in its phase and the journal has what it will have of it. */
async function bringToPhases(
  board: Board,
  folder: string,
  { picks }: Story,
  bytes: Bytes,
): Promise<Standing[]> {
  const files: TestFile[] = [];
  const phases: Phase[] = [];
  const standings = (): Standing[] => standingsOf(board.emulator, files);
  for (const pick of picks) {
    const more = pick.files();
    files.push(...more);
    phases.push(...pick.phases);
    await board.pick(await write(folder, more));
    const reached = () => standings().map(({ phase }) => phase);
    await poll(() => reached().sort()).toEqual([...phases].sort());
  }
  await untilJournal(
    board,
    (journal) =>
      journal.uploads.length === files.length &&
      journal.uploads.filter(isUploaded).length === phases.filter(hasAllBytes).length &&
      isKept(bytes, journal),
  );
  return standings();
}

/** What is said from now on, beside the requests that have begun. */
function listen({ exchanges }: Emulator, begun: readonly RequestRecord[]): readonly Exchange[] {
  const heard: Exchange[] = [];
  exchanges.subscribe((exchange) => !begun.includes(exchange.record) && heard.push(exchange));
  return heard;
}

/** One test of the matrix. `story` is the index in `STORIES`. */
interface Case {
  readonly death: (typeof DEATHS)[number];
  readonly bytes: Bytes;
  readonly story: number;
  readonly server: Server;
}

const PRODUCT: readonly Case[] = DEATHS.flatMap((death) =>
  BYTES.flatMap((bytes) =>
    STORIES.flatMap(({ refusing }, story) =>
      (['accepts what comes again', refusing] as const).map((server) => ({ death, bytes, story, server })),
    ),
  ),
);

// The crash schedules cover the full product.
for (const { death, bytes, server, ...each } of isFullRun ? PRODUCT : allPairs(PRODUCT)) {
  const story = STORIES[each.story]!;
  const phases = [...new Set(story.picks.flatMap((pick) => pick.phases))].join(', ');
  test(`Stapler resumes each upload once after ${death}: ${phases}; ${bytes}, and the server ${server} @services-only`, async ({
    chrome,
    openBoard,
    emulator,
    folder,
  }) => {
    const scripts = bytes === 'stored' ? [] : [withoutRoom];
    let board: Board = await openBoard(scripts);
    emulator.setNetwork({ faults: story.faults.map((fault) => ({ ...fault })) });
    const standings = await bringToPhases(board, folder, story, bytes);

    const held = heldRequests(emulator);
    const exchanges = listen(emulator, held);
    if (death === 'the browser is killed') await chrome.kill();
    else if (death === 'the page is reloaded') await board.page.reload({ waitUntil: 'commit' });
    else await closeForm(board);
    await poll(() => held.every(({ finished }) => finished)).toBe(true);
    heal(emulator);
    if (server === 'accepts what comes again') emulator.store.assumptions.repeatedChunk = 'accept';
    if (server === 'has forgotten the upload') emulator.store.attachments.forgetChunkedUploads();
    if (death === 'the browser is killed') {
      await chrome.start();
      board = await openBoard(scripts);
    } else if (death === 'the form is closed') await reopen(board);
    else await board.ready();

    const toBeSent = standings.filter(({ phase }) => !hasAllBytes(phase)).map(({ file }) => file);
    const asked = bytes === 'stored' ? [] : toBeSent;
    if (asked.length < standings.length) await goOnNow(board);
    const names = await namesAskedFor(board, asked.length);
    expect(names.sort()).toEqual(asked.map(({ name }) => name).sort());
    if (asked.length > 0) {
      const renamed = asked.map((file) => ({ ...file, name: `renamed ${file.name}` }));
      await board.pick(await write(folder, renamed));
    }
    await poll(() => attachmentsOf(emulator, 7).length).toBe(standings.length);
    await expectEmptyJournal(board);
    expectAttached(
      emulator,
      7,
      standings.map(({ file }) => file),
    );
    expect(standings.map(({ file, phase }) => [phase, historyOf(emulator, exchanges, file)])).toEqual(
      standings.map(({ phase, first }) => [phase, expectedHistory(phase, server, first)]),
    );
  });
}
