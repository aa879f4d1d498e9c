import { writeFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { attachmentsOf, expectAttached, makeFile, requestsOf } from '../e2e/files';
import { NAMES } from '../e2e/hostile';
import { Form } from './form';
import { until } from './scope';
import { story } from './story';

const MB = 1_000_000;

story('The group and the tab load without an error', { tag: '@core' }, async ({ stage }) => {
  const { page } = (await Form.open(stage)).tab;
  await page.get('tab', 'Files').click();
  await page.inside('iframe[title="Files"]').text('No attachments yet.').shown();
});

story('One picked file arrives byte for byte', { tag: '@core' }, async ({ stage }) => {
  const form = await Form.open(stage);
  const files = [makeFile('build.log', 200_000)];
  await form.pick(await stage.write(files));
  await form.finished('1 file attached');
  await form.count(1).shown();
  await form.tab.page.get('tab', 'Attachments (1)').shown();
  expectAttached(stage.emulator, 7, files);
});

story('20 files with names beyond ASCII arrive in one patch', async ({ stage }) => {
  const form = await Form.open(stage);
  const files = Array.from({ length: 20 }, (_, index) => makeFile(`é😀 報告 ${index}.txt`, 1_000 + index));
  await form.pick(await stage.write(files));
  await form.finished('20 files attached');
  expectAttached(stage.emulator, 7, files);
  expect(requestsOf(stage.emulator, 'PATCH', /workitems\/7/)).toHaveLength(1);
});

story('Dropped files arrive', async ({ stage }) => {
  const form = await Form.open(stage);
  const files = [makeFile('first.txt', 1_000), makeFile('second.txt', 2_000)];
  await form.dropZone.drop(files);
  await form.finished('2 files attached');
  expectAttached(stage.emulator, 7, files);
});

story('Pasted files arrive', async ({ stage }) => {
  const form = await Form.open(stage);
  const file = makeFile('report.pdf', 3_000);
  await form.dropZone.paste([file]);
  await form.finished('1 file attached');
  expect(attachmentsOf(stage.emulator, 7).map(({ size }) => size)).toEqual([3_000]);
});

story('A file of 60 MB arrives in chunks', { tag: '@core' }, async ({ stage }) => {
  const form = await Form.open(stage);
  const files = [makeFile('video.mp4', 59 * MB)];
  await form.pick(await stage.write(files));
  await form.finished('1 file attached');
  expectAttached(stage.emulator, 7, files);
  expect(requestsOf(stage.emulator, 'PUT', /attachments/).length).toBeGreaterThan(1);
});

story('A file that is saved again while it is sent is not attached', async ({ stage }) => {
  const { emulator } = stage;
  const form = await Form.open(stage);
  const [path = ''] = await stage.write([makeFile('report.docx', 59 * MB)]);
  emulator.setNetwork({ bytesPerSecond: 10 * MB });
  await form.pick([path]);
  await form.row('report.docx').shown();
  await until(
    () => Promise.resolve(requestsOf(emulator, 'PUT', /attachments/).length > 1 || undefined),
    () => 'No chunk is sent.',
  );
  await writeFile(path, makeFile('report.docx', 59 * MB).bytes);
  emulator.setNetwork({ bytesPerSecond: null });
  await form
    .row('report.docx')
    .including(/changed/)
    .shown();
  expectAttached(emulator, 7, []);
});

story('A paused upload resumes and arrives whole', async ({ stage }) => {
  const { emulator } = stage;
  const form = await Form.open(stage);
  const files = [makeFile('big.bin', 20 * MB)];
  emulator.setNetwork({ bytesPerSecond: 2 * MB });
  await form.pick(await stage.write(files));
  const bar = form.stapler.get('progressbar', 'Uploading big.bin');
  await bar.shown(({ attributes }) => Number(attributes['aria-valuenow']) > 0);
  await form.stapler.get('button', 'Pause big.bin').click();
  await form.row('big.bin').including('Paused').shown();
  await form.stapler.get('button', 'Resume big.bin').focused();
  emulator.setNetwork({ bytesPerSecond: null });
  await form.stapler.get('button', 'Resume big.bin').click();
  await form.finished('1 file attached');
  expectAttached(emulator, 7, files);
});

story('Files beside unsaved edits are attached by “Save and attach”', async ({ stage }) => {
  const form = await Form.open(stage);
  await form.tab.page.get('textbox', 'Description').fill('My own words');
  const files = [makeFile('one.bin', 10_000), makeFile('two.bin', 10_000)];
  await form.pick(await stage.write(files));
  await form.stapler.text('Save the work item to attach 2 files.').shown();
  expectAttached(stage.emulator, 7, []);
  await form.stapler.get('button', 'Save and attach').click();
  await form.finished('2 files attached');
  expectAttached(stage.emulator, 7, files);
  expect(stage.emulator.store.workItem(7).fields['System.Description']).toContain('My own words');
});

story('Files of a new item are attached with its first save', async ({ stage }) => {
  const { emulator } = stage;
  const form = await Form.open(stage);
  const before = emulator.store.workItemIds;
  const { page } = form.tab;
  await page.get('button', 'New work item').click();
  await page.get('menuitem', 'Bug').click();
  await form.count(0).shown();
  const files = [makeFile('first steps.txt', 5_000)];
  await form.pick(await stage.write(files));
  await form.row('first steps.txt').including('Save to attach').shown();
  await page.get('textbox', 'Title').fill('A new bug');
  await page.get('button', 'Save').click();
  await form.finished('1 file attached');
  const [id] = emulator.store.workItemIds.filter((each) => !before.includes(each));
  expectAttached(emulator, id!, files);
});

story('File names with markup stay text', async ({ stage }) => {
  const form = await Form.open(stage);
  await form.dropZone.drop(
    NAMES.map((name) => ({ name, bytes: Buffer.from(`<script>hacked = 1</script>${name}`) })),
  );
  await form.finished(`${NAMES.length} files attached`);
  await form.stapler.css('.attached-count').click();
  await form.stapler.get('grid', 'Attachments').shown();
  const shown = await form.stapler.css('.file-name').texts();
  expect(shown).toContain('<img src=x onerror="top.hacked=1;window.hacked=true">.txt');
  expect(await form.stapler.css('img[src="x"], script:not([src]), b, iframe, [onerror]').count()).toBe(0);
});
