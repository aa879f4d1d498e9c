import { expectAttached, makeFile } from '../e2e/files';
import { Form } from './form';
import { story } from './story';

story('The group and the tab load without an error', { tag: '@core' }, async ({ stage }) => {
  const { page } = (await Form.open(stage)).tab;
  await page.get('tab', 'Attachments').click();
  await page.inside('iframe[title="Attachments"]').text('Nothing is attached.').shown();
});

story('One picked file arrives byte for byte', { tag: '@core' }, async ({ stage }) => {
  const form = await Form.open(stage);
  const files = [makeFile('build.log', 200_000)];
  await form.pick(await stage.write(files));
  await form.finished('1 file attached');
  await form.stapler.text('1 of 100 attachments').shown();
  await form.tab.page.get('tab', 'Attachments (1)').shown();
  expectAttached(stage.emulator, 7, files);
});
