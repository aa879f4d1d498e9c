/** @jest-environment jsdom */
import { bug, setUp } from './host-board';

const FIELD = 'System.Description';
const MARKDOWN = 'See **this**\n\n![a](https://example.com/a.png)';

/** Service on a form of Bug 7 with a description in Markdown. */
async function withMarkdown(markdownFieldTakes: 'markdown' | 'html') {
  const all = setUp({ markdownFieldTakes });
  const item = bug(7);
  all.rest.read.mockResolvedValue({
    ...item,
    fields: { ...item.fields, [FIELD]: MARKDOWN },
    multilineFieldsFormat: { [FIELD]: 'markdown' },
  });
  await all.board.open(7);
  return all;
}

test('A form that takes Markdown tells and stores it as it is', async () => {
  const { service, board } = await withMarkdown('markdown');
  expect(await service.getFieldValue(FIELD)).toBe(MARKDOWN);
  await service.setFieldValue(FIELD, `${MARKDOWN}\n\nb`);
  expect(board.activeForm.edits).toEqual({ [FIELD]: `${MARKDOWN}\n\nb` });
});

test('A form that takes HTML for Markdown converts it, in both directions', async () => {
  const { service, board } = await withMarkdown('html');
  const html = await service.getFieldValue(FIELD, { returnOriginalValue: true });
  expect(html).toBe('<p>See <strong>this</strong></p>\n<p><img src="https://example.com/a.png" alt="a"></p>');
  await service.setFieldValue(FIELD, '<p>1 * 2</p><div><img src="b.png" alt="b"></div>');
  expect(board.activeForm.edits).toEqual({ [FIELD]: '1 \\* 2\n\n![b](b.png)' });
  expect(await service.getFieldValue(FIELD)).toBe('<p>1 * 2</p>\n<p><img src="b.png" alt="b"></p>');
});

test('getFields lists the long texts of the type, also without a value', async () => {
  const { board, service } = setUp();
  await board.open(7);
  const fields = await service.getFields();
  expect(fields.map(({ referenceName }) => referenceName)).toEqual([
    ...['System.WorkItemType', 'System.Title', FIELD],
    ...['Microsoft.VSTS.TCM.ReproSteps', 'Microsoft.VSTS.TCM.SystemInfo', 'Custom.TestNotes'],
  ]);
});

test('readOnlyTexts refuses long texts only', async () => {
  const { board, service } = setUp({ readOnlyTexts: true });
  await board.open(7);
  expect(await service.setFieldValue(FIELD, 'x')).toBe(false);
  expect(await service.setFieldValue('System.Title', 'x')).toBe(true);
  expect(board.activeForm.edits).toEqual({ 'System.Title': 'x' });
});
