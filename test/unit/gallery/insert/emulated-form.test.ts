/** @jest-environment jsdom */
import { bug, setUp } from '../../../../packages/emulator/test/unit/host-board';
import { sdkFormFields } from '../../../../src/azure/host/sdk-form-fields';
import type { TextFormat } from '../../../../src/azure/rest/long-texts';
import { insertIntoField } from '../../../../src/gallery/insert/insert-into-field';
import type * as FakeSdk from '../../azure/host/fake-sdk';
import { serveForm } from '../../azure/host/fake-sdk';

jest.mock(
  'azure-devops-extension-sdk',
  () => jest.requireActual<typeof FakeSdk>('../../azure/host/fake-sdk').sdk,
);

const FIELD = 'System.Description';
const PICTURE = { address: 'https://dev.azure.com/a.png', label: 'a', width: 'full' } as const;

/** The form of the emulator on Bug 7, with a description. */
async function openForm(text: string, format: TextFormat, markdownFieldTakes: 'markdown' | 'html') {
  const { board, rest, service } = setUp({ markdownFieldTakes });
  const item = bug(7);
  rest.read.mockResolvedValue({
    ...item,
    fields: { ...item.fields, [FIELD]: text },
    multilineFieldsFormat: { [FIELD]: format },
  });
  await board.open(7);
  serveForm(service);
  const fields = [{ field: FIELD, name: 'Description', text, format }];
  const texts = { readTextFields: () => Promise.resolve({ project: 'Fabrikam', revision: 1, fields }) };
  const insert = () =>
    insertIntoField(sdkFormFields, texts, { workItemId: 7, field: FIELD, insertion: PICTURE });
  return { board, insert, edit: (value: string) => board.setValues({ [FIELD]: value }) };
}

test.each(['markdown', 'html'] as const)(
  'HTML is inserted and reverted in a form that takes %s',
  async (takes) => {
    const { board, insert } = await openForm('<p>b</p>', 'html', takes);
    expect(await insert()).toBe('inserted');
    expect(board.activeForm.edits).toEqual({
      [FIELD]: '<p>b</p><div><img src="https://dev.azure.com/a.png" alt="a"></div>',
    });
    board.reset();
    expect(board.activeForm.edits).toEqual({});
  },
);

test('Markdown is inserted in a form that takes Markdown', async () => {
  const { board, insert } = await openForm('# b', 'markdown', 'markdown');
  expect(await insert()).toBe('inserted');
  expect(board.activeForm.edits).toEqual({ [FIELD]: '# b\n\n![a](https://dev.azure.com/a.png)' });
});

test.each([
  ['a text', '# b', undefined],
  ['a text with unsaved edits', '# b', '# c'],
  ['no text', '', undefined],
  ['unsaved edits alone', '', '# c'],
])('A form that takes HTML for Markdown keeps %s', async (_, text, edited) => {
  const { board, insert, edit } = await openForm(text, 'markdown', 'html');
  if (edited !== undefined) edit(edited);
  expect(await insert()).toBe('no-markdown');
  expect(board.activeForm.edits).toEqual(edited === undefined ? {} : { [FIELD]: edited });
});

test('A form with another work item is left alone', async () => {
  const { board, insert } = await openForm('b', 'html', 'markdown');
  await board.openNew('Bug');
  expect(await insert()).toBe('other-item');
  expect(board.activeForm.edits).toEqual({});
});
