import { mkdir, readFile } from 'node:fs/promises';
import { serverFrames, type ServerFrames } from 'azure-devops-emulator';
import { unzipSync } from 'fflate';
import { isFullRun } from '../../tools/full-run.cjs';
import { createCertificate } from '../helpers/certificate';
import { Board } from './board';
import { BulkPanel, everyOneOf } from './bulk-story';
import { attachmentsOf, expectAttached, makeFile, pickable, requestsOf, writeFiles } from './files';
import { expect, test } from './fixtures';
import { GalleryPage } from './gallery-story';
import { ciOnlyUnless } from './ci-only';
import { aMinuteAhead, heal } from './journal-fixtures';
import { isKept, untilJournal } from './journal-rows';

/** Capabilities granted to a frame by the browser. */
interface Grants {
  readonly sandbox: boolean;
  readonly origin: 'null' | 'of the REST service' | 'of its own';
  readonly isSecureContext: boolean;
  /** Chrome blocks the storage of other sites in private windows, as in the stories; the headless shell does not. */
  readonly storage: boolean | 'by the browser';
  readonly locks: boolean;
  readonly subtle: boolean;
}

const GRANTS: Readonly<Record<ServerFrames, Grants>> = {
  sandboxed: {
    sandbox: true,
    origin: 'null',
    isSecureContext: true,
    storage: false,
    locks: true,
    subtle: true,
  },
  'other-origin': {
    sandbox: false,
    origin: 'of the REST service',
    isSecureContext: true,
    storage: 'by the browser',
    locks: true,
    subtle: true,
  },
  'plain-http': {
    sandbox: false,
    origin: 'of its own',
    isSecureContext: false,
    storage: true,
    locks: false,
    subtle: false,
  },
};

async function grantsOf({ emulator, frame, stapler }: Board): Promise<Grants & { storage: boolean }> {
  const { origin, ...others } = await stapler.locator('html').evaluate(() => {
    const hasStorage = (): boolean => {
      try {
        return localStorage.length >= 0;
      } catch {
        return false;
      }
    };
    return {
      origin: window.origin,
      isSecureContext,
      storage: hasStorage(),
      locks: 'locks' in navigator,
      subtle: 'subtle' in crypto,
    };
  });
  const ofRest = origin === new URL(emulator.restBaseUrl).origin ? 'of the REST service' : 'of its own';
  return {
    sandbox: (await frame.getAttribute('sandbox')) !== null,
    origin: origin === 'null' ? origin : ofRest,
    ...others,
  };
}

interface Story {
  readonly title: string;
  /** Ways played without `CI=true`. Other `@server-only` stories cover the sandbox. */
  readonly local: readonly ServerFrames[];
  readonly play: (board: Board, frames: ServerFrames, folder: string) => Promise<void>;
}

