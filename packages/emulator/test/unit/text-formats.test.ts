import type { Emulator } from '../../src/running-emulator';
import { inBatch, patch, refusal, send, sendBatch, start } from './client';

interface Answer {
  rev: number;
  multilineFieldsFormat?: Record<string, string>;
}

const description = 'System.Description';
const preview = '7.2-preview.3';

const write = (value: string, field = description) => ({ op: 'add', path: `/fields/${field}`, value });
const format = (value: string, field = description, op = 'add') => ({
  op,
  path: `/multilineFieldsFormat/${field}`,
  value,
});

describe('in Services', () => {
  let emulator: Emulator;

  beforeAll(async () => void (emulator = await start()));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  const change = (operations: readonly unknown[], version = preview) =>
    send(emulator, '_apis/wit/workitems/8', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json-patch+json' },
      body: JSON.stringify(operations),
      version,
    });
  const formats = async (version = preview, query = '') => {
    const response = await send(emulator, `_apis/wit/workitems/8${query}`, { version });
    return ((await response.json()) as Answer).multilineFieldsFormat;
  };

  test.each([
    ['Markdown', 'add'],
    ['markdown', 'replace'],
  ])('a patch makes a text %s by %s', async (value, op) => {
    const response = await change([write('**Bold**'), format(value, description, op)]);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      rev: 2,
      fields: { [description]: '**Bold**' },
      multilineFieldsFormat: { [description]: 'markdown' },
    });
    expect(await formats()).toEqual({ [description]: 'markdown' });
  });

  test('each text has a format of its own, custom ones included', async () => {
    await change([
      write('<b>Steps</b>', 'Microsoft.VSTS.TCM.ReproSteps'),
      write('*Notes*', 'Custom.TestNotes'),
      format('Markdown', 'Custom.TestNotes'),
      write('- Done', 'Microsoft.VSTS.Common.AcceptanceCriteria'),
      format('html', 'Microsoft.VSTS.Common.AcceptanceCriteria'),
    ]);
    expect(await formats()).toEqual({
      [description]: 'html',
      'Microsoft.VSTS.TCM.ReproSteps': 'html',
      'Microsoft.VSTS.Common.AcceptanceCriteria': 'html',
      'Custom.TestNotes': 'markdown',
    });
  });

  test('a text keeps its format when it is changed or cleared', async () => {
    await change([write('**Bold**'), format('Markdown')]);
    await change([write('*Italic*')]);
    expect(await formats()).toEqual({ [description]: 'markdown' });
    await change([{ op: 'remove', path: `/fields/${description}` }]);
    expect(await formats()).toBeUndefined();
    await change([write('Again')]);
    expect(await formats()).toEqual({ [description]: 'markdown' });
  });

  test('Markdown cannot become HTML again', async () => {
    await change([write('**Bold**'), format('Markdown')]);
    const response = await change([write('<b>Bold</b>'), format('Html')]);
    expect(response.status).toBe(400);
    expect(emulator.store.workItem(8)).toMatchObject({ rev: 2, fields: { [description]: '**Bold**' } });
  });

  test.each([
    ['another format without another text', [format('Markdown')], /together with its value/],
    ['a format of a title', [write('x', 'System.Title'), format('Markdown', 'System.Title')], /value type/],
    ['a format of an unknown field', [write('x', 'Custom.X'), format('Markdown', 'Custom.X')], /value type/],
    ['an unknown format', [write('x'), format('rtf')], /"rtf" is not known/],
    ['the removal of a format', [{ op: 'remove', path: `/multilineFieldsFormat/${description}` }], /remove/],
  ])('a patch with %s is refused', async (_what, operations, message) => {
    const response = await change(operations);
    expect(response.status).toBe(400);
    expect((await refusal(response)).message).toMatch(message);
    expect(emulator.store.workItem(8).rev).toBe(1);
  });

  test('new work items, batches and revisions have formats', async () => {
    const created = await send(emulator, 'Fabrikam/_apis/wit/workitems/$Bug', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json-patch+json' },
      body: JSON.stringify([write('New', 'System.Title'), write('# Title'), format('Markdown')]),
      version: preview,
    });
    expect(await created.json()).toMatchObject({ multilineFieldsFormat: { [description]: 'markdown' } });
    const uri = `/_apis/wit/workitems/8?api-version=${preview}`;
    const batch = await sendBatch(emulator, [inBatch(uri, [write('# Title'), format('Markdown')])]);
    const [inner] = ((await batch.json()) as { value: { body: string }[] }).value;
    expect(JSON.parse(inner!.body)).toMatchObject({ multilineFieldsFormat: { [description]: 'markdown' } });
    const response = await send(emulator, '_apis/wit/workitems/8/revisions', { version: preview });
    const { value } = (await response.json()) as { value: Answer[] };
    expect(value.map(({ multilineFieldsFormat }) => multilineFieldsFormat)).toEqual([
      { [description]: 'html' },
      { [description]: 'markdown' },
    ]);
  });

  test('an answer with named fields has an empty map', async () => {
    expect(await formats(preview, `?fields=${description}`)).toEqual({});
  });

  test.each([
    ['from 7.2', '6.0', undefined],
    ['from 7.2', '7.1', undefined],
    ['from 7.2', preview, 'html'],
    ['always', '6.0', 'html'],
    ['always', '7.1', 'html'],
    ['always', preview, 'html'],
  ] as const)('textFormats %s decides about an answer in version %s', async (answer, version, expected) => {
    emulator.store.assumptions.textFormats = answer;
    expect((await formats(version))?.[description]).toBe(expected);
    await change([write('**Bold**'), format('Markdown')], version);
    expect(emulator.store.workItem(8).markdownFields).toEqual([description]);
  });
});

test('a server has HTML only', async () => {
  const emulator = await start({ mode: 'server' });
  const response = await patch(emulator, 8, [write('**Bold**'), format('Markdown')]);
  expect(response.status).toBe(400);
  emulator.store.assumptions.textFormats = 'always';
  const read = await send(emulator, '_apis/wit/workitems/8');
  expect(await read.json()).not.toHaveProperty('multilineFieldsFormat');
  await emulator.close();
});
