import { link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActiveFault, Operation, RequestRecord } from '../stand-in/contract';
import type { StandIn } from '../stand-in/stand-in';
import type { Board } from './board';
import type { TestFile } from './files';
import { attachmentsOf, expectAttached, makeFile, requestsOf } from './files';
import { expect, heal, test, withoutRoom } from './journal-fixtures';
import { closeForm, goOnNow, namesAskedFor, reopen } from './journal-steps';
import type { StoredJournal } from './journal-rows';
import { expectEmptyJournal, isKept, isUploaded, untilJournal } from './journal-rows';

/** How a frame goes. */
const DEATHS = ['the form is closed', 'the page is reloaded', 'the browser is killed'] as const;
type Death = (typeof DEATHS)[number];

/** What the journal has of the bytes that are still to be sent. */
const BYTES = ['stored', 'to be picked again'] as const;
type Bytes = (typeof BYTES)[number];

/** What the server makes of chunks of an upload that began before. */
type Server = 'accepts what comes again' | 'refuses what comes again' | 'has forgotten the upload';

/** What uploads are at when their frame goes. */
interface Phase {
  readonly name: string;
  /** Those that are picked together. */
  readonly files: () => readonly TestFile[];
  /** What holds them there. */
  readonly faults: readonly ActiveFault[];
  /** How many requests are held then. */
  readonly held: number;
  /** What the journal and the server have by then, beside what is said of bytes. */
  readonly isReached?: (journal: StoredJournal, standIn: StandIn) => boolean;
  /** How many files still have to be sent, if only in part. */
  readonly toBeSent: number;
  /** How many large files go to an upload of a new id, by what the server does. Missing where that does not matter. */
  readonly startingOver?: Partial<Record<Server, number>>;
}

/** Large enough to go in three chunks. */
const LARGE_BYTES = 49 * 1024 * 1024;
let large: Buffer;
test.beforeAll(() => void (large = makeFile('', LARGE_BYTES).bytes));

const small = (name: string): TestFile => makeFile(name, 200_000);
const largeAs = (name: string): TestFile => ({ name, bytes: large });
const all = (name: string, at: Operation): ActiveFault => ({ name, remaining: null, at });
const one = (name: string, at: Operation): ActiveFault => ({ name, remaining: 1, at });

// Whichever request comes first, each fault of one hit holds one of the files.
const PHASES: readonly Phase[] = [
  {
    name: 'queued, in flight, arrived without an answer, announced without an answer, registered',
    files: () => [
      ...['announced.bin', 'registered.bin'].map(largeAs),
      ...['1.bin', '2.bin', '3.bin', '4.bin', '5.bin'].map(small),
    ],
    faults: [
      one('unanswered', 'register'),
      one('stalled', 'first-chunk'),
      one('unanswered', 'simple'),
      all('stalled', 'simple'),
    ],
    // So many requests are dared at first.
    held: 6,
    toBeSent: 7,
    startingOver: { 'accepts what comes again': 1, 'has forgotten the upload': 2 },
  },
  {
    name: 'first, middle and last chunk arrived without an answer',
    files: () => ['a.bin', 'b.bin', 'c.bin'].map(largeAs),
    faults: [
      one('unanswered', 'first-chunk'),
      one('unanswered', 'middle-chunk'),
      one('unanswered', 'last-chunk'),
    ],
    held: 3,
    isReached: (_, { store }) => store.attachments.all.some(({ bytes }) => bytes === LARGE_BYTES),
    toBeSent: 3,
    startingOver: { 'accepts what comes again': 0, 'refuses what comes again': 3 },
  },
  {
    name: 'uploaded at once and in chunks, beside one in flight',
    files: () => [small('1.bin'), small('2.bin'), largeAs('chunks.bin')],
    faults: [one('stalled', 'simple'), all('stalled', 'link')],
    held: 1,
    isReached: ({ uploads }) => uploads.filter(isUploaded).length === 2,
    toBeSent: 1,
  },
  {
    name: 'patch sent',
    files: () => ['1.bin', '2.bin'].map(small),
    faults: [all('stalled', 'link')],
    held: 1,
    toBeSent: 0,
  },
  {
    name: 'patch done without an answer',
    files: () => ['1.bin', '2.bin'].map(small),
    faults: [all('unanswered', 'link')],
    held: 1,
    isReached: (_, standIn) => attachmentsOf(standIn, 7).length === 2,
    toBeSent: 0,
  },
];

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

