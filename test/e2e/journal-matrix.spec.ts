import { link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActiveFault, Exchange, Operation, RequestRecord, Emulator } from 'azure-devops-emulator';
import { allPairs } from './all-pairs';
import { ciOnlyUnless } from './ci-only';
import type { Board } from './board';
import type { TestFile } from './files';
import { attachmentsOf, expectAttached, makeFile } from './files';
import { expect, heal, poll, test, withoutRoom } from './journal-fixtures';
import type { Phase } from './journal-phases';
import { hasAllBytes, heldRequests, historyOf, lastChunkOf, phaseOf } from './journal-phases';
import { expectEmptyJournal, isKept, isUploaded, untilJournal } from './journal-rows';
import { closeForm, namesAskedFor, reopen, resumeNow } from './journal-steps';

/** End of a frame. */
const DEATHS = ['the form is closed', 'the page is reloaded', 'the browser is killed'] as const;

/** File content in the journal for unsent bytes. */
const BYTES = ['stored', 'fingerprint only'] as const;
type Bytes = (typeof BYTES)[number];

/** Response of the server to chunks of an earlier upload. */
type Server = 'accepts repeated chunks' | 'refuses repeated chunks' | 'has forgotten the upload';

/** Files picked together, and their phases before the next pick. */
interface Pick {
  readonly files: () => readonly TestFile[];
  readonly phases: readonly Phase[];
}

/** State of the uploads when their frame ends. */
interface Story {
  readonly picks: readonly Pick[];
  /** Faults that keep the uploads in their phases. */
  readonly faults: readonly ActiveFault[];
  /** How this server refuses chunks: it can refuse only repeated ones. */
  readonly refusing: Exclude<Server, 'accepts repeated chunks'>;
}

/** Large enough for three chunks. */
const LARGE_BYTES = 49 * 1024 * 1024;
let large: Buffer;
test.beforeAll(() => void (large = makeFile('', LARGE_BYTES).bytes));

/** A file with a size of its own, from the number in its name. */
const small = (name: string): TestFile => makeFile(name, 200_000 + Number.parseInt(name));
const largeAs = (name: string): TestFile => ({ name, bytes: large });
const all = (name: string, at: Operation): ActiveFault => ({ name, remaining: null, at });
const one = (name: string, at: Operation): ActiveFault => ({ name, remaining: 1, at });

// Each one-shot fault holds one file, regardless of the order of requests.
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
          // Initial number of concurrent requests.
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
    refusing: 'refuses repeated chunks',
  },
  {
    picks: [
      {
        files: () => ['1.bin', '2.bin'].map(small),
        phases: ['patch done without an answer', 'patch done without an answer'],
      },
      {
        files: () => [...['3.bin', '4.bin'].map(small), largeAs('chunks.bin')],
        // Stapler sends one patch at a time.
        phases: ['in flight', 'uploaded at once', 'uploaded in chunks'],
      },
    ],
    faults: [
      // Lets the first pick pass: the page cannot read the header added to the response.
      { name: 'asked-to-wait', remaining: 2, at: 'simple' },
      one('stalled', 'simple'),
      all('unanswered', 'link'),
    ],
    refusing: 'has forgotten the upload',
  },
];

/** Expected `historyOf` a file after its frame is gone. `first`: start of its last chunk. */
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
      return server === 'accepts repeated chunks'
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

/** Writes files into the folder; large ones are links to one file. */
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

/** A file and the phase of its upload. */
interface Standing {
  readonly file: TestFile;
  readonly phase: Phase;
  /** Start of its last chunk. */
  readonly first: number;
}

/** Files in a phase, without those between two. */
function standingsOf(emulator: Emulator, files: readonly TestFile[]): Standing[] {
  return files.flatMap((file) => {
    const phase = phaseOf(emulator, file);
    return phase ? [{ file, phase, first: lastChunkOf(emulator, file) }] : [];
  });
}

/** Picks the files, and waits until each is in its phase and stored in the journal. */
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

/** Exchanges from now on, without those of the started requests. */
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
      (['accepts repeated chunks', refusing] as const).map((server) => ({ death, bytes, story, server })),
    ),
  ),
);

/** Cases that run locally. The crash schedules cover the full product. */
const LOCAL = new Set(allPairs(PRODUCT));

/** Whether the case is one of those that try each end of each phase with each content, on one of both servers in turn. */
function isInTurn({ death, bytes, story, server }: Case): boolean {
  const turn = DEATHS.indexOf(death) + BYTES.indexOf(bytes) + story;
  return (server === 'accepts repeated chunks') === (turn % 2 === 0);
}

for (const each of PRODUCT.filter((one) => LOCAL.has(one) || isInTurn(one))) {
  const { death, bytes, server } = each;
  const tag = [...ciOnlyUnless(LOCAL.has(each))];
  const story = STORIES[each.story]!;
  const phases = [...new Set(story.picks.flatMap((pick) => pick.phases))].join(', ');
  test(
    `Stapler resumes each upload once after ${death}: ${phases} (content: ${bytes}; server ${server}) @services-only`,
    { tag },
    async ({ chrome, openBoard, emulator, folder }) => {
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
      if (server === 'accepts repeated chunks') emulator.store.assumptions.repeatedChunk = 'accept';
      if (server === 'has forgotten the upload') emulator.store.attachments.forgetChunkedUploads();
      if (death === 'the browser is killed') {
        await chrome.start();
        board = await openBoard(scripts);
      } else if (death === 'the form is closed') await reopen(board);
      else await board.ready();

      const toBeSent = standings.filter(({ phase }) => !hasAllBytes(phase)).map(({ file }) => file);
      const asked = bytes === 'stored' ? [] : toBeSent;
      if (asked.length < standings.length) await resumeNow(board);
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
    },
  );
}
