import type { createCheckWork } from '../../../../src/upload/checks/check-work';
import { NetworkError } from '../../../../src/base/errors';
import { createDeferred, flush } from '../../../helpers/deferred';
import { SAMPLE_EXIF, exifData, heicWith, jpegWith, pngWith, xmpWith } from '../../../helpers/sample-picture';
import { DRAFT, ITEM_7, pickedFile } from '../../../helpers/uploads';
import { begin, fileOf, settle, textOf } from './checked-files';

const EXIF = exifData(SAMPLE_EXIF, true);
const PHOTO = jpegWith(EXIF, xmpWith('exif:GPSLatitude="48,51.5N"'));
const ENV = 'HOST=example.org\nPORT=8080';

/** A text with a private key, which needs no checksum. */
const KEY = `first line\n-----BEGIN RSA PRIVATE KEY-----\n${'QUJDREVGR0g0'.repeat(10)}\n-----END RSA PRIVATE KEY-----\nlast`;

test('Files without rules for their content are passed on at once and load nothing', () => {
  const load = jest.fn();
  const { checks, passed, pass } = begin({ load });
  const files = ['a.mp4', 'b.pdf', 'c.zip', 'd.docx'].map((name) => pickedFile(name));
  void checks.check({ accepted: [...files, pickedFile('empty.txt', 0)], rejected: [] }, ITEM_7, pass);
  expect(passed).toHaveLength(5);
  expect(load).not.toHaveBeenCalled();
});

test('Checked files are passed on together and in order, clean ones with the same bytes', async () => {
  const { give, passed, batches } = begin();
  const text = fileOf('b.txt', ENV);
  const clean = fileOf('c.png', pngWith(exifData({}, true)));
  await give([fileOf('a.jpg', PHOTO), text, clean, pickedFile('d.mp4')]);
  expect(passed.map(({ name }) => name)).toEqual(['a.jpg', 'b.txt', 'c.png', 'd.mp4']);
  expect(batches).toEqual([4]);
  expect(passed[1]).toBe(text);
  expect(await textOf(passed[2]!)).toBe(await textOf(clean));
});

test('A photo loses its location and keeps its name and date', async () => {
  const { give, passed, checks } = begin();
  const original = fileOf('photo.jpg', PHOTO);
  expect(await textOf(original)).toContain('GPS');
  await give([original]);
  const [photo] = passed;
  expect(await textOf(photo!)).not.toContain('GPS');
  expect(photo).toMatchObject({ name: 'photo.jpg', size: photo!.source.size });
  expect(photo!.size).not.toBe(PHOTO.length);
  expect(photo!.source).toMatchObject({ name: 'photo.jpg', lastModified: 1_000 });
  expect(checks.getSnapshot().notes).toMatchObject([
    { name: 'photo.jpg', target: ITEM_7, fact: { kind: 'removed', removed: { location: true } } },
  ]);
});

test('Images that are not cleaned are passed on unchanged and named', async () => {
  const { give, passed, notes } = begin();
  const damaged = PHOTO.subarray(0, 40);
  await give([fileOf('a.heic', heicWith(EXIF)), fileOf('b.jpg', damaged)]);
  expect(notes()).toEqual(['a.heic kept', 'b.jpg kept']);
  expect(await textOf(passed[1]!)).toBe(damaged.toString('latin1'));
});

test('The settings of the person decide about metadata and secrets', async () => {
  const keeping = begin({}, { 'image-metadata': 'keep', 'look-for-secrets': 'off' });
  const files = [fileOf('photo.jpg', PHOTO), fileOf('key.txt', KEY)];
  await keeping.give(files);
  expect(keeping.passed).toEqual(files);
  const removing = begin({}, { 'image-metadata': 'all' });
  await removing.give([fileOf('photo.jpg', PHOTO)]);
  expect(await textOf(removing.passed[0]!)).not.toContain('Sample One');
});

test('Settings without an answer do not hold files back', async () => {
  const { checks, host, runtime, passed, pass } = begin();
  host.readSetting.mockImplementation(() => new Promise(() => undefined));
  void checks.check({ accepted: [fileOf('a.jpg', PHOTO)], rejected: [] }, ITEM_7, pass);
  await settle(() => runtime.delays().includes(2_000));
  await runtime.pass(2_000);
  await settle(() => passed.length > 0);
  expect(await textOf(passed[0]!)).not.toContain('GPS');
});