function heldRequests(standIn: StandIn): RequestRecord[] {
  return standIn.requests.records.filter(({ fault, finished }) => fault !== null && !finished);
}

/**
 * What differs after a crash is what has reached the disk, so that what needs no bytes from there, and what the server
 * alone decides, is told once.
 */
function isToldAlready(death: Death, bytes: Bytes, { toBeSent }: Phase, server: string): boolean {
  return (
    death === 'the browser is killed' &&
    bytes === 'to be picked again' &&
    (toBeSent === 0 || /refuses|forgotten/.test(server))
  );
}

for (const death of DEATHS) {
  for (const bytes of BYTES) {
    for (const phase of PHASES) {
      for (const [server, startingOver] of Object.entries(phase.startingOver ?? { '': 0 })) {
        if (isToldAlready(death, bytes, phase, server)) continue;
        const whichServer = server && `, and the server ${server}`;
        test(`${death}: ${phase.name}; ${bytes}${whichServer} @services-only`, async ({
          chrome,
          openBoard,
          standIn,
          folder,
        }) => {
          const files = phase.files();
          const scripts = bytes === 'stored' ? [] : [withoutRoom];
          let board: Board = await openBoard(scripts);
          standIn.setNetwork({ faults: phase.faults.map((fault) => ({ ...fault })) });
          await board.pick(await write(folder, files));
          await expect.poll(() => heldRequests(standIn).length).toBe(phase.held);
          await untilJournal(
            board,
            (journal) =>
              journal.uploads.length === files.length &&
              isKept(bytes, journal) &&
              (phase.isReached?.(journal, standIn) ?? true),
          );

          const held = heldRequests(standIn);
          if (death === 'the browser is killed') await chrome.kill();
          else if (death === 'the page is reloaded') await board.page.reload({ waitUntil: 'commit' });
          else await closeForm(board);
          await expect.poll(() => held.every(({ finished }) => finished)).toBe(true);
          heal(standIn);
          standIn.requests.clear();
          if (server === 'accepts what comes again') standIn.store.assumptions.repeatedChunk = 'accept';
          if (server === 'has forgotten the upload') standIn.store.attachments.forgetChunkedUploads();
          if (death === 'the browser is killed') {
            await chrome.start();
            board = await openBoard(scripts);
          } else if (death === 'the form is closed') await reopen(board);
          else await board.ready();

          const asked = bytes === 'stored' ? 0 : phase.toBeSent;
          if (asked < files.length) await goOnNow(board);
          const names = await namesAskedFor(board, asked);
          const again = files.filter(({ name }) => names.includes(name));
          if (asked > 0) {
            await board.pick(
              await write(
                folder,
                again.map((file) => ({ ...file, name: `renamed ${file.name}` })),
              ),
            );
          }
          await expect.poll(() => attachmentsOf(standIn, 7).length).toBe(files.length);
          await expectEmptyJournal(board);
          expectAttached(standIn, 7, files);
          expect(requestsOf(standIn, 'POST', /uploadType=chunked/)).toHaveLength(startingOver);
          if (phase.toBeSent === 0) expect(requestsOf(standIn, 'POST', /attachments/)).toEqual([]);
          if (phase.toBeSent < 3) expect(requestsOf(standIn, 'PUT', /attachments/)).toEqual([]);
        });
      }
    }
  }
}
