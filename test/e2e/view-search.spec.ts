import { ELSEWHERE, sampleFiles } from '../helpers/sample-files';
import { sampleNotebook } from '../helpers/sample-notebook';
import { samplePresentation } from '../helpers/sample-presentation';
import { sampleWord } from '../helpers/sample-word';
import { sampleWorkbook } from '../helpers/sample-workbook';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';
import { expectNoViolations } from './looks';

/** A bug without attachments. */
const EMPTY = 7;

story('Documents, tables, notebooks and mails are searched by keyboard @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const { keyboard } = page;
  const files = [
    { name: '1.docx', content: sampleWord(), query: 'compile' },
    { name: '2.pptx', content: samplePresentation(), query: 'A DETAIL' },
    { name: '3.xlsx', content: sampleWorkbook(), query: 'pássed' },
    { name: '4.ipynb', content: Buffer.from(sampleNotebook(ELSEWHERE)), query: 'nightly analysis' },
    { name: '5.eml', content: sampleFiles()['mail.eml'] ?? Buffer.alloc(0), query: 'see the attachment' },
  ];
  emulator.store.attach(EMPTY, files);
  await gallery.open(EMPTY);
  await gallery.button('Name').click();
  await gallery.row('1.docx').getByRole('button', { name: '1.docx', exact: true }).click();
  const search = preview.getByRole('search');
  const field = search.getByRole('searchbox', { name: 'Search in the file' });
  for (const { name, query } of files) {
    await expect(preview.getByRole('region', { name: new RegExp(` (?:of|in) ${name}$`) })).toBeVisible();
    await keyboard.press('Control+f');
    await expect(field).toBeFocused();
    await keyboard.type(query);
    await expect(search.getByRole('status')).toHaveText('1 of 1');
    await keyboard.press('Enter');
    await expect(search.getByRole('status')).toHaveText('1 of 1');
    if (name === '3.xlsx') await expectNoViolations(page, 'a search in a workbook');
    await field.fill('not in it');
    await expect(search.getByRole('status')).toHaveText('Nothing found');
    await keyboard.press('Escape');
    await expect(field).toHaveValue('');
    if (name !== '5.eml') await preview.getByRole('button', { name: 'Next file' }).click();
  }
});

story('The matches in a rendered text are marked and scrolled to @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const filler = 'Words without it.\n\n'.repeat(200);
  emulator.store.attach(EMPTY, [
    { name: '1.md', content: Buffer.from(`# Café\n\n${filler}The ca**fé**.\n\n${filler}A last cafe.\n`) },
  ]);
  await gallery.open(EMPTY);
  await gallery.row('1.md').getByRole('button', { name: '1.md', exact: true }).click();
  await expect(preview.getByText('A last cafe.')).toBeAttached();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('cafe');
  const search = preview.getByRole('search');
  await expect(search.getByRole('status')).toHaveText('1 of 3');
  await poll(() =>
    preview.evaluate(() =>
      ['viewer-match', 'viewer-current-match'].map((name) => CSS.highlights.get(name)?.size),
    ),
  ).toEqual([3, 1]);
  await expectNoViolations(page, 'a search in a text');
  await page.keyboard.press('Enter');
  await expect(preview.getByText('The café.')).toBeInViewport();
  await search.getByRole('button', { name: 'Next match' }).click();
  await expect(preview.getByText('A last cafe.')).toBeInViewport();
  await expect(search.getByRole('status')).toHaveText('3 of 3');
  await page.keyboard.press('Control+f');
  await page.keyboard.press('Shift+Enter');
  await expect(search.getByRole('status')).toHaveText('2 of 3');
});
