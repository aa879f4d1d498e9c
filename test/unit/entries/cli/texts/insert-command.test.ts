import { attachmentIdIn } from 'azure-devops-emulator';
import { createCliStage, sha256 } from '../../../../helpers/cli';
import { samplePng } from '../../../../helpers/sample-png';

const stage = createCliStage();
const { run, write, attachedTo } = stage;

/** Work item with a description and without attachments. */
const ITEM = 8;
/** Its description is in Markdown. */
const STORY = 12;
const READ_ONLY = 21;

const PICTURE = samplePng(4, 4);
const DESCRIPTION = 'System.Description';

beforeEach(() => {
  write('shot.png', PICTURE);
  write('other.png', samplePng(5, 5));
});

function textOf(id: number, field = DESCRIPTION): string {
  const text = stage.emulator().store.workItem(id).fields[field];
  return typeof text === 'string' ? text : '';
}

function shows(text: string): number {
  return text.match(/_apis\/wit\/attachments\//g)?.length ?? 0;
}

function revisionOf(id: number): number {
  return stage.emulator().store.workItem(id).rev;
}

test('insert attaches an image and shows it in a field, in one revision', async () => {
  const before = { text: textOf(ITEM), revision: revisionOf(ITEM) };
  const { code, out, err } = await run(['insert', '8', '--field', 'Description', 'shot.png']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^shot\.png → .* 8, Description: inserted\n1 image: 1 inserted\.\n$/);
  expect(attachedTo(ITEM)).toEqual([`shot.png ${sha256(PICTURE)}`]);
  const { relations } = stage.emulator().store.workItem(ITEM);
  const id = attachmentIdIn(relations.find(({ rel }) => rel === 'AttachedFile')?.url ?? '');
  expect(textOf(ITEM)).toBe(
    `${before.text}<div><img src="${stage.emulator().restBaseUrl}_apis/wit/attachments/${id}?fileName=shot.png" alt="shot" width="300"></div>`,
  );
  expect(revisionOf(ITEM)).toBe(before.revision + 1);
});

test('insert takes the reference name of a field, an alternative text and the full width', async () => {
  const field = 'Microsoft.VSTS.TCM.ReproSteps';
  const options = ['--alt', 'A "red" box', '--width', 'full'];
  const { code } = await run(['insert', '8', '--field', field.toLowerCase(), 'shot.png', ...options]);
  expect(code).toBe(0);
  expect(textOf(ITEM, field)).toMatch(/^<div><img src="[^"]*" alt="A &#34;red&#34; box"><\/div>$/);
});

test('insert writes Markdown into a text in Markdown', async () => {
  const before = textOf(STORY);
  await run(['insert', '12', '--field', 'Description', 'shot.png']);
  expect(textOf(STORY).slice(before.length)).toMatch(/^\n\n!\[shot\]\(\S+fileName=shot\.png =300x\)$/);
});

test('insert adds nothing when the same command runs again', async () => {
  const command = ['insert', '8', '--field', 'Description', 'shot.png', 'other.png'];
  await run(command);
  const before = { text: textOf(ITEM), revision: revisionOf(ITEM) };
  const { code, lines } = await run([...command, '--json']);
  expect(code).toBe(0);
  expect(lines).toMatchObject([
    { type: 'image', outcome: 'already-inserted', file: 'shot.png', workItemId: ITEM },
    { type: 'image', outcome: 'already-inserted', file: 'other.png' },
    { type: 'summary', images: 2, inserted: 0, exitCode: 0 },
  ]);
  expect({ text: textOf(ITEM), revision: revisionOf(ITEM) }).toEqual(before);
});

test.each([['--field', 'Description'], ['--comment']])(
  'insert %s --dry-run tells the plan, and changes nothing',
  async (...target) => {
    const command = ['insert', '8', ...target, 'shot.png', 'other.png'];
    await run([...command.slice(0, -1)]);
    const { store, requests } = stage.emulator();
    const before = store.workItem(ITEM);
    const { length } = requests.records;
    const { code, out, err } = await run([...command, '--dry-run']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^shot\.png → .*: already inserted\nother\.png → .*: to be inserted\n2 images: 1 to be inserted\.\n$/,
    );
    const { lines } = await run([...command, '--dry-run', '--json']);
    expect(lines).toMatchObject([
      { type: 'image', outcome: 'already-inserted', name: 'shot.png' },
      { type: 'image', outcome: 'planned', name: 'other.png' },
      { type: 'summary', images: 2, inserted: 0, planned: 1, exitCode: 0 },
    ]);
    expect(store.workItem(ITEM)).toEqual(before);
    expect(requests.records.slice(length).filter(({ method }) => method === 'POST')).toEqual([]);
    expect((await run(command)).out).toContain('1 inserted');
  },
);

test.each([
  [String(READ_ONLY), 'Description', 3, "don't have permission to edit"],
  ['12', 'Description', 2, "Can't add an image at the end of Description"],
])('insert --dry-run into work item %s tells why it would fail', async (id, field, exitCode, words) => {
  const { store } = stage.emulator();
  const item = store.workItem(STORY);
  store.save({ ...item, fields: { ...item.fields, [DESCRIPTION]: '```\nunfinished' } });
  const { code, err } = await run(['insert', id, '--field', field, 'shot.png', '--dry-run']);
  expect([code, err]).toEqual([exitCode, expect.stringContaining(words)]);
});

test('insert shows an attached image without sending it again', async () => {
  await run(['attach', '8', 'shot.png']);
  const { code } = await run(['insert', '8', '--field', 'Description', 'shot.png']);
  expect([code, attachedTo(ITEM).length, shows(textOf(ITEM))]).toEqual([0, 1, 1]);
});

test('insert gives a number to an image whose name has another content', async () => {
  await run(['attach', '8', 'shot.png']);
  write('shot.png', samplePng(6, 6));
  await run(['insert', '8', '--field', 'Description', 'shot.png']);
  await run(['insert', '8', '--field', 'Description', 'shot.png']);
  expect(attachedTo(ITEM).map((each) => each.split('.png')[0])).toEqual(['shot', 'shot (2)']);
  expect(shows(textOf(ITEM))).toBe(1);
});

test('insert adds an image to the text that another user has changed meanwhile', async () => {
  const emulator = stage.emulator();
  const { store } = emulator;
  const other = '<div>Words of another user.</div>';
  emulator.interfere('link', () => {
    const item = store.workItem(ITEM);
    store.save({ ...item, fields: { ...item.fields, [DESCRIPTION]: other } });
  });
  const { code } = await run(['insert', '8', '--field', 'Description', 'shot.png']);
  expect(code).toBe(0);
  expect(textOf(ITEM)).toContain(other);
  expect([shows(textOf(ITEM)), attachedTo(ITEM).length]).toEqual([1, 1]);
});

test.each(['link-answer-lost', 'link-conflict', 'edited-inside'])(
  'insert adds an image once in spite of %s',
  async (name) => {
    stage.emulator().setNetwork({ faults: [{ name, remaining: 1 }] });
    const { code, out } = await run(['insert', '8', '--field', 'Description', 'shot.png']);
    expect([code, out]).toEqual([0, expect.stringContaining('1 inserted')]);
    expect([shows(textOf(ITEM)), attachedTo(ITEM).length]).toEqual([1, 1]);
  },
);

test('insert continues after an end between the upload and the change of the text', async () => {
  stage.emulator().setNetwork({ faults: [{ name: 'status-413', remaining: 1, at: 'link' }] });
  const command = ['insert', '8', '--field', 'Description', 'shot.png'];
  expect((await run(command)).code).toBe(4);
  expect([shows(textOf(ITEM)), attachedTo(ITEM).length]).toEqual([0, 0]);
  expect((await run(command)).code).toBe(0);
  expect([shows(textOf(ITEM)), attachedTo(ITEM).length]).toEqual([1, 1]);
});

test('insert --comment adds one comment with all images, once', async () => {
  const command = ['insert', '8', '--comment', 'shot.png', 'other.png'];
  expect((await run(command)).code).toBe(0);
  expect((await run(command)).code).toBe(0);
  const { comments } = stage.emulator().store.workItem(ITEM);
  expect(comments.map(({ text }) => shows(text))).toEqual([2]);
  expect(attachedTo(ITEM)).toHaveLength(2);
});

test('insert explains a work item that may not be changed', async () => {
  const { code, err } = await run(['insert', String(READ_ONLY), '--field', 'Description', 'shot.png']);
  expect([code, err]).toEqual([3, expect.stringContaining("don't have permission to edit")]);
  expect(shows(textOf(READ_ONLY))).toBe(0);
});

test('insert refuses a file that is no image, and attaches nothing', async () => {
  write('page.png', '<html>Sign in</html>');
  const { code, err } = await run(['insert', '8', '--field', 'Description', 'shot.png', 'page.png']);
  expect([code, err]).toEqual([2, "page.png isn't an image.\nNothing was attached.\n"]);
  expect(attachedTo(ITEM)).toEqual([]);
});

test('insert leaves a text alone that ends in code', async () => {
  const { store } = stage.emulator();
  const item = store.workItem(STORY);
  const text = '```\nunfinished';
  store.save({ ...item, fields: { ...item.fields, [DESCRIPTION]: text } });
  const { code, err } = await run(['insert', '12', '--field', 'Description', 'shot.png']);
  expect([code, err]).toEqual([2, expect.stringContaining("Can't add an image at the end of Description")]);
  expect([textOf(STORY), attachedTo(STORY)]).toEqual([text, []]);
});

test.each([
  [['8', 'shot.png'], 64, 'Which text?'],
  [['8', '--comment', '--field', 'Description', 'shot.png'], 64, 'Which text?'],
  [['8', '--comment'], 64, 'Which images?'],
  [['8', '--field', 'Steps', 'shot.png'], 2, 'There is no text field "Steps".\nFields: '],
])('insert explains %j', async (args, exitCode, words) => {
  const { code, err } = await run(['insert', ...args]);
  expect([code, err]).toEqual([exitCode, expect.stringContaining(words)]);
});
