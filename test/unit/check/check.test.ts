import type { Assumptions, Emulator, EmulatorMode } from 'azure-devops-emulator';
import { assumptionAnswers } from 'azure-devops-emulator';
import type { HttpRequest, HttpResponse, HttpStack } from '../../../src/azure/rest/http-stack';
import { NetworkError } from '../../../src/base/errors';
import { EFFORT } from '../../../src/check/check';
import { PURGE_MS } from '../../../src/check/kept-attachment';
import { pageQuestions, questions } from '../../../src/check/questions';
import { createCapabilities } from '../../../src/upload/frame-services';
import type { Learned } from '../../../src/upload/learned';
import { createMemoryLearned } from '../../../src/upload/learned';
import { ASSUMED } from '../../../src/check/questions/assumed';
import type { Frame } from '../../../src/check/questions/question';
import { attach, patch, start, until, upload } from '../../../packages/emulator/test/unit/client';
import { createQuickRuntime } from './quick-runtime';
import { answersOf, createTestCheck, createTestFrame, doneOf, NO_CHOICES, nodeStack, runOn } from './run';

let emulator: Emulator;
const BUG = 7;
const READ_ONLY = 21;

/** Abilities of a sandboxed page. */
const SANDBOXED: Partial<Frame> = {
  origin: 'null',
  canStore: () => false,
  canOpenDatabase: () => Promise.resolve(false),
  windowReaches: () => Promise.resolve(false),
};

/** The story has its text in Markdown, except on a server. */
const STORY = 12;

/** The form of the story, with the texts of the emulator as `tell` changes them. */
function formOf(tell: (text: string) => string | undefined): NonNullable<Frame['form']> {
  const textOf = (field: string): string => emulator.store.workItem(STORY).fields[field] as string;
  return { workItemId: STORY, readText: (field) => Promise.resolve(tell(textOf(field))) };
}

function frameOf(mode: EmulatorMode): () => Frame {
  return () =>
    createTestFrame({ form: formOf((text) => text), ...(mode === 'server' ? SANDBOXED : undefined) });
}

/** Expected answers of all questions. */
function assumedIn(mode: EmulatorMode): Record<string, string> {
  return Object.fromEntries(
    pageQuestions.map(({ id, assumed }) => [id, typeof assumed === 'string' ? assumed : assumed[mode]]),
  );
}

/** Work item without the members that each change moves. */
function contentOf(id: number): unknown {
  const { fields, relations } = emulator.store.workItem(id);
  const kept = Object.entries(fields).filter(
    ([name]) => !/^System\.(Rev|Changed|Authorized|Revised|Watermark|PersonId|AttachedFileCount)/.test(name),
  );
  return structuredClone({ fields: Object.fromEntries(kept), relations });
}

/** The network of Node; `answer` may replace an answer. */
function stubbed(answer: (request: HttpRequest) => HttpResponse | undefined): HttpStack {
  return {
    send: (request) => Promise.resolve(answer(request)).then((stub) => stub ?? nodeStack.send(request)),
  };
}

function answered(status: number, body = '{}'): HttpResponse {
  const header = (name: string): string | null =>
    name.toLowerCase() === 'content-type' ? 'application/json' : null;
  return { status, text: body, blob: new Blob([body]), header };
}

function isDownload({ method, url }: HttpRequest): boolean {
  return method === 'GET' && url.includes('/attachments/');
}

test('ASSUMED has the default answers of the emulator', () => {
  const defaults = Object.keys(ASSUMED).map((name) => [
    name,
    String(assumptionAnswers[name as keyof Assumptions][0]),
  ]);
  expect(ASSUMED).toEqual(Object.fromEntries(defaults));
});

