import { createCliStage, sha256 } from '../../../../helpers/cli';

const stage = createCliStage();
const { run, write, attachedTo } = stage;

/** Work item without attachments. */
const ITEM = 8;
const OTHER = 9;

beforeEach(() => {
  write('a.png', 'picture');
  write('b.log', 'log');
});

test('attach attaches files with their comments', async () => {
  const before = attachedTo(ITEM).length;
  const { code, out, err } = await run(['attach', String(ITEM), 'a.png', 'b.log#fails in step 3']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/a\.png → .* 8: attached\nb\.log → .* 8: attached\n2 files: 2 attached\.\n$/);
  expect(attachedTo(ITEM).slice(before)).toEqual([
    `a.png ${sha256('picture')}`,
    `b.log ${sha256('log')} fails in step 3`,
  ]);
});

test('attach knows by its own record what is attached already, and downloads nothing', async () => {
  await run(['attach', String(ITEM), 'a.png']);
  const { requests } = stage.emulator();
  const seen = requests.records.length;
  const { code, out } = await run(['attach', String(ITEM), 'a.png']);
  expect(code).toBe(0);
  expect(out).toContain('1 file: 0 attached, 1 already attached.');
  const later = requests.records
    .slice(seen)
    .map(({ method, url }) => `${method} ${url.replace(/^.*_apis/, '')}`);
  expect(later.filter((request) => request.includes('/attachments'))).toEqual([]);
});

test('attach compares the content with an attachment of another computer', async () => {
  await run(['attach', String(ITEM), 'a.png'], { env: { STAPLER_STATE: `${stage.folder}/other` } });
  const before = attachedTo(ITEM);
  const { out } = await run(['attach', String(ITEM), 'a.png']);
  expect(out).toContain('1 already attached');
  expect(attachedTo(ITEM)).toEqual(before);
});

test.each([
  ['keep', ['a.png', 'a (2).png'], '1 attached'],
  ['skip', ['a.png'], '1 skipped'],
  ['replace', ['a.png'], '1 attached'],
])('attach --on-duplicate %s treats a name with another content', async (action, names, summary) => {
  await run(['attach', String(ITEM), 'a.png']);
  write('a.png', 'another picture');
  const { code, out } = await run(['attach', String(ITEM), 'a.png', '--on-duplicate', action]);
  expect(code).toBe(0);
  expect(out).toContain(summary);
  expect(attachedTo(ITEM).map((each) => each.replace(/ [0-9a-f]{64}.*/, ''))).toEqual(names);
});

test('attach attaches a folder to several work items, with its folders in the comments', async () => {
  write('evidence/run 1/c.txt', 'c');
  write('evidence/d.txt', 'd');
  const { code, out } = await run(['attach', `${ITEM},${OTHER}`, 'evidence']);
  expect(code).toBe(0);
  expect(out).toContain('2 files: 4 attached.');
  for (const id of [ITEM, OTHER])
    expect(attachedTo(id).slice(-2)).toEqual([
      `d.txt ${sha256('d')} 📁 evidence`,
      `c.txt ${sha256('c')} 📁 evidence/run 1`,
    ]);
});

test('attach --manifest attaches the files of a list under their new names', async () => {
  write('lists/list.csv', `Work item,File,Name,Comment\n${ITEM},x/e.txt,first.txt,one\n${OTHER},x/e.txt,,\n`);
  write('lists/x/e.txt', 'e');
  const { code, err } = await run(['attach', '--manifest', 'lists/list.csv']);
  expect([code, err]).toEqual([0, '']);
  expect(attachedTo(ITEM).at(-1)).toBe(`first.txt ${sha256('e')} one`);
  expect(attachedTo(OTHER).at(-1)).toBe(`e.txt ${sha256('e')}`);
});

test('attach --dry-run prints the plan and changes nothing', async () => {
  const before = attachedTo(ITEM);
  const { code, lines } = await run(['attach', String(ITEM), 'a.png', '--dry-run', '--json']);
  expect(code).toBe(0);
  expect(lines).toMatchObject([
    { type: 'file', outcome: 'planned', workItemId: ITEM, file: 'a.png', name: 'a.png', bytes: 7 },
    { type: 'summary', planned: 1, attached: 0, exitCode: 0 },
  ]);
  expect(attachedTo(ITEM)).toEqual(before);
});
