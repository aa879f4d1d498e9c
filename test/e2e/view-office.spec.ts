import { ELSEWHERE } from '../helpers/sample-files';
import { samplePresentation } from '../helpers/sample-presentation';
import { sampleWord } from '../helpers/sample-word';
import { zipOf } from '../helpers/sample-zip';
import { expect } from './fixtures';
import { story } from './gallery-story';
import { expectNoViolations } from './looks';

/** A bug without attachments. */
const EMPTY = 7;

story(
  'A Word document is shown with its lists, tables, changes, pictures and notes @both',
  async ({ gallery }) => {
    const { page, emulator, preview } = gallery;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    emulator.store.attach(EMPTY, [
      { name: 'report.docm', content: sampleWord() },
      { name: 'broken.docx', content: zipOf({ 'word/document.xml': '<w:document>' }) },
    ]);
    await gallery.open(EMPTY);
    const look = (name: string): Promise<void> =>
      gallery.row(name).getByRole('button', { name, exact: true }).click();
    await look('report.docm');
    const text = preview.getByRole('region', { name: 'Text of report.docm' });
    await expect(text.getByRole('heading')).toHaveText(['Release plan', 'Steps', 'Footnotes', 'Comments']);
    await expect(text.getByRole('list').first().getByRole('listitem')).toHaveText([
      /^1\.Build/,
      'a)Compile',
      'b)Test',
      '2.Publish',
    ]);
    await expect(text.getByRole('table').getByRole('columnheader')).toHaveText(['Part', 'Owner']);
    await expect(text.getByRole('deletion')).toHaveText('Monday');
    await expect(text.getByRole('insertion')).toHaveText('Tuesday');
    await expect(text.getByRole('link')).toHaveText('the page');
    await expect(text.getByText('at risk', { exact: true })).toHaveCSS('color', 'rgb(0, 0, 0)');
    await expect(text.getByText('Blocked', { exact: true })).toHaveCSS('color', 'rgb(218, 10, 0)');
    await expect(text.getByRole('paragraph').filter({ hasText: 'Blocked' })).toHaveCSS(
      'text-align',
      'center',
    );
    await expect(
      preview.getByText('Not shown: macros, headers and footers, 1 chart, 1 image.'),
    ).toBeVisible();
    const picture = text.getByRole('img', { name: 'A gradient' });
    await picture.scrollIntoViewIfNeeded();
    await expect(picture).toHaveJSProperty('naturalWidth', 64);
    await expect(text.getByText('[image not shown: A plan]')).toBeVisible();
    await expect(text.getByText('[chart: Revenue · North]')).toBeVisible();
    await text.getByRole('button', { name: 'Footnote 1' }).click();
    await expect(text.getByRole('button', { name: 'Back to the text' }).first()).toBeFocused();
    await expectNoViolations(page, 'a Word document');
    await gallery.expectInWorkersOnly(requests, 'read-word.js');
    expect(requests.filter((url) => url.startsWith(ELSEWHERE))).toEqual([]);
    await preview.getByRole('button', { name: 'Parts' }).click();
    await expect(preview.getByText('word/vbaProject.bin')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);

    await look('broken.docx');
    await expect(preview.getByText(/can't be shown as a document, so its parts are listed/)).toBeVisible();
    await expect(preview.getByText('word/document.xml')).toBeVisible();
  },
);

story('A presentation is shown slide by slide, with notes and pictures @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  emulator.store.attach(EMPTY, [{ name: 'plan.pptm', content: samplePresentation() }]);
  await gallery.open(EMPTY);
  await gallery.row('plan.pptm').getByRole('button', { name: 'plan.pptm', exact: true }).click();
  const text = preview.getByRole('region', { name: 'Text of plan.pptm' });
  await expect(text.getByRole('heading', { level: 3 })).toHaveText([
    'Slide 1 Quarterly plan',
    'Slide 2 Figures',
    /^Slide 3 \(hidden\) Kept back$/,
  ]);
  const first = text.getByRole('region', { name: 'Slide 1', exact: true });
  await expect(first.getByRole('listitem').first()).toHaveText('•First point◦A detail');
  await expect(first.getByRole('group', { name: 'Notes' })).toContainText('Say hello first.');
  await expect(first.getByRole('img', { name: 'A gradient' })).toHaveJSProperty('naturalWidth', 64);
  await expect(first.getByText('[video: The demo]')).toBeVisible();
  await expect(text.getByText('[diagram: Plan · Do]')).toBeVisible();
  await expect(preview.getByRole('status').filter({ hasText: '3 slides' })).toBeVisible();
  await expect(preview.getByText(/^Not shown: macros, 1 chart, 1 diagram, 1 recording/)).toBeVisible();
  await expectNoViolations(page, 'a presentation');
  await gallery.expectInWorkersOnly(requests, 'read-slides.js');
  expect(requests.filter((url) => url.startsWith(ELSEWHERE))).toEqual([]);
  await preview.getByRole('button', { name: 'Parts' }).click();
  await expect(preview.getByText('ppt/presentation.xml')).toBeVisible();
});
