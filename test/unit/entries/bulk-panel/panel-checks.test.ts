import fc from 'fast-check';
import type { Runtime } from '../../../../src/base/runtime';
import { createStateStore } from '../../../../src/base/store';
import { createPanelFiles } from '../../../../src/entries/bulk-panel/panel-files';
import type { PanelState, PanelStore } from '../../../../src/entries/bulk-panel/panel-state';
import { EMPTY } from '../../../../src/entries/bulk-panel/panel-state';
import type { HeldAnswer } from '../../../../src/upload/checks/checks-state';
import { createFileChecks } from '../../../../src/upload/checks/file-checks';
import type { Picked } from '../../../../src/upload/intake/intake';
import type { PolicySource } from '../../../../src/upload/rules/policy/policy-source';
import { readPolicy } from '../../../../src/upload/rules/policy/read-policy';
import type { PickedFile } from '../../../../src/upload/upload';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createTestHost } from '../../../helpers/host';
import { plantedSecrets } from '../../../helpers/planted-secrets';
import { exifData, jpegWith, SAMPLE_EXIF, xmpWith } from '../../../helpers/sample-picture';
import { pickedFile } from '../../../helpers/uploads';
import { fileOf, settle } from '../../upload/checks/checked-files';

const PHOTO = jpegWith(exifData(SAMPLE_EXIF, true), xmpWith('exif:GPSLatitude="48,51.5N"'));
const { line, secret } = plantedSecrets(1)[0]!;

function policyOf(policy: object): PolicySource {
  const result = readPolicy(JSON.stringify({ version: 1, ...policy }));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return { read: () => Promise.resolve({ policy: result.policy }) };
}

/** Files of a panel with checks, without a run. */
function begin(policy?: PolicySource, settings: Record<string, string> = {}) {
  const state = createStateStore<PanelState>(EMPTY);
  const clock = createFakeRuntime();
  const runtime: Runtime = {
    ...clock,
    setTimer(delayMs, callback) {
      if (delayMs > 0) return clock.setTimer(delayMs, callback);
      setImmediate(callback);
      return () => undefined;
    },
  };
  const host = createTestHost();
  host.readSetting.mockImplementation((key) => Promise.resolve(settings[key]));
  const store: PanelStore = {
    getSnapshot: state.getSnapshot,
    change: (facts) =>
      state.setState((before) => ({ ...before, ...(typeof facts === 'function' ? facts(before) : facts) })),
  };
  let next: Picked = { accepted: [], rejected: [] };
  const files = createPanelFiles({
    store,
    intake: {
      fromInput: () => Promise.resolve(next),
      fromPaste: () => next,
      fromDrop: () => Promise.resolve(next),
    },
    supply: () => undefined,
    idPrefix: 'me-',
    createChecks: (edges) =>
      createFileChecks({ ...edges, settings: host, runtime, ...(policy && { policy }) }),
    runtime,
  });
  const checks = files.checks!;
  let open = 0;
  return {
    ...{ store, files, checks },
    /** Adds files by one of the doors, and waits until they are checked. */
    give: async (accepted: readonly PickedFile[], door = open++): Promise<void> => {
      next = { accepted, rejected: [] };
      const { attachPicked, attachPasted, attachDropped } = files.actions;
      if (door % 3 === 0) attachPicked([]);
      else if (door % 3 === 1) attachPasted([]);
      else attachDropped({} as DataTransfer);
      await flush();
      await files.comparison();
    },
    planned: () => state.getSnapshot().files.map(({ name }) => name),
    refused: () => state.getSnapshot().rejected.map(({ name, problem }) => `${name} ${problem.kind}`),
    held: () => checks.getSnapshot().held.map(({ file }) => file.name),
    notes: () => checks.getSnapshot().notes.map(({ name, fact }) => `${name} ${fact.kind}`),
    textOf: async (name: string): Promise<string> => {
      const file = state.getSnapshot().files.find((each) => each.name === name);
      return Buffer.from(await file!.source!.arrayBuffer()).toString('latin1');
    },
  };
}

test('Each picked file ends once: in the plan, held, refused or left out', async () => {
  const kinds = {
    photo: (name: string) => fileOf(`${name}.jpg`, PHOTO),
    plain: (name: string) => fileOf(`${name}.txt`, 'a plain text'),
    secret: (name: string) => fileOf(`${name}.log`, line),
    film: (name: string) => pickedFile(`${name}.mp4`),
  };
  const kindArbitrary = fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]));
  const answerArbitrary = fc.constantFrom<HeldAnswer>('mask', 'attach', 'leave-out', 'retry');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(kindArbitrary, { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(4), answerArbitrary), { maxLength: 6 }),
      fc.constantFrom(undefined, 'warn', 'mask', 'block'),
      async (drops, answers, secrets) => {
        const panel = begin(secrets && policyOf({ workItemTypes: { Bug: { secrets } } }));
        const names: string[] = [];
        for (const [at, drop] of drops.entries()) {
          const files = drop.map((kind, index) => kinds[kind](`${at}-${index}`));
          names.push(...files.map(({ name }) => name));
          await panel.give(files);
        }
        const leftOut: string[] = [];
        for (const [index, answer] of answers) {
          const file = panel.checks.getSnapshot().held[index];
          if (!file) continue;
          if (answer === 'leave-out') leftOut.push(file.file.name);
          panel.checks.answer([file.id], answer);
          panel.checks.answer([file.id], answer);
          await settle(() => answer !== 'retry' || panel.held().includes(file.file.name));
          await panel.files.comparison();
        }
        const refused = panel.refused().map((text) => text.split(' ')[0]!);
        const ended = [...panel.planned(), ...panel.held(), ...refused, ...leftOut];
        expect(ended.sort()).toEqual(names.sort());
        const ids = panel.store.getSnapshot().files.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      },
    ),
    { numRuns: 40 },
  );
});

