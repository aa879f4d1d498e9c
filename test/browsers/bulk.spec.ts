import { expectAttached, makeFile } from '../e2e/files';
import { story } from './story';

story(
  'Files are planned, attached to several work items and reported',
  { tag: '@core' },
  async ({ stage }) => {
    const { emulator } = stage;
    const tab = await stage.newTab();
    await tab.goto(`${emulator.hostUrl}?panel=closed`);
    await tab.page.get('link', 'Queries').click();
    const grid = tab.page.get('grid', 'Query results');
    for (const id of [7, 8, 9])
      await grid.get('row', new RegExp(`\\b${id} (Bug|Task|User Story)\\b`)).click({ isWithControl: id > 7 });
    await tab.page.get('button', 'Attach files').click();
    const panel = tab.page.inside('[role="dialog"] iframe');
    await panel.get('heading', '3 work items').shown();

    const files = Array.from({ length: 10 }, (_, index) => makeFile(`file ${index}.bin`, 1_000 + index));
    await panel.hidden('input[type="file"]:not([webkitdirectory])').pick(await stage.write(files));
    await panel.get('status').including('30 attachments').shown();
    await panel.get('button', 'Attach 10 files to 3 work items').click();
    await panel.get('heading', '30 of 30 attached').shown();
    for (const id of [7, 8, 9]) expectAttached(emulator, id, files);
  },
);