describe.each<EmulatorMode>(['services', 'server'])('the check of an emulator of %s', (mode) => {
  beforeAll(async () => void (emulator = await start({ mode })));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  test('gets the assumed answers and leaves the work item as it was', async () => {
    const before = contentOf(BUG);
    const { check, services } = createTestCheck(emulator, { createFrame: frameOf(mode) });
    const { rows, cleanUp, isCanceled } = await runOn(check, BUG);
    // It takes two work items of the check.
    expect(answersOf(rows)).toEqual({ ...assumedIn(mode), 'second-link': null });
    expect([isCanceled, cleanUp?.left]).toEqual([false, []]);
    expect(contentOf(BUG)).toEqual(before);
    expect(services.learned.answers()).toEqual({
      namesInRelations: true,
      contentRange: true,
      batch: true,
      relationTest: true,
      uploadWithoutProject: true,
      windowReaches: mode === 'services',
    });
  });

  test('sends as many small files as it announces', async () => {
    const { check } = createTestCheck(emulator);
    const { cleanUp } = await runOn(check, BUG);
    const { records } = emulator.requests;
    const isUpload = ({ method, url, status }: (typeof records)[number]): boolean =>
      method === 'POST' && url.includes('/attachments?') && status === 201;
    expect(records.filter(isUpload)).toHaveLength(EFFORT.uploads);
    expect(cleanUp!.removed).toBeLessThanOrEqual(EFFORT.attached);
    const sent = records.reduce((sum, { requestBytes }) => sum + requestBytes, 0);
    expect(sent).toBeLessThan(5_000_000);
  });

  test.each<[Partial<Assumptions>, Record<string, string>]>([
    [{ repeatedChunk: 'accept' }, { 'repeated-chunk': 'accept' }],
    [{ unnamedUpload: 'refuse' }, { 'unnamed-upload': 'refuse' }],
    [{ nameInRelation: 'ignored' }, { 'name-in-relation': 'ignored' }],
    [{ relationUrlTest: 'refuse' }, { 'relation-url-test': 'refuse' }],
    [{ uploadWithoutProject: 'refused' }, { 'upload-without-project': 'refused' }],
    [{ batchFailure: 'all-or-nothing' }, { 'batch-failure': 'all-or-nothing' }],
    [{ batchFromExtension: 'hidden' }, { batch: 'hidden' }],
    [{ batchFromExtension: 'unknown' }, { batch: 'unknown' }],
    [{ batchFromExtension: 'refused' }, { batch: 'refused' }],
    [{ batchFromExtension: 'html 405' }, { batch: 'html 405' }],
    [{ contentRangeInPreflight: 'refused' }, { 'chunk-statuses': '0, 0, 0' }],
    [{ largestFile: '4 MB' }, { 'size-limit': '4 MB' }],
    [{ largestFile: 'any' }, { 'size-limit': 'none' }],
  ])('notices %j', async (change, expected) => {
    Object.assign(emulator.store.assumptions, change);
    const before = contentOf(BUG);
    const { check } = createTestCheck(emulator, { createFrame: frameOf(mode) });
    const { rows, cleanUp } = await runOn(check, BUG);
    const answers = answersOf(rows);
    // Some questions have no answer without the ability that another one asks about.
    const assumed = Object.entries(assumedIn(mode)).filter(
      ([id]) => answers[id] !== null && !(id in expected),
    );
    expect(answers).toMatchObject({ ...Object.fromEntries(assumed), ...expected });
    expect(cleanUp?.left).toEqual([]);
    expect(contentOf(BUG)).toEqual(before);
  });

  test('learns from an organization with every other answer, and leaves the work item as it was', async () => {
    Object.assign(emulator.store.assumptions, {
      repeatedChunk: 'accept',
      unnamedUpload: 'refuse',
      nameInRelation: 'ignored',
      relationUrlTest: 'refuse',
      uploadWithoutProject: 'refused',
      contentRangeInPreflight: 'refused',
      batchFailure: 'all-or-nothing',
      batchFromExtension: 'hidden',
    } satisfies Partial<Assumptions>);
    const before = contentOf(BUG);
    const { check, services } = createTestCheck(emulator, { createFrame: () => createTestFrame(SANDBOXED) });
    const { cleanUp } = await runOn(check, BUG);
    expect(cleanUp?.left).toEqual([]);
    expect(contentOf(BUG)).toEqual(before);
    const expected = { supportsBatch: false, supportsRelationTest: false, needsUploadPlace: true };
    expect(services.capabilities).toEqual(expected);
    // A later frame of this person.
    expect(createCapabilities(services.learned, createQuickRuntime())).toEqual(expected);
    const { contentRange, ...learned } = services.learned.answers();
    // Without the answer about names, a refused preflight could be a lost connection.
    expect([learned, contentRange]).toEqual([
      {
        namesInRelations: false,
        batch: false,
        batchRefusedAt: expect.any(Number) as number,
        relationTest: false,
        uploadWithoutProject: false,
        windowReaches: false,
      },
      false,
    ]);
  });
});