test('Undo plans a photo as it was picked, under the same id', async () => {
  const panel = begin();
  await panel.give([fileOf('photo.jpg', PHOTO)]);
  expect(panel.notes()).toEqual(['photo.jpg removed']);
  expect(await panel.textOf('photo.jpg')).not.toContain('GPS');
  const [{ id } = { id: '' }] = panel.store.getSnapshot().files;
  panel.checks.undo(panel.checks.getSnapshot().notes);
  await panel.files.comparison();
  expect(await panel.textOf('photo.jpg')).toContain('GPS');
  expect(panel.store.getSnapshot().files).toMatchObject([{ id, size: PHOTO.length }]);
  expect(panel.notes()).toEqual([]);
});

test('The facts about a file go with it, and with the start of the run', async () => {
  const panel = begin();
  await panel.give([fileOf('a.jpg', PHOTO), fileOf('b.jpg', PHOTO), fileOf('c.jpg', PHOTO)]);
  panel.files.actions.removeFiles([panel.store.getSnapshot().files[0]!.id]);
  expect(panel.notes()).toEqual(['b.jpg removed', 'c.jpg removed']);
  panel.files.freeze();
  expect(panel.notes()).toEqual([]);
});

test('The strictest rules of all work item types count for the bytes, with the sentence of the administrator', async () => {
  const panel = begin(
    policyOf({
      metadata: 'keep',
      workItemTypes: {
        Bug: { metadata: 'all', secrets: 'block', message: 'Ask Ada.' },
        Task: { secrets: 'off' },
      },
    }),
    { 'look-for-secrets': 'off' },
  );
  await panel.give([fileOf('photo.jpg', PHOTO), fileOf('build.log', line)]);
  expect(await panel.textOf('photo.jpg')).not.toContain('GPS');
  // A rule of the project is not undone.
  expect(panel.checks.getSnapshot().notes.filter(({ original }) => original)).toEqual([]);
  expect(panel.store.getSnapshot().rejected).toMatchObject([
    { name: 'build.log', problem: { kind: 'has-secrets', brokenRules: ['Ask Ada.'] } },
  ]);
  expect(panel.planned()).toEqual(['photo.jpg']);
});

test('The rules of the person count where no type has one', async () => {
  const panel = begin(policyOf({ workItemTypes: { Bug: { metadata: 'keep', secrets: 'off' } } }), {
    'image-metadata': 'all',
  });
  await panel.give([fileOf('photo.jpg', PHOTO), fileOf('build.log', line)]);
  expect(await panel.textOf('photo.jpg')).not.toContain('Sample One');
  expect(panel.held()).toEqual(['build.log']);
});

test('A policy that cannot be read is named, and lets the files into the plan', async () => {
  const panel = begin({ read: () => Promise.resolve({ policy: undefined, problem: 'unavailable' }) });
  await panel.give([pickedFile('a.mp4')]);
  expect(panel.planned()).toEqual(['a.mp4']);
  expect(panel.notes()).toEqual(['a.mp4 policy-unread']);
});

test('The rules that the plan judges neither refuse nor hold a file before it', async () => {
  const panel = begin(policyOf({ requireComment: true, block: ['mp4'], maxFiles: 0 }));
  await panel.give([pickedFile('a.mp4')]);
  expect(panel.planned()).toEqual(['a.mp4']);
});

test('The start of a run waits for files that are checked and masked, but not for an answer', async () => {
  const policy = createDeferred<Awaited<ReturnType<PolicySource['read']>>>();
  const panel = begin({ read: () => policy.promise });
  void panel.give([fileOf('a.txt', 'a'), fileOf('build.log', line)]);
  await flush();
  let isReady = false;
  void panel.files.comparison()!.then(() => (isReady = true));
  await flush();
  expect(isReady).toBe(false);
  policy.resolve({ policy: undefined });
  await settle(() => isReady);
  expect(panel.planned()).toEqual(['a.txt']);
  expect(panel.held()).toEqual(['build.log']);
  panel.checks.answer(
    panel.checks.getSnapshot().held.map(({ id }) => id),
    'mask',
  );
  await panel.files.comparison();
  expect(panel.planned()).toEqual(['a.txt', 'build.log']);
  expect(await panel.textOf('build.log')).not.toContain(secret);
});
