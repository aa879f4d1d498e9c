import { createHash } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { Board } from './board';
import { attachmentsOf, makeFile, pickable, requestsOf, type TestFile } from './files';
import { expect } from './fixtures';
import { GalleryPage } from './gallery-story';
import { type HubPage, story } from './hub-story';

/** The question about a file of another work item. */
function questionOf(board: Board): Locator {
  return board.stapler.getByRole('group', { name: 'Files on other work items' });
}

/** Opens bug 7 after the hub has read the project, with this file on bug 8. */
async function begin(page: Page, hub: HubPage, { name, bytes }: TestFile): Promise<Board> {
  hub.emulator.store.attach(8, [{ name, content: bytes }]);
  await hub.open();
  await hub.build();
  const board = new Board(page, hub.emulator);
  await board.open(7);
  return board;
}

/** The attachment of bug 8 with this name. */
function onOther({ emulator }: HubPage, name: string): string {
  return attachmentsOf(emulator, 8).find((file) => file.name === name)!.attachmentId;
}

/** Adds an answer to those of the organization, as the check does. Returns the number of stored lists of answers. */
function addAnswer(board: Board, answer: Record<string, boolean>): Promise<number> {
  return board.stapler.locator('body').evaluate((_, added) => {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith('stapler-learned '));
    for (const key of keys) {
      const known = JSON.parse(localStorage.getItem(key)!) as object;
      localStorage.setItem(key, JSON.stringify({ ...known, ...added }));
    }
    return keys.length;
  }, answer);
}

const uploads = (hub: HubPage): readonly string[] => requestsOf(hub.emulator, 'POST', /wit\/attachments/);

story(
  'The form links the file of another work item instead of an upload, once @services-only',
  async ({ hub, page }) => {
    const file = makeFile('spec.pdf', 150_000);
    const board = await begin(page, hub, file);
    const { emulator } = hub;
    const sent = uploads(hub).length;
    const before = attachmentsOf(emulator, 7).length;

    await board.pick([
      pickable({ name: 'requirements.pdf', bytes: file.bytes }),
      pickable(makeFile('other.pdf', 150_000)),
    ]);
    const question = questionOf(board);
    await expect(question.getByRole('status')).toHaveText(
      /^The same file is on #8 as “.spec.pdf.”. If it's removed from there, it might be lost here too.$/,
    );
    await expect(board.row('requirements.pdf')).toContainText('Waiting for your answer');
    // The default until the organization has shown that a second link keeps the bytes.
    await expect(question.getByRole('button', { name: 'Upload' })).toHaveClass(/primary/);
    // A file of the same size with other bytes is uploaded meanwhile.
    await expect(board.finished('1 file attached')).toBeVisible();
    const revision = emulator.store.workItem(7).rev;
    // The answer to the link is lost: it is not repeated.
    emulator.setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at: 'link' }] });
    await question.getByRole('button', { name: 'Link that' }).press('Enter');
    await expect(board.finished('2 files attached')).toBeVisible();
    await expect(question).toBeHidden();

    expect(uploads(hub)).toHaveLength(sent + 1);
    expect(emulator.store.workItem(7).rev).toBe(revision + 1);
    const source = onOther(hub, 'spec.pdf');
    const linked = attachmentsOf(emulator, 7).filter(({ attachmentId }) => attachmentId === source);
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    expect(linked).toMatchObject([{ name: 'requirements.pdf', size: 150_000, sha256 }]);
    expect(attachmentsOf(emulator, 7)).toHaveLength(before + 2);
  },
);

story(
  'The form suggests the link once a second link is known to keep a file, and uploads if it is gone @services-only',
  async ({ hub, page }) => {
    const file = makeFile('spec.pdf', 20_000);
    const board = await begin(page, hub, file);
    const { emulator } = hub;
    // Their names are the first answer of the organization that is stored.
    await board.pick(['a.txt', 'b.txt'].map((name) => pickable(makeFile(name, 10))));
    await expect(board.finished('2 files attached')).toBeVisible();
    await expect.poll(() => addAnswer(board, { secondLinkKeeps: true })).toBe(1);
    await board.pick(pickable({ name: 'copy.pdf', bytes: file.bytes }));
    const question = questionOf(board);
    await expect(question.getByRole('status')).toHaveText(/^The same file is on #8 as “.spec.pdf.”.$/);
    await expect(question.getByRole('button', { name: 'Link that' })).toHaveClass(/primary/);

    const sent = uploads(hub).length;
    const source = onOther(hub, 'spec.pdf');
    const other = emulator.store.workItem(8);
    emulator.store.save({ ...other, relations: other.relations.filter(({ url }) => !url.includes(source)) });
    await question.getByRole('button', { name: 'Link that' }).click();
    await expect(board.finished('3 files attached')).toBeVisible();
    expect(uploads(hub)).toHaveLength(sent + 1);
    const ids = attachmentsOf(emulator, 7).map(({ attachmentId }) => attachmentId);
    expect(ids).not.toContain(source);
  },
);

story(
  'The Files tab links the file of another work item instead of an upload @services-only',
  async ({ hub, page }) => {
    const file = makeFile('spec.pdf', 150_000);
    await begin(page, hub, file);
    const gallery = new GalleryPage(page, hub.emulator);
    await gallery.show();
    const sent = uploads(hub).length;
    const chooser = page.waitForEvent('filechooser');
    await gallery.button('Upload').click();
    await (await chooser).setFiles(pickable({ name: 'requirements.pdf', bytes: file.bytes }));
    const question = gallery.content.getByRole('group', { name: 'Files on other work items' });
    await question.getByRole('button', { name: 'Link that' }).press('Enter');
    await expect(gallery.row('requirements.pdf')).toBeVisible();
    await expect(question).toBeHidden();
    expect(uploads(hub)).toHaveLength(sent);
    const ids = attachmentsOf(hub.emulator, 7).map(({ attachmentId }) => attachmentId);
    expect(ids.filter((id) => id === onOther(hub, 'spec.pdf'))).toHaveLength(1);
  },
);
