/** @jest-environment jsdom */
import type { FormFields, FormText } from '../../../../src/azure/host/form-fields';
import type { TextFormat } from '../../../../src/azure/rest/long-texts';
import { insertIntoField } from '../../../../src/gallery/insert/insert-into-field';
import { markdownOfHtml } from '../../../../packages/emulator/src/host/page/form/html';
import { htmlOfMarkdown } from '../../../../packages/emulator/src/rest/markdown-html';

const FIELD = 'System.Description';
const ADDRESS = 'https://dev.azure.com/fabrikam/_apis/wit/attachments/1?fileName=a.png';
const PICTURE = { html: `<div><img src="${ADDRESS}" alt="a"></div>`, markdown: `![a](${ADDRESS})` };

interface Scene {
  /** Text and format on the server. */
  readonly text?: string;
  readonly format?: TextFormat;
  /** Text with unsaved edits. Default: that of the server. */
  readonly edited?: string;
  /** Revision in the form; the server has 3. */
  readonly revision?: number;
  /** Conversion by the form. */
  readonly told?: (text: string) => string;
  readonly taken?: (text: string) => string;
  readonly fields?: Partial<FormFields>;
}

function stage(scene: Scene) {
  const { text = '', format = 'html', edited = text, revision = 3 } = scene;
  const { told = (same: string) => same, taken = (same: string) => same } = scene;
  let current = edited;
  const write = jest.fn<ReturnType<FormFields['write']>, [number, string, string]>((_id, _field, value) => {
    current = taken(value);
    return Promise.resolve('sent');
  });
  const read = jest.fn<ReturnType<FormFields['read']>, []>(() =>
    Promise.resolve<FormText>({ current: told(current), stored: told(text), revision }),
  );
  const form: FormFields = { list: () => Promise.resolve('failed'), read, write, ...scene.fields };
  const fields = [{ field: FIELD, name: 'Description', text, format }];
  const texts = { readTextFields: () => Promise.resolve({ project: 'Shop', revision: 3, fields }) };
  const insertion = { address: ADDRESS, label: 'a', width: 'full' } as const;
  const insert = () => insertIntoField(form, texts, { workItemId: 7, field: FIELD, insertion });
  return { insert, write, read, current: () => current };
}

/** As the emulator answers `markdownFieldTakes`. */
const TAKES = {
  markdown: {},
  html: { told: htmlOfMarkdown, taken: markdownOfHtml },
} as const;

describe('insertIntoField', () => {
  it.each<[string, Scene, string]>([
    ['an empty HTML field', {}, PICTURE.html],
    ['unsaved HTML', { text: '<p>a</p>', edited: '<p>b</p>' }, `<p>b</p>${PICTURE.html}`],
    ['an empty Markdown field', { format: 'markdown' }, PICTURE.markdown],
    ['unsaved Markdown', { format: 'markdown', text: 'a', edited: 'b' }, `b\n\n${PICTURE.markdown}`],
    [
      'Markdown with other line ends in the form',
      { format: 'markdown', text: 'a\r\nb', told: (text) => text.replace(/\r/g, '') },
      `a\nb\n\n${PICTURE.markdown}`,
    ],
    ['an older text in the form', { format: 'markdown', text: 'a', revision: 2 }, `a\n\n${PICTURE.markdown}`],
  ])('adds a picture to %s', async (_, scene, expected) => {
    const { insert, current } = stage(scene);
    expect(await insert()).toBe('inserted');
    expect(current()).toBe(expected);
  });

  it.each<[string, Scene]>([
    ['a text', { text: '# a' }],
    ['an unsaved text', { edited: '# b' }],
    ['both', { text: '# a', edited: '# b' }],
    ['an older text', { text: '# a', revision: 2 }],
    ['no text', {}],
  ])('leaves %s alone where a form takes HTML for Markdown', async (_, scene) => {
    const { insert, current } = stage({ ...scene, ...TAKES.html, format: 'markdown' });
    const before = current();
    expect(await insert()).toBe('no-markdown');
    expect(current()).toBe(before);
  });

  it('sends no Markdown to a form that tells HTML', async () => {
    const { insert, write } = stage({ ...TAKES.html, text: '# a', format: 'markdown' });
    await insert();
    expect(write).not.toHaveBeenCalled();
  });

  it('accepts HTML that the form writes in its own way', async () => {
    const { insert } = stage({ taken: (text) => text.replace('<img', '<img class="x"') });
    expect(await insert()).toBe('inserted');
  });

  it.each<[string, Scene, string]>([
    ['is read-only', { fields: { write: () => Promise.resolve('read-only') } }, 'read-only'],
    ['has another work item', { fields: { read: () => Promise.resolve('other-item') } }, 'other-item'],
    ['does not answer', { fields: { read: () => Promise.resolve('failed') } }, 'no-form'],
    ['ignores the change', { fields: { write: () => Promise.resolve('sent') } }, 'no-form'],
    ['hides the stored text', { text: 'a', told: () => '' }, 'no-form'],
    ['has a text with an open comment', { text: 'a <!-- b' }, 'no-place'],
  ])('changes nothing where a form %s', async (_, scene, outcome) => {
    const { insert, write } = stage(scene);
    expect(await insert()).toBe(outcome);
    expect(write.mock.calls).toEqual([]);
  });

  it('puts the old text back where a form removes the picture', async () => {
    const { insert, current } = stage({ text: 'a', taken: (text) => text.replace(/<.*/, '') });
    expect(await insert()).toBe('no-form');
    expect(current()).toBe('a');
  });

  it('says that it cannot tell where the old text does not come back', async () => {
    let count = 0;
    const { insert } = stage({ format: 'markdown', taken: () => `changed ${++count}` });
    expect(await insert()).toBe('unclear');
  });

  it('reads the field after an answer that was lost', async () => {
    const { insert, write, current } = stage({});
    const set = write.getMockImplementation()!;
    write.mockImplementation(async (...order) => {
      await set(...order);
      return 'failed';
    });
    expect(await insert()).toBe('inserted');
    expect(current()).toBe(PICTURE.html);
  });
});
