import { ELSEWHERE, sampleFiles } from '../helpers/sample-files';
import { codeCell, notebookOf, OLD_NOTEBOOK, sampleNotebook } from '../helpers/sample-notebook';
import { expect } from './fixtures';
import { story } from './gallery-story';
import { expectNoViolations } from './looks';

/** A bug without attachments. */
const EMPTY = 7;

story('A notebook shows text, code and outputs, and runs nothing @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const numbers = Array.from({ length: 3_000 }, (_, index) => `row ${index}\n`);
  emulator.store.attach(EMPTY, [
    { name: '1.ipynb', content: Buffer.from(sampleNotebook(ELSEWHERE)) },
    { name: '2.ipynb', content: Buffer.from(OLD_NOTEBOOK) },
    {
      name: '3.ipynb',
      content: Buffer.from(
        notebookOf([codeCell('loop()', [{ output_type: 'stream', name: 'stdout', text: numbers }])]),
      ),
    },
    { name: '4.ipynb', content: sampleFiles()['data.json'] ?? Buffer.alloc(0) },
  ]);
  await gallery.open(EMPTY);
  await gallery.button('Name').click();
  await gallery.row('1.ipynb').getByRole('button', { name: '1.ipynb', exact: true }).click();
  const cells = preview.getByRole('list', { name: 'Cells of 1.ipynb' });
  await expect(preview.getByRole('heading', { name: 'Nightly analysis' })).toBeVisible();
  await expect(cells).toContainText('print(len(rows))');
  await expect(preview.getByText('5 cells · Python 3 (ipykernel)')).toBeVisible();
  await expect(preview.getByRole('img', { name: 'The machines' })).toHaveJSProperty('naturalWidth', 1);
  await expectNoViolations(page, 'notebook');
  await cells.locator('..').focus();
  await page.keyboard.press('End');
  await expect(preview.getByText('Only for nbconvert')).toBeInViewport();
  await expect(preview.getByText('IndexError: list index out of range')).toBeVisible();
  await preview.getByText("This output is HTML and isn't shown.").scrollIntoViewIfNeeded();
  await expect(preview.getByRole('img', { name: '<Figure size 1x1>' })).toBeVisible();
  await preview.getByRole('button', { name: 'Source', exact: true }).click();
  await expect(preview.getByText('"nbformat_minor":5', { exact: false }).first()).toBeVisible();

  const next = preview.getByRole('button', { name: 'Next file' });
  await next.click();
  await expect(preview.getByRole('heading', { name: 'Old heading' })).toBeVisible();
  await expect(preview.getByText('Code [7]')).toBeVisible();

  await next.click();
  const more = preview.getByRole('button', { name: /characters left/ });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(preview.getByText('row 1000', { exact: true })).toBeAttached();

  await next.click();
  await expect(preview.getByText("isn't a notebook, so it's shown as JSON.")).toBeVisible();
  await expect(preview.getByText('12345678901234567890')).toBeVisible();
  expect(requests.filter((url) => url.startsWith(ELSEWHERE))).toEqual([]);
  await gallery.expectInWorkersOnly(requests, 'read-notebook.js');
});