test('A file with a secret waits alone, and shows the line without the secret', async () => {
  const { give, held, passed, checks } = begin();
  await give([fileOf('key.txt', KEY), fileOf('notes.txt', ENV)]);
  expect(held()).toEqual(['key.txt secrets']);
  expect(passed.map(({ name }) => name)).toEqual(['notes.txt']);
  const reason = checks.getSnapshot().held[0]?.reason;
  expect(reason).toMatchObject({ found: { count: 1, findings: [{ line: 2 }] }, isMaskable: true });
  expect(JSON.stringify(reason)).not.toContain('QUJDREVGR0g0');
});

test('A masked file is passed on without its secret', async () => {
  const { give, heldIds, held, passed, checks, notes } = begin();
  await give([fileOf('key.txt', KEY)]);
  checks.answer(heldIds(), 'mask');
  expect(checks.getSnapshot().held).toMatchObject([{ isBusy: true }]);
  // A busy file takes no other answer.
  checks.answer(heldIds(), 'attach');
  await settle(() => passed.length > 0);
  expect(held()).toEqual([]);
  expect(passed).toHaveLength(1);
  expect(passed[0]).toMatchObject({ name: 'key.txt', size: KEY.length });
  const masked = await textOf(passed[0]!);
  expect(masked).not.toContain('QUJDREVGR0g0');
  expect(masked).toMatch(/^first line\n[*\n]+\nlast$/);
  expect(notes()).toEqual(['key.txt masked']);
});

test.each([
  ['attach', ['key.txt']],
  ['leave-out', []],
] as const)('The answer %s passes on %j', async (answer, names) => {
  const { give, heldIds, held, passed, checks } = begin();
  await give([fileOf('key.txt', KEY)]);
  const ids = heldIds();
  checks.answer(ids, answer);
  checks.answer(ids, 'attach');
  expect(passed.map(({ name }) => name)).toEqual(names);
  expect(held()).toEqual([]);
});

test('Files wait for a decision if the code of the checks cannot be loaded, and can be checked later', async () => {
  const load = jest.fn<Promise<{ createCheckWork: typeof createCheckWork }>, []>();
  load.mockRejectedValueOnce(new NetworkError('No answer.'));
  load.mockImplementation(() => import('../../../../src/upload/checks/check-work'));
  const { give, held, heldIds, passed, checks } = begin({ load });
  // `loadModule` asks whether the server answers.
  jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  await give([fileOf('photo.jpg', PHOTO), pickedFile('film.mp4')]);
  expect(held()).toEqual(['photo.jpg unchecked']);
  expect(passed.map(({ name }) => name)).toEqual(['film.mp4']);
  checks.answer(heldIds(), 'retry');
  await settle(() => passed.length === 2);
  expect(await textOf(passed[1]!)).not.toContain('GPS');
});

test('A file that cannot be read is refused', async () => {
  const { give, refused } = begin();
  const file = fileOf('gone.txt', ENV);
  jest.spyOn(file.source, 'slice').mockImplementation(() => {
    throw new DOMException('It was moved.', 'NotFoundError');
  });
  await give([file]);
  expect(refused).toEqual(['gone.txt file-unreadable']);
});

test('A file whose check fails waits for a decision', async () => {
  const { give, held } = begin();
  const file = fileOf('odd.jpg', PHOTO);
  const whole = file.source.slice.bind(file.source);
  jest
    .spyOn(file.source, 'slice')
    .mockImplementationOnce(whole)
    .mockImplementation(() => {
      throw new RangeError('Out of memory');
    });
  await give([file]);
  expect(held()).toEqual(['odd.jpg unchecked']);
});

test('Large texts are searched in a worker; the others of a drop do not wait, and the search can be skipped', async () => {
  const answer = createDeferred<never>();
  const treatText = jest.fn((_: Blob, __: string, signal: AbortSignal) => {
    signal.addEventListener('abort', () => answer.reject(new DOMException('', 'AbortError')));
    return answer.promise;
  });
  const { checks, runtime, passed, pass, notes, idle } = begin({
    loadTreatText: () => Promise.resolve(treatText),
  });
  const large = fileOf('large.log', 'a line\n'.repeat(20_000));
  void checks.check({ accepted: [large, fileOf('a.jpg', PHOTO)], rejected: [] }, ITEM_7, pass);
  await settle(() => treatText.mock.calls.length > 0);
  expect(checks.getSnapshot().checking).toMatchObject([{ isSlow: false, canSkip: false }]);
  await runtime.pass(1_000);
  await settle(() => passed.length > 0);
  expect(passed.map(({ name }) => name)).toEqual(['a.jpg']);
  expect(checks.getSnapshot().checking).toMatchObject([{ count: 1, isSlow: true, canSkip: false }]);
  await runtime.pass(2_000);
  const [checking] = checks.getSnapshot().checking;
  expect(checking).toMatchObject({ canSkip: true });
  checks.skip([checking!.id]);
  await settle(idle);
  expect(passed.map(({ name }) => name)).toEqual(['a.jpg', 'large.log']);
  expect(passed[1]).toBe(large);
  expect(notes()).toEqual(['a.jpg removed', 'large.log not-searched']);
});

