import { corpus } from '../corpus/corpus';
import { waitForOutcome } from '../corpus/outcome';
import { ciOnlyUnless } from './ci-only';
import { expect } from './fixtures';
import { story } from './gallery-story';

/** A bug without attachments. */
const EMPTY = 7;

/** Groups of files, each with some of every kind. */
const GROUPS = 6;

for (let group = 0; group < GROUPS; group++)
  story(
    `Each file of the corpus is shown or refused with a reason, group ${group + 1} @services-only`,
    { tag: [...ciOnlyUnless(group === 0)] },
    async ({ gallery }) => {
      const { emulator, preview } = gallery;
      const files = corpus().filter((_, index) => index % GROUPS === group);
      emulator.store.attach(EMPTY, [...files]);
      await gallery.open(EMPTY);
      await gallery.content.getByRole('button', { name: 'Name', exact: true }).click();
      const [first = ''] = await gallery.names();
      const byName = new Map(files.map((file) => [file.name, file]));
      await gallery.row(first).getByRole('button', { name: first, exact: true }).click();
      const wrong: string[] = [];
      for (let index = 1; index <= files.length; index++) {
        await expect(preview.getByText(`${index} of ${files.length}`, { exact: true })).toBeVisible();
        const name = (await preview.getAttribute('aria-label'))!.replace(/^Preview of /, '');
        await waitForOutcome(preview, byName.get(name)!).catch(() => wrong.push(name));
        if (index < files.length) await preview.getByRole('button', { name: 'Next file' }).click();
      }
      expect(wrong).toEqual([]);
    },
  );
