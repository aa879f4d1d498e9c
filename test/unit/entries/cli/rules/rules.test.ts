import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { clean } from '../../../../../src/upload/rules/metadata/clean';
import { createCliStage, sha256 } from '../../../../helpers/cli';
import { blobOf, bufferOf } from '../../../../helpers/picture-data';
import { RandomTexts, githubToken } from '../../../../helpers/planted-secrets';
import { SAMPLE_EXIF, exifData, heicWith, jpegWith, pngWith } from '../../../../helpers/sample-picture';

const stage = createCliStage();
const { folder, run, write, attachedTo } = stage;

/** Work item without attachments. */
const ITEM = 8;
const EXIF = exifData(SAMPLE_EXIF, true);
const PHOTO = jpegWith(EXIF);
const TOKEN = githubToken(new RandomTexts(9));
const LOG = `one\nuse ${TOKEN}\n`;
const MASKED = LOG.replace(TOKEN, '*'.repeat(TOKEN.length));

let cleaned: Buffer;
beforeAll(async () => {
  cleaned = await bufferOf((await clean(blobOf(PHOTO))).bytes);
});
beforeEach(() => {
  write('photo.jpg', PHOTO);
  write('build.log', LOG);
  rmSync(join(folder, 'state'), { recursive: true, force: true });
});