describe('the check', () => {
  beforeAll(async () => void (emulator = await start()));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  test.each<[string, string, (request: HttpRequest) => HttpResponse | undefined]>([
    ['removed-readable', 'refuse', (request) => (isDownload(request) ? answered(404) : undefined)],
    ['removed-linkable', 'refuse', refuseSecondLink()],
    ['download-range', 'part', (request) => ('Range' in request.headers ? answered(206, '1234') : undefined)],
    ['wiql', 'refuse', ({ url }) => (url.includes('/wiql') ? answered(403) : undefined)],
    ['wiql', 'empty', ({ url }) => (url.includes('/wiql') ? answered(200, '{"workItems":[]}') : undefined)],
    [
      'wiql-current',
      'no',
      ({ url }) => (url.includes('/wiql') ? answered(200, '{"workItems":[]}') : undefined),
    ],
    [
      'size-limit',
      'none',
      ({ method }) => (method === 'PUT' ? answered(413, '<html>Too large</html>') : undefined),
    ],
    ['updates-list', 'refuse', ({ url }) => (url.includes('/updates') ? answered(404) : undefined)],
    [
      'multiline-format',
      'yes',
      ({ method, url }) =>
        method === 'GET' && url.includes(`/workitems/${BUG}?`)
          ? answered(200, JSON.stringify({ id: BUG, rev: 1, fields: {}, multilineFieldsFormat: {} }))
          : undefined,
    ],
    [
      'multiline-format-preview',
      'no',
      ({ url }) => (url.includes('7.2-preview') ? answered(400) : undefined),
    ],
    ['comments-readable', 'refuse', ({ url }) => (url.includes('/comments') ? answered(404) : undefined)],
    [
      'changed-date',
      'no',
      ({ method, url }) =>
        method === 'GET' && url.includes(`/workitems/${BUG}?`)
          ? answered(200, JSON.stringify({ id: BUG, rev: 1, fields: { 'System.ChangedDate': 'x' } }))
          : undefined,
    ],
    ['odd-names', 'refuse', ({ body }) => (isLinkOf(body, 9) ? answered(400) : undefined)],
    ['replace-name', 'refuse', ({ body }) => (isAbout(body, '/attributes/name') ? answered(400) : undefined)],
    [
      'exposed-headers',
      'hidden',
      ({ method, url }) => (method === 'GET' && url.includes(`/${BUG}?`) ? answered(200) : undefined),
    ],
  ])('notices another answer to %s', async (id, expected, answer) => {
    const asked = pageQuestions.filter((question) => question.id === id);
    const before = contentOf(BUG);
    const { check } = createTestCheck(emulator, { questions: asked, stack: onlyDuringQuestions(answer) });
    const { rows } = await runOn(check, BUG);
    expect(answersOf(rows)).toEqual({ [id]: expected });
    if (id !== 'changed-date' && id !== 'multiline-format') expect(contentOf(BUG)).toEqual(before);
  });

  test('notices formats of texts in a released version', async () => {
    const asked = pageQuestions.filter(({ id }) => id.startsWith('multiline-format'));
    emulator.store.assumptions.textFormats = 'always';
    const { check } = createTestCheck(emulator, { questions: asked });
    expect(answersOf((await runOn(check, BUG)).rows)).toEqual({
      'multiline-format': 'yes',
      'multiline-format-preview': 'yes',
    });
  });

  test('asks a work item without a long text nothing about formats, unless it was created', async () => {
    const asked = pageQuestions.filter(({ id }) => id === 'multiline-format');
    const { check } = createTestCheck(emulator, { questions: asked });
    expect(answersOf((await runOn(check, 15)).rows)).toEqual({ 'multiline-format': null });
    await check.choose({ kind: 'new', project: 'Fabrikam' });
    await check.run(NO_CHOICES);
    expect(answersOf(doneOf(check).rows)).toEqual({ 'multiline-format': 'no' });
  });

  test.each<[string, () => Frame['form'], string | null]>([
    ['the Markdown of the server', () => formOf((text) => text.replaceAll('\n', '\r\n')), 'markdown'],
    ['HTML', () => formOf((text) => `<p>${text}</p>`), 'html'],
    ['another text', () => formOf((text) => `${text} edited`), null],
    ['no text', () => formOf(() => undefined), null],
    ['no text in Markdown', () => ({ ...formOf((text) => text), workItemId: BUG }), null],
    ['nothing, because there is none', () => undefined, null],
  ])('notices a form that tells %s', async (_, form, expected) => {
    const asked = pageQuestions.filter(({ id }) => id === 'markdown-in-form');
    const { check } = createTestCheck(emulator, {
      questions: asked,
      createFrame: () => createTestFrame({ form: form() }),
    });
    expect(answersOf((await runOn(check, BUG)).rows)).toEqual({ 'markdown-in-form': expected });
  });

  /** Stubs until the clean-up, whose requests have another order of parameters. */
  function onlyDuringQuestions(answer: (request: HttpRequest) => HttpResponse | undefined): HttpStack {
    return stubbed((request) => (request.wantsBlob ? answer(request) : undefined));
  }

  test.each<[string, Partial<Frame>, string | null]>([
    ['sandbox', { origin: 'null' }, 'yes'],
    ['secure-context', { isSecureContext: false }, 'no'],
    ['storage', { canStore: () => false }, 'no'],
    ['database', { canOpenDatabase: () => Promise.resolve(false) }, 'no'],
    ['locks', { canLock: () => Promise.resolve(false) }, 'no'],
    ['channel', { canBroadcast: () => Promise.resolve(false) }, 'no'],
    ['clipboard', { clipboard: () => Promise.resolve('denied') }, 'denied'],
    ['clipboard', { clipboard: () => Promise.resolve(undefined) }, null],
    ['message', { openMessage: () => Promise.resolve(false) }, 'no'],
    ['panel', { openPanel: () => Promise.resolve(undefined) }, null],
    ['window', { opensWindow: false }, 'no'],
    ['window', { opensWindow: undefined }, null],
    ['window-opener', { windowReaches: () => Promise.resolve(false) }, 'no'],
    ['window-opener', { windowReaches: () => Promise.resolve(undefined) }, null],
    ['extension-data', { canReadData: () => Promise.resolve(false) }, 'no'],
  ])('notices a page with another %s: %j', async (id, ability, expected) => {
    const asked = pageQuestions.filter((question) => question.id === id);
    const { check } = createTestCheck(emulator, {
      questions: asked,
      createFrame: () => createTestFrame(ability),
    });
    expect(answersOf((await runOn(check, BUG)).rows)).toEqual({ [id]: expected });
  });

  test('removes its files after a failed question, and asks the others', async () => {
    emulator.setNetwork({ faults: [{ name: 'status-503', remaining: 1, at: 'register' }] });
    const before = contentOf(BUG);
    const { check } = createTestCheck(emulator);
    const { rows, cleanUp } = await runOn(check, BUG);
    expect(answersOf(rows)).toMatchObject({
      'chunk-statuses': null,
      'repeated-chunk': 'refuse',
      batch: 'taken',
    });
    expect(cleanUp?.left).toEqual([]);
    expect(contentOf(BUG)).toEqual(before);
  });

  test('removes its files after a cancellation, and reports the answers so far', async () => {
    const before = contentOf(BUG);
    const { check } = createTestCheck(emulator);
    await check.choose({ kind: 'existing', workItemId: BUG });
    emulator.interfere('batch', () => check.cancel());
    await check.run(NO_CHOICES);
    const { rows, isCanceled, cleanUp } = doneOf(check);
    expect(isCanceled).toBe(true);
    expect(rows.map(({ id }) => id)).toEqual(
      pageQuestions
        .slice(
          0,
          pageQuestions.findIndex(({ id }) => id === 'batch'),
        )
        .map(({ id }) => id),
    );
    expect(cleanUp).toMatchObject({ left: [] });
    expect(cleanUp!.removed).toBeGreaterThan(10);
    expect(contentOf(BUG)).toEqual(before);
  });

  test('removes a file that was linked although the answer got lost', async () => {
    emulator.setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at: 'link' }] });
    const before = contentOf(BUG);
    const { check } = createTestCheck(emulator);
    expect((await runOn(check, BUG)).cleanUp?.left).toEqual([]);
    expect(contentOf(BUG)).toEqual(before);
  });

  test('leaves attachments of other people alone', async () => {
    const count = emulator.store.workItem(BUG).relations.length;
    const { id, url } = await upload(emulator, 'by another person', 'of another person.txt');
    const { check } = createTestCheck(emulator);
    emulator.interfere('batch', () => patch(emulator, BUG, [attach(url)]));
    expect((await runOn(check, BUG)).cleanUp?.left).toEqual([]);
    const { relations } = emulator.store.workItem(BUG);
    expect(relations).toHaveLength(count + 1);
    expect(relations.at(-1)!.url).toContain(id);
  });

  test.each([
    [true, true],
    [false, false],
    [undefined, undefined],
  ])('learns whether a window reaches back: %s', async (reaches, learned) => {
    const { check, services } = createTestCheck(emulator, {
      questions: pageQuestions.filter(({ id }) => id === 'window-opener'),
      createFrame: () => createTestFrame({ windowReaches: () => Promise.resolve(reaches) }),
    });
    await runOn(check, BUG);
    expect(services.learned.answers().windowReaches).toBe(learned);
  });

  test('opens a window at the click, before it sends anything', async () => {
    const asked = pageQuestions.filter(({ id }) => id === 'window');
    const createFrame = jest.fn(() => createTestFrame());
    const { check } = createTestCheck(emulator, { questions: asked, createFrame });
    await check.choose({ kind: 'existing', workItemId: BUG });
    const running = check.run(NO_CHOICES);
    expect(createFrame).toHaveBeenCalledTimes(1);
    await running;
  });

  test('announces and removes the test files of a check that did not end', async () => {
    const before = contentOf(BUG);
    const asked = pageQuestions.filter(({ id }) => id === 'changed-date');
    let isDestroyed = false;
    const never = new Promise<never>(() => undefined);
    const stack: HttpStack = { send: (request) => (isDestroyed ? never : nodeStack.send(request)) };
    const ending = {
      ...asked[0]!,
      ask: () => Promise.resolve({ answer: 'yes', seen: String((isDestroyed = true)) }),
    };
    const destroyed = createTestCheck(emulator, { questions: [...asked, ending], stack });
    void runOn(destroyed.check, BUG);
    await until(() => isDestroyed);
    expect(contentOf(BUG)).not.toEqual(before);

    const { check } = createTestCheck(emulator, { questions: asked });
    await check.choose({ kind: 'existing', workItemId: BUG });
    expect(check.getSnapshot()).toMatchObject({ leftovers: [{ name: 'changed-date.txt' }] });
    await check.run(NO_CHOICES);
    expect(doneOf(check).cleanUp).toMatchObject({ removed: 2, left: [] });
    expect(contentOf(BUG)).toEqual(before);
  });

  test('leaves the attachment kept for 30 days by another check', async () => {
    await runOn(createTestCheck(emulator).check, BUG, { keepsOne: true });
    const kept = contentOf(BUG);
    const { check } = createTestCheck(emulator);
    await check.choose({ kind: 'existing', workItemId: BUG });
    expect(check.getSnapshot()).toMatchObject({ leftovers: [] });
    await check.run(NO_CHOICES);
    expect(contentOf(BUG)).toEqual(kept);
  });

  test('asks the questions about the page if the work item is read-only', async () => {
    const before = contentOf(READ_ONLY);
    const { check } = createTestCheck(emulator);
    const { rows, cleanUp } = await runOn(check, READ_ONLY);
    expect(answersOf(rows)).toMatchObject({ 'write-permission': 'no', 'odd-names': null, locks: 'yes' });
    expect(cleanUp?.left).toEqual([]);
    expect(contentOf(READ_ONLY)).toEqual(before);
  });

  test('names the files that it could not remove without a network', async () => {
    let isGone = false;
    const stack: HttpStack = {
      send: (request) => (isGone ? Promise.reject(new NetworkError('gone')) : nodeStack.send(request)),
    };
    const last = pageQuestions.find(({ id }) => id === 'panel')!;
    const linking = pageQuestions.find(({ id }) => id === 'changed-date')!;
    const ending = { ...last, ask: () => Promise.resolve({ answer: 'yes', seen: String((isGone = true)) }) };
    const { check } = createTestCheck(emulator, { stack, questions: [linking, ending] });
    const { cleanUp } = await runOn(check, BUG);
    expect(cleanUp).toMatchObject({
      workItemId: BUG,
      removed: 0,
      left: ['changed-date.txt'],
      problem: { kind: 'network' },
    });
  });

  test('retries the clean-up after a passing failure', async () => {
    const linking = pageQuestions.filter(({ id }) => id === 'changed-date');
    let failures = 2;
    const stack = stubbed(({ method, wantsBlob }) =>
      method === 'PATCH' && !wantsBlob && failures-- > 0 ? answered(503) : undefined,
    );
    const { check } = createTestCheck(emulator, { stack, questions: linking });
    expect((await runOn(check, BUG)).cleanUp).toMatchObject({ removed: 1, left: [] });
  });

  test('creates a work item and moves it to the recycle bin', async () => {
    const ids = emulator.store.workItemIds;
    const { check } = createTestCheck(emulator);
    await check.choose({ kind: 'new', project: 'Fabrikam' });
    await check.run(NO_CHOICES);
    const { rows, cleanUp, kept } = doneOf(check);
    expect(answersOf(rows)).toMatchObject({ batch: 'taken', 'odd-names': 'kept' });
    expect(cleanUp).not.toHaveProperty('leftWorkItemId');
    expect(kept).toBeUndefined();
    expect(emulator.store.workItemIds).toEqual(ids);
  });

  test('names the created work item if it cannot be deleted, and removes its files', async () => {
    const ids = emulator.store.workItemIds;
    const stack = stubbed(({ method }) => (method === 'DELETE' ? answered(403) : undefined));
    const { check } = createTestCheck(emulator, { stack });
    await check.choose({ kind: 'new', project: 'Fabrikam' });
    await check.run(NO_CHOICES);
    const [created] = emulator.store.workItemIds.filter((id) => !ids.includes(id));
    expect(doneOf(check).cleanUp).toMatchObject({ leftWorkItemId: created, left: [] });
    expect(emulator.store.workItem(created!).relations).toEqual([]);
  });

  test.each([
    ['a work item that is not there', { kind: 'existing', workItemId: 999_999 }, 'work-item-missing'],
    ['a work item that is nearly full', { kind: 'existing', workItemId: 9 }, 'attachment-limit'],
  ] as const)('does not begin with %s', async (_, target, kind) => {
    emulator.store.fill(9, 90);
    const { check } = createTestCheck(emulator);
    await check.choose(target);
    expect(check.getSnapshot()).toMatchObject({ step: 'choosing', problem: { kind } });
  });

  test('keeps one attachment with consent, and verifies it after 30 days', async () => {
    const runtime = createQuickRuntime();
    const { check, keptAttachment } = createTestCheck(emulator, { runtime });
    const before = contentOf(BUG);
    const { kept, cleanUp } = await runOn(check, BUG, { keepsOne: true });
    expect(kept).toMatchObject({ workItemId: BUG });
    expect(keptAttachment()).toEqual(kept);
    expect(cleanUp?.left).toEqual([]);
    const names = emulator.store.workItem(BUG).relations.map(({ attributes }) => attributes['name']);
    expect(names.at(-1)).toBe('linked-again.txt');

    await check.start();
    expect(check.getSnapshot()).toMatchObject({ kept: { isDue: false } });
    runtime.advance(PURGE_MS);
    await check.start();
    expect(check.getSnapshot()).toMatchObject({ kept: { isDue: true } });
    await check.verifyKept();
    expect(answersOf(doneOf(check).rows)).toEqual({ kept: 'readable' });
    expect(contentOf(BUG)).toEqual(before);
    expect(keptAttachment()).toBeUndefined();
  });

  test.each<[Partial<Assumptions>, string, string, string]>([
    [{}, 'purged', 'readable', 'readable'],
    [{ inlineAloneIsPurged: 'yes' }, 'purged', 'purged', 'readable'],
    [{ relinkStopsPurge: 'yes' }, 'readable', 'readable', 'readable'],
    [{ relinkStopsPurge: 'yes', inlineAloneIsPurged: 'yes' }, 'readable', 'purged', 'readable'],
    [{ secondLinkStopsPurge: 'no' }, 'purged', 'readable', 'purged'],
  ])('keeps a created work item, and finds out with %j', async (change, restored, picture, secondLink) => {
    Object.assign(emulator.store.assumptions, change);
    const ids = emulator.store.workItemIds;
    const { check, keptAttachment, services } = createTestCheck(emulator);
    await check.choose({ kind: 'new', project: 'Fabrikam' });
    expect(check.getSnapshot()).toMatchObject({ canKeep: true });
    await check.run({ keepsOne: true, opens: false });
    const [created] = emulator.store.workItemIds.filter((id) => !ids.includes(id));
    expect(doneOf(check)).toMatchObject({ kept: { workItemId: created }, cleanUp: { left: [] } });
    expect(answersOf(doneOf(check).rows)).toMatchObject({ 'second-link': 'accept' });
    expect(services.learned.answers().secondLinkKeeps).toBeUndefined();
    const { fields, relations } = emulator.store.workItem(created!);
    expect(relations.map(({ attributes }) => attributes['name'])).toEqual([
      'linked-again.txt',
      'second-link.txt',
    ]);
    expect(fields['System.Description']).toContain(keptAttachment()!.pictureId);

    emulator.store.clock.advance(30);
    await check.verifyKept();
    expect(answersOf(doneOf(check).rows)).toEqual({
      kept: restored,
      'kept-picture': picture,
      'kept-second-link': secondLink,
    });
    expect(services.learned.answers().secondLinkKeeps).toBe(secondLink === 'readable');
    expect(emulator.store.workItemIds).toEqual(ids);
    expect(keptAttachment()).toBeUndefined();
  });

  test('says nothing about a picture that the description no longer shows', async () => {
    const { check, keptAttachment } = createTestCheck(emulator);
    await check.choose({ kind: 'new', project: 'Fabrikam' });
    await check.run({ keepsOne: true, opens: false });
    const description = { op: 'replace', path: '/fields/System.Description', value: 'Changed' };
    await patch(emulator, keptAttachment()!.workItemId, [description]);
    await check.verifyKept();
    expect(answersOf(doneOf(check).rows)).toEqual({
      kept: 'readable',
      'kept-picture': null,
      'kept-second-link': 'readable',
    });
  });

  test('deletes the created work item if its description refuses a picture', async () => {
    const ids = emulator.store.workItemIds;
    const stack = stubbed(({ body }) =>
      typeof body === 'string' && body.includes('<img') ? answered(400) : undefined,
    );
    const { check, keptAttachment } = createTestCheck(emulator, { stack });
    await check.choose({ kind: 'new', project: 'Fabrikam' });
    await check.run({ keepsOne: true, opens: false });
    expect([doneOf(check).kept, keptAttachment()]).toEqual([undefined, undefined]);
    expect(emulator.store.workItemIds).toEqual(ids);
  });

  test('keeps only one attachment at a time', async () => {
    const { check, keptAttachment } = createTestCheck(emulator);
    await runOn(check, BUG, { keepsOne: true });
    const first = keptAttachment();
    await check.start();
    const { kept } = await runOn(check, BUG, { keepsOne: true });
    expect(kept).toBeUndefined();
    expect(keptAttachment()).toBe(first);
  });

  test('notices that a kept attachment was purged', async () => {
    let isPurged = false;
    const stack = stubbed((request) => (isPurged && isDownload(request) ? answered(404) : undefined));
    const { check } = createTestCheck(emulator, { stack });
    await runOn(check, BUG, { keepsOne: true });
    isPurged = true;
    await check.verifyKept();
    expect(answersOf(doneOf(check).rows)).toEqual({ kept: 'purged' });
  });

  test('does not begin in a form with unsaved edits', async () => {
    const { check, host } = createTestCheck(emulator);
    host.getUnsavedEdits.mockResolvedValue('some');
    await check.choose({ kind: 'existing', workItemId: BUG });
    expect(check.getSnapshot()).toMatchObject({ step: 'choosing', hasEdits: true });
    expect(host.getUnsavedEdits).toHaveBeenCalledWith(BUG);
  });

  test('refreshes the form of the work item after the clean-up', async () => {
    const asked = pageQuestions.filter(({ id }) => id === 'changed-date');
    const { check, host } = createTestCheck(emulator, { questions: asked });
    const before = contentOf(BUG);
    host.refreshForm.mockImplementation(() => {
      expect(contentOf(BUG)).toEqual(before);
      return Promise.resolve('refreshed');
    });
    await runOn(check, BUG);
    expect(host.refreshForm).toHaveBeenCalledWith(BUG);
  });

  test('learns nothing about uploads without a project from a person who may not upload', async () => {
    const stack = stubbed(({ method, url }) =>
      method === 'POST' && url.includes('/attachments') ? answered(403) : undefined,
    );
    const { check, services } = createTestCheck(emulator, { stack });
    const { rows } = await runOn(check, BUG);
    expect(answersOf(rows)).toMatchObject({ 'upload-without-project': 'refused' });
    expect(services.learned.answers().uploadWithoutProject).toBeUndefined();
  });

  test('loads earlier answers before it adds its own, so that they are stored', async () => {
    const memory = createMemoryLearned();
    let isLoaded = false;
    const learned: Learned = {
      ...memory,
      whenLoaded: () => Promise.resolve().then(() => void (isLoaded = true)),
      learn(answers) {
        expect(isLoaded).toBe(true);
        memory.learn(answers);
      },
    };
    const asked = pageQuestions.filter(({ id }) => id === 'batch');
    await runOn(createTestCheck(emulator, { questions: asked, learned }).check, BUG);
    expect(memory.answers()).toEqual({ batch: true });
  });

  test('tells progress and the question under way', async () => {
    const { check } = createTestCheck(emulator, { questions: pageQuestions.slice(0, 2) });
    const seen: unknown[] = [];
    check.subscribe(() => {
      const state = check.getSnapshot();
      if (state.step === 'running') seen.push([state.done, state.total, state.questionId]);
    });
    await runOn(check, BUG);
    expect(seen).toEqual([
      [0, 2, undefined],
      [0, 2, 'write-permission'],
      [1, 2, 'api-version'],
      [2, 2, undefined],
    ]);
    await until(() => check.getSnapshot().step === 'done');
  });
});

/** Refuses the second link of the same upload. */
function refuseSecondLink(): (request: HttpRequest) => HttpResponse | undefined {
  let links = 0;
  return ({ body }) => (isLinkOf(body, 1) && ++links > 1 ? answered(400) : undefined);
}

function isAbout(body: unknown, path: string): boolean {
  return typeof body === 'string' && body.includes(path);
}

function isLinkOf(body: unknown, count: number): boolean {
  const added = typeof body === 'string' ? body.match(/"path":"\/relations\/-"/g) : null;
  return added?.length === count;
}

test('each question has an id of its own', () => {
  expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
});
