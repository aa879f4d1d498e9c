import { NEW_POLICY } from '../../../../src/entries/settings/policy-text';
import type { EditorState } from '../../../../src/entries/settings/settings-session';
import { createSettingsSession } from '../../../../src/entries/settings/settings-session';
import { HostError } from '../../../../src/base/errors';
import { createPolicyStore } from '../../../../src/upload/rules/policy/policy-store';
import { flush } from '../../../helpers/deferred';
import { createMemoryDocuments } from '../../../helpers/memory-documents';

const MINE = '{ "version": 1, "maxFiles": 5 }';
const THEIRS = '{ "version": 1, "maxFiles": 9 }';

function openProject() {
  const memory = createMemoryDocuments();
  const openPage = async (author: string) => {
    const documents = memory.open();
    const session = createSettingsSession(
      createPolicyStore({ documents, projectId: 'P', readAuthor: () => author, now: () => 1 }),
    );
    await session.load();
    const state = (): EditorState => {
      const now = session.getSnapshot();
      if (now.status !== 'ready') throw new Error(now.status);
      return now;
    };
    return { session, state };
  };
  return { memory, openPage };
}

/** A page whose text was saved after another administrator's. */
async function clash() {
  const { memory, openPage } = openProject();
  const [ada, bo] = [await openPage('Ada'), await openPage('Bo')];
  bo.session.edit(THEIRS);
  await bo.session.save();
  ada.session.edit(MINE);
  await ada.session.save();
  return { memory, ada, openPage };
}

test('The page starts with a policy that asks nothing, and has nothing to save', async () => {
  const { session, state } = await openProject().openPage('Ada');
  expect(state()).toMatchObject({ stored: undefined, text: NEW_POLICY, result: { ok: true } });
  expect(session.hasUnsaved()).toBe(false);
});

test('The page saves a readable text and knows edits that are not saved', async () => {
  const { openPage } = openProject();
  const { session, state } = await openPage('Ada');
  session.edit(MINE);
  expect(session.hasUnsaved()).toBe(true);
  await session.save();
  expect(state()).toMatchObject({ stored: { text: MINE, by: 'Ada' }, outcome: { kind: 'saved' } });
  expect(session.hasUnsaved()).toBe(false);
  session.edit(THEIRS);
  expect(state().outcome).toBeUndefined();
  expect((await openPage('Bo')).state().text).toBe(MINE);
});

test('The page does not save a text that cannot be read', async () => {
  const { memory, openPage } = openProject();
  const { session, state } = await openPage('Ada');
  session.edit('{ "version": 1, "maxFiles": -1 }');
  await session.save();
  expect(state().result).toMatchObject({ ok: false, faults: [{ path: 'maxFiles' }] });
  expect(memory.texts.size).toBe(0);
});

test('The page shows the other version after a clash, and replaces it when told so', async () => {
  const { ada, openPage } = await clash();
  expect(ada.state()).toMatchObject({ text: MINE, clash: { text: THEIRS, by: 'Bo' } });
  await ada.session.save();
  expect(ada.state()).toMatchObject({ clash: undefined, outcome: { kind: 'saved' } });
  expect((await openPage('Cy')).state().stored).toMatchObject({ text: MINE, versions: [{ text: THEIRS }] });
});

test('The page takes the other version after a clash, and brings the own one back', async () => {
  const { ada } = await clash();
  ada.session.takeTheirs();
  expect(ada.state()).toMatchObject({ text: THEIRS, clash: undefined, setAside: MINE });
  expect(ada.session.hasUnsaved()).toBe(true);
  ada.session.bringBack();
  expect(ada.state()).toMatchObject({ text: MINE, setAside: undefined });
  await ada.session.save();
  expect(ada.state().stored).toMatchObject({ text: MINE, versions: [{ text: THEIRS }] });
});

test('The page forgets the own version when told so', async () => {
  const { ada } = await clash();
  ada.session.takeTheirs();
  ada.session.dismiss();
  expect(ada.session.hasUnsaved()).toBe(false);
});

test('The page keeps the text if it cannot be saved, and saves it at the next attempt', async () => {
  const { memory, openPage } = openProject();
  const { session, state } = await openPage('Ada');
  session.edit(MINE);
  memory.onWrite = () => {
    throw new HostError('No answer.');
  };
  await session.save();
  expect(state()).toMatchObject({ text: MINE, isSaving: false, outcome: { kind: 'failed' } });
  memory.onWrite = () => undefined;
  await session.save();
  expect(state().outcome).toEqual({ kind: 'saved' });
});

test('The page tells that the policy cannot be read, and reads it again', async () => {
  let isDown = true;
  const document = { text: MINE, by: 'Ada', at: 1, versions: [] };
  const session = createSettingsSession({
    read: () => (isDown ? Promise.reject(new HostError('No answer.')) : Promise.resolve(document)),
    save: () => Promise.reject(new HostError('No answer.')),
  });
  await session.load();
  expect(session.getSnapshot()).toMatchObject({ status: 'failed', problem: { kind: 'host-silent' } });
  isDown = false;
  await session.load();
  expect(session.getSnapshot()).toMatchObject({ status: 'ready', text: MINE });
});

test('The page suggests the types of the project, and the common ones if they cannot be read', async () => {
  const store = createPolicyStore({
    documents: createMemoryDocuments().open(),
    projectId: 'P',
    readAuthor: () => 'Ada',
    now: () => 1,
  });
  const typesOf = async (readTypes: () => Promise<readonly string[]>) => {
    const session = createSettingsSession(store, readTypes);
    await session.load();
    await flush();
    expect(session.getSnapshot().status).toBe('ready');
    return session.typeNames.getSnapshot();
  };
  expect(await typesOf(() => Promise.resolve(['Bug', 'Risk']))).toEqual(['Bug', 'Risk']);
  expect(await typesOf(() => Promise.reject(new HostError('No token.')))).toContain('User Story');
});