describe('Undo', () => {
  test('uploads the picked file in place of one that is not linked', async () => {
    const { give, checks, queue, statuses, notes } = begin();
    const photo = fileOf('photo.jpg', PHOTO);
    await give([photo]);
    checks.undo(checks.getSnapshot().notes);
    await flush();
    expect(statuses()).toBe('photo.jpg uploading');
    expect(queue.sourceOf(queue.getSnapshot()[0]!.id)).toBe(photo.source);
    expect(notes()).toEqual([]);
  });

  test('replaces an attachment that is linked', async () => {
    const { give, checks, upload, finish, links, runtime, queue } = begin();
    const photo = fileOf('photo.jpg', PHOTO);
    await give([photo]);
    await finish('photo.jpg');
    await runtime.pass(1_000);
    links[0]!.answer(2);
    await flush();
    const { id, state } = upload('photo.jpg');
    expect(state.status).toBe('linked');
    checks.undo(checks.getSnapshot().notes);
    const added = queue.getSnapshot().find((each) => each.id !== id);
    expect(added?.duplicate).toMatchObject({
      status: 'replacing',
      attachmentId: links[0]!.attachments[0]!.reference.id,
    });
    expect(queue.sourceOf(added!.id)).toBe(photo.source);
  });

  test('waits for a link underway', async () => {
    const { give, checks, finish, links, runtime, queue } = begin();
    await give([fileOf('photo.jpg', PHOTO)]);
    await finish('photo.jpg');
    await runtime.pass(1_000);
    expect(links).toHaveLength(1);
    checks.undo(checks.getSnapshot().notes);
    await flush();
    expect(queue.getSnapshot()).toHaveLength(1);
    links[0]!.answer(2);
    await flush();
    expect(queue.getSnapshot().map(({ duplicate }) => duplicate?.status)).toEqual([undefined, 'replacing']);
  });
});

test('The note about a canceled upload goes with it', async () => {
  const { give, queue, notes } = begin();
  await give([fileOf('photo.jpg', PHOTO)]);
  queue.cancel(queue.getSnapshot().map(({ id }) => id));
  expect(notes()).toEqual([]);
});

test('Held files follow a new work item to its number', async () => {
  const { give, checks, heldIds, queue } = begin();
  await give([fileOf('key.txt', KEY)], DRAFT);
  checks.retarget((target) => (target.kind === 'draft' ? ITEM_7 : target));
  expect(checks.getSnapshot().held).toMatchObject([{ target: ITEM_7 }]);
  checks.answer(heldIds(), 'attach');
  expect(queue.getSnapshot()).toMatchObject([{ target: ITEM_7 }]);
});

test('Held files of a new work item that is closed unsaved go nowhere', async () => {
  const { give, checks, heldIds, queue, statuses } = begin();
  await give([fileOf('key.txt', KEY)], DRAFT);
  queue.draftAbandoned('draft 1');
  expect(queue.getSnapshot()).toEqual([]);
  checks.answer(heldIds(), 'attach');
  expect(statuses()).toBe('key.txt failed');
});

describe('FileChecks.editPasted', () => {
  /** Pastes an image and a text. */
  async function paste(settings: Record<string, string>) {
    const test = begin({}, settings);
    const accepted = [fileOf('a.png', pngWith(exifData({}, true))), fileOf('b.txt', 'b')];
    void test.checks.check({ accepted, rejected: [] }, ITEM_7, (picked, target) => {
      test.pass(picked, target);
      test.checks.editPasted(test.queue.getSnapshot().map(({ id }) => id));
    });
    await settle(() => test.idle() && test.passed.length > 0);
    return test;
  }

  test('holds pasted images for the editor before their first byte, if the user has chosen so', async () => {
    const { statuses, transport, upload } = await paste({ 'edit-pasted': 'yes' });
    expect(statuses()).toBe('a.png paused, b.txt uploading');
    expect(upload('a.png').edit).toBe('open');
    expect(transport.begun.map(({ name }) => name)).toEqual(['b.txt']);
  });

  test('holds nothing by default, and stores the choice', async () => {
    const { choice, host, statuses } = await paste({});
    expect(statuses()).toBe('a.png uploading, b.txt uploading');
    choice.choose({ editsPasted: true });
    choice.choose({ editsPasted: false });
    expect(host.writeSetting.mock.calls).toEqual([
      ['edit-pasted', 'yes'],
      ['edit-pasted', 'no'],
    ]);
  });
});