const STORIES: readonly Story[] = [
  {
    title: 'loads with the capabilities granted to its frame',
    local: ['other-origin', 'plain-http'],
    async play(board, frames) {
      const { storage } = GRANTS[frames];
      expect(await grantsOf(board)).toEqual({
        ...GRANTS[frames],
        storage: storage === 'by the browser' ? expect.any(Boolean) : storage,
      });
      await expect(board.count(0)).toBeVisible();
    },
  },
  {
    title: 'attaches one file after its token has expired',
    local: [],
    async play(board) {
      const { emulator } = board;
      const file = makeFile('build.log', 200_000);
      emulator.expireTokens();
      await board.pick(pickable(file));
      await expect(board.finished('1 file attached')).toBeVisible();
      await expect(board.page.getByRole('tab', { name: 'Attachments (1)' })).toBeVisible();
      expectAttached(emulator, 7, [file]);
    },
  },
  {
    title: 'attaches 20 files in one patch',
    local: [],
    async play(board) {
      const { emulator } = board;
      const files = Array.from({ length: 20 }, (_, index) => makeFile(`file ${index}.bin`, 1_000 + index));
      await board.pick(files.map(pickable));
      await expect(board.finished('20 files attached')).toBeVisible();
      expectAttached(emulator, 7, files);
      expect(requestsOf(emulator, 'PATCH', /workitems\/7/)).toHaveLength(1);
    },
  },
  {
    title: 'sends a large file in chunks, and reads it back after a lost answer',
    local: [],
    async play(board, _frames, folder) {
      const { emulator } = board;
      const file = makeFile('large.bin', 49 * 1024 * 1024);
      emulator.store.assumptions.repeatedChunk = 'accept';
      emulator.setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at: 'middle-chunk' }] });
      await board.pick(await writeFiles(folder, [file]));
      await expect(board.finished('1 file attached')).toBeVisible({ timeout: 30_000 });
      expectAttached(emulator, 7, [file]);
      const attachmentId = attachmentsOf(emulator, 7)[0]?.attachmentId ?? '';
      expect(requestsOf(emulator, 'GET', new RegExp(`attachments/${attachmentId}`))).toHaveLength(1);
    },
  },
  {
    title: 'resumes an upload after a reload, or asks before one where it cannot',
    local: ['other-origin', 'plain-http'],
    async play(board, frames, folder) {
      const { emulator, page } = board;
      const keeps = (await grantsOf(board)).storage;
      const file = makeFile('build.log', 200_000);
      const asked: string[] = [];
      page.on('dialog', (dialog) => {
        asked.push(dialog.type());
        void dialog.accept();
      });
      emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
      await board.pick(await writeFiles(folder, [file]));
      if (keeps)
        await untilJournal(board, (journal) => journal.uploads.length === 1 && isKept('stored', journal));
      const staysHere = board.stapler.getByText(/^Keep this page open until uploads finish/);
      await expect(staysHere).toHaveCount(keeps ? 0 : 1);

      // Without locks, the lease of the old frame has to expire.
      if (!GRANTS[frames].locks) await page.addInitScript(aMinuteAhead);
      await page.reload({ waitUntil: 'commit' });
      heal(emulator);
      await board.ready();
      expect(asked).toEqual(keeps ? [] : ['beforeunload']);
      if (keeps) await expect(board.finished('1 file attached')).toBeVisible();
      else await expect(board.stapler.getByText('interrupted')).toHaveCount(0);
      expectAttached(emulator, 7, keeps ? [file] : []);
    },
  },
  {
    title: 'lists the attachments and previews one',
    local: [],
    async play(board) {
      const gallery = new GalleryPage(board.page, board.emulator);
      await gallery.open(30);
      await gallery.expectCount('37 files');
      await gallery.row('export-2026-03-14.log').dblclick();
      await expect(gallery.preview).toContainText('2026-03-14');
    },
  },
  {
    title: 'downloads a zip, sandboxed through the server',
    local: ['plain-http'],
    async play(board, frames) {
      const { emulator, page } = board;
      const gallery = new GalleryPage(page, emulator);
      await gallery.open(30);
      const download = page.waitForEvent('download');
      await gallery.button('Download all (zip)').click();
      if (GRANTS[frames].sandbox) {
        await gallery.button('Store zip').click();
        await gallery.button('Download zip').click();
      }
      const files = unzipSync(await readFile(await (await download).path()));
      const names = attachmentsOf(emulator, 30).map(({ name }) => name);
      expect(Object.keys(files).sort()).toEqual([...names, 'manifest.csv'].sort());
    },
  },
  {
    title: 'attaches files to many work items',
    local: ['plain-http'],
    async play(board) {
      const panel = new BulkPanel(board.page, board.emulator);
      const files = ['a.txt', 'b.txt'].map((name, index) => makeFile(name, 100 + index));
      await panel.open([7, 8, 9]);
      await panel.pick(files.map(pickable));
      await panel.attach('6 of 6 attached');
      panel.expectOnServer(
        everyOneOf(
          [7, 8, 9],
          files.map((file) => ({ file })),
        ),
      );
    },
  },
];

for (const frames of serverFrames) {
  test.describe(`Stapler in Server mode (${frames})`, { tag: '@server-only' }, () => {
    test.use({ serverFrames: frames });
    for (const { title, local, play } of STORIES)
      if (isFullRun || local.includes(frames))
        test(title, async ({ board }, testInfo) => {
          await mkdir(testInfo.outputPath(), { recursive: true });
          await play(board, frames, testInfo.outputPath());
        });
  });
}

test.describe('Stapler on a Server over https', () => {
  test.use({ serverFrames: 'other-origin', certificate: createCertificate(1), ignoreHTTPSErrors: true });

  for (const restAddress of ['http', 'as configured'] as const) {
    test(
      `attaches a file if the REST address is ${restAddress} @server-only`,
      {
        tag: [...ciOnlyUnless(restAddress === 'http')],
      },
      async ({ page, emulator }) => {
        const board = new Board(page, emulator);
        await board.open(7, { restAddress });
        const file = makeFile('build.log', 200_000);
        await board.pick(pickable(file));
        await expect(board.finished('1 file attached')).toBeVisible();
        expectAttached(emulator, 7, [file]);
      },
    );
  }
});