/** Texts of all files below the state folder. */
function stateText(): string {
  const root = join(folder, 'state');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

test('attach removes the place of a photo, records both hashes, and knows it as attached the next time', async () => {
  const { code, out, err } = await run(['attach', String(ITEM), 'photo.jpg']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^photo\.jpg: location removed\nphoto\.jpg → .*: attached\n/);
  expect(attachedTo(ITEM)).toEqual([`photo.jpg ${sha256(cleaned)}`]);
  expect(stateText()).toContain(`"sha256":"${sha256(cleaned)}"`);
  expect(stateText()).toContain(`"originalSha256":"${sha256(PHOTO)}"`);
  const again = await run(['attach', String(ITEM), 'photo.jpg']);
  expect(again.out).toContain('0 attached, 1 already attached');
  rmSync(join(folder, 'state'), { recursive: true });
  const elsewhere = await run(['attach', String(ITEM), 'photo.jpg']);
  expect(elsewhere.out).toContain('0 attached, 1 already attached');
  expect(attachedTo(ITEM)).toHaveLength(1);
});

test('attach tells with --json which metadata is removed or kept', async () => {
  write('phone.heic', heicWith(EXIF));
  write('cut.jpg', PHOTO.subarray(0, 90));
  const { lines } = await run(['attach', String(ITEM), 'photo.jpg', 'phone.heic', 'cut.jpg', '--json']);
  expect(lines.filter(({ type }) => type === 'metadata')).toEqual([
    {
      ...{ type: 'metadata', file: 'photo.jpg', outcome: 'removed', format: 'jpeg' },
      removed: { location: true, thumbnail: false, trailingBytes: 0, other: false },
    },
    { type: 'metadata', file: 'phone.heic', outcome: 'kept', format: 'heic', reason: 'format' },
    { type: 'metadata', file: 'cut.jpg', outcome: 'kept', format: 'jpeg', reason: 'damaged' },
  ]);
  expect(attachedTo(ITEM).map((each) => each.split(' ')[1])).toEqual(
    [cleaned, heicWith(EXIF), PHOTO.subarray(0, 90)].map(sha256),
  );
});

test('attach --metadata keep attaches a photo as it is', async () => {
  const { code, out } = await run(['attach', String(ITEM), 'photo.jpg', '--metadata', 'keep']);
  expect([code, out]).toEqual([0, expect.not.stringContaining('removed')]);
  expect(attachedTo(ITEM)).toEqual([`photo.jpg ${sha256(PHOTO)}`]);
});

const RULES = [
  ['warn', 0, LOG, 'They stay in the attachment.', 'warned'],
  ['mask', 0, MASKED, 'They are masked in the attachment.', 'masked'],
  ['block', 4, undefined, 'It is not attached.', 'refused'],
  ['off', 0, LOG, '', undefined],
] as const;

test.each(RULES)(
  'attach --secrets %s treats a token, and prints it nowhere',
  async (rule, code, sent, words, outcome) => {
    const command = ['attach', String(ITEM), 'build.log', '--secrets', rule];
    const plan = await run([...command, '--dry-run']);
    expect(plan.code).toBe(code);
    expect(plan.err).toContain(words);
    expect(attachedTo(ITEM)).toEqual([]);
    const result = await run(command);
    expect(result.code).toBe(code);
    expect(result.err).toContain(words);
    if (outcome)
      expect(result.err).toMatch(/^build\.log: 1 secret\. .*\n {2}line 2, github-token: use \*{16}\n/);
    expect(attachedTo(ITEM)).toEqual(sent === undefined ? [] : [`build.log ${sha256(sent)}`]);
    const again = await run([...command, '--json']);
    expect(again.code).toBe(code);
    expect(again.lines.filter(({ type }) => type === 'secrets')).toEqual(
      outcome === undefined
        ? []
        : [
            {
              ...{ type: 'secrets', file: 'build.log', outcome, count: 1 },
              findings: [{ rule: 'github-token', line: 2, column: 5, excerpt: `use ${'*'.repeat(16)}` }],
            },
          ],
    );
    expect(again.lines.find(({ type }) => type === 'file')).toMatchObject(
      sent === undefined ? { outcome: 'failed', reason: 'has-secrets' } : { outcome: 'already-there' },
    );
    for (const { out, err } of [plan, result, again]) expect(out + err).not.toContain(TOKEN.slice(4));
    expect(stateText()).not.toContain(TOKEN.slice(4));
  },
);

test('attach --secrets block attaches the other files', async () => {
  write('good.txt', 'good');
  const { code, err } = await run(['attach', String(ITEM), 'build.log', 'good.txt', '--secrets', 'block']);
  expect([code, err]).toEqual([4, expect.stringMatching(/build\.log → .*: not attached\. It has secrets/)]);
  expect(attachedTo(ITEM)).toEqual([`good.txt ${sha256('good')}`]);
});

test('attach --manifest masks a file for several work items, and sends it once', async () => {
  write('list.csv', `Work item,File\n${ITEM},build.log\n9,build.log\n`);
  expect((await run(['attach', '--manifest', 'list.csv', '--secrets', 'mask'])).code).toBe(0);
  for (const id of [ITEM, 9]) expect(attachedTo(id)).toEqual([`build.log ${sha256(MASKED)}`]);
});

test('insert attaches a cleaned image once, and refuses one with a secret', async () => {
  const photo = pngWith(EXIF);
  write('photo.png', photo);
  const content = await bufferOf((await clean(blobOf(photo))).bytes);
  const command = ['insert', String(ITEM), '--field', 'Description', 'photo.png'];
  const { code, out } = await run(command);
  expect([code, out]).toEqual([0, expect.stringMatching(/^photo\.png: location removed\n.*: inserted\n/)]);
  expect((await run(command)).out).toContain('already inserted');
  expect(attachedTo(ITEM)).toEqual([`photo.png ${sha256(content)}`]);
  write('chart.svg', `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!-- ${TOKEN} --></svg>`);
  const refused = await run(['insert', String(ITEM), '--comment', 'chart.svg', '--secrets', 'block']);
  expect([refused.code, refused.err]).toEqual([4, expect.stringContaining('Nothing was attached.')]);
  expect(attachedTo(ITEM)).toHaveLength(1);
});

test('A wrong rule is a wrong argument', async () => {
  const { code, err } = await run(['attach', String(ITEM), 'photo.jpg', '--secrets', 'some']);
  expect([code, err]).toEqual([
    64,
    expect.stringContaining('--secrets must be one of warn, mask, block, off'),
  ]);
});
