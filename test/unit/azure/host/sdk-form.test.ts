import { sdkForm } from '../../../../src/azure/host/sdk-form';
import { createDeferred, flush } from '../../../helpers/deferred';
import type * as FakeSdk from './fake-sdk';
import {
  afterTimeout,
  hostFailure,
  NEVER,
  refusing,
  sdk,
  serve,
  serveForm,
  unheardDuring,
  setUpFakeSdk,
} from './fake-sdk';

jest.mock('azure-devops-extension-sdk', () => jest.requireActual<typeof FakeSdk>('./fake-sdk').sdk);

setUpFakeSdk();

describe('refreshForm', () => {
  interface Answers {
    readonly id?: () => Promise<unknown>;
    readonly dirty?: () => Promise<unknown>;
    readonly refresh?: () => Promise<unknown>;
  }

  function serveAnswers({
    id = () => Promise.resolve(7),
    dirty = () => Promise.resolve(false),
    refresh = () => Promise.resolve(),
  }: Answers): jest.Mock {
    const refreshing = jest.fn(refresh);
    serveForm({ getId: id, isDirty: dirty, refresh: refreshing });
    return refreshing;
  }

  test.each<[string, string, Answers, number]>([
    ['a clean form', 'refreshed', {}, 1],
    ['a form with unsaved edits', 'unsaved-edits', { dirty: () => Promise.resolve(true) }, 0],
    [
      'a form that does not say whether it has edits',
      'unsaved-edits',
      { dirty: () => Promise.resolve(undefined) },
      0,
    ],
    ['a form with another item', 'other-item', { id: () => Promise.resolve(8) }, 0],
    [
      'a form with another item and edits',
      'other-item',
      { id: () => Promise.resolve(8), dirty: () => Promise.resolve(true) },
      0,
    ],
    ['a form that does not say which item it has', 'other-item', { id: () => Promise.resolve(undefined) }, 0],
    ['no form', 'failed', { id: () => Promise.reject(new Error('Active work item does not exist.')) }, 0],
    ['a form that refuses to tell of edits', 'failed', { dirty: () => Promise.reject(new Error()) }, 0],
    [
      'a form that refuses to refresh',
      'failed',
      { refresh: () => Promise.reject(new Error('Cancelled.')) },
      1,
    ],
    ['a form that never tells its item', 'failed', { id: () => NEVER }, 0],
    ['a form that never tells of edits', 'failed', { dirty: () => NEVER }, 0],
    ['a form that never finishes', 'failed', { refresh: () => NEVER }, 1],
  ])('for %s returns %s', async (_, outcome, answers, refreshes) => {
    const refreshing = serveAnswers(answers);
    expect(await afterTimeout(sdkForm.refreshForm(7))).toBe(outcome);
    expect(refreshing).toHaveBeenCalledTimes(refreshes);
  });

  test.each([
    ['is missing', () => Promise.resolve(undefined)],
    ['is refused', () => Promise.reject(new Error('Gone.'))],
    ['never comes', () => NEVER],
  ])('fails when the form service %s', async (_, getService) => {
    sdk.getService.mockImplementation(getService);
    expect(await afterTimeout(sdkForm.refreshForm(7))).toBe('failed');
  });

  test('fails without a method of the form, and leaves no unhandled rejection', async () => {
    serveForm({ getId: () => NEVER });
    const refresh = async (): Promise<void> => {
      expect(await afterTimeout(sdkForm.refreshForm(7))).toBe('failed');
    };
    expect(await unheardDuring(refresh)).toBe(false);
  });

  test('waits for both responses before the refresh', async () => {
    const dirty = createDeferred<unknown>();
    const refreshing = serveAnswers({ dirty: () => dirty.promise });
    const refreshed = sdkForm.refreshForm(7);
    await flush();
    expect(refreshing).not.toHaveBeenCalled();
    dirty.resolve(false);
    expect(await refreshed).toBe('refreshed');
  });
});

describe('getFormItemType', () => {
  test('returns the type from the form', async () => {
    const getFieldValue = jest.fn(() => Promise.resolve('User Story'));
    serveForm({ getFieldValue });
    expect(await sdkForm.getFormItemType()).toBe('User Story');
    expect(getFieldValue.mock.calls).toEqual([['System.WorkItemType', { returnOriginalValue: false }]]);
  });

  test.each([
    ['is none', () => Promise.resolve(undefined)],
    ['is no text', () => Promise.resolve(7)],
    ['is refused', () => Promise.reject(new Error('No item.'))],
    ['never comes', () => NEVER],
  ])('returns an empty type when it %s', async (_, getFieldValue) => {
    serveForm({ getFieldValue });
    expect(await afterTimeout(sdkForm.getFormItemType())).toBe('');
  });

  test('returns an empty type without a form service', async () => {
    serve({});
    expect(await sdkForm.getFormItemType()).toBe('');
  });
});

/** Responses of a form; each method returns its next one and repeats the last. */
type FormAnswers = Partial<Record<'id' | 'dirty' | 'valid' | 'invalid' | 'save', (() => Promise<unknown>)[]>>;

/** A form of work item 7 with unsaved edits and the given responses. Counts the calls of `save`. */
function serveEdits(answers: FormAnswers): jest.Mock {
  const asked = ({ id, dirty, valid, invalid, save }: FormAnswers) => ({
    getId: inTurn(id ?? [() => Promise.resolve(7)]),
    isDirty: inTurn(dirty ?? [() => Promise.resolve(true), () => Promise.resolve(false)]),
    isValid: inTurn(valid ?? [() => Promise.resolve(true)]),
    getInvalidFields: inTurn(invalid ?? [() => Promise.resolve([])]),
    save: inTurn(save ?? [() => Promise.resolve()]),
  });
  const form = asked(answers);
  serveForm(form);
  return form.save;
}

function inTurn(answers: (() => Promise<unknown>)[]): jest.Mock {
  const left = [...answers];
  return jest.fn(() => (left.length > 1 ? left.shift()! : left[0]!)());
}

const yes = (): Promise<unknown> => Promise.resolve(true);
const no = (): Promise<unknown> => Promise.resolve(false);
const nothing = (): Promise<unknown> => Promise.resolve(undefined);
const refuse = refusing(hostFailure('TF401320: Rule.'));
const never = (): Promise<unknown> => NEVER;

describe('getUnsavedEdits', () => {
  test.each<[string, string, FormAnswers]>([
    ['some', 'a form that has some', { dirty: [yes] }],
    ['none', 'a form that has none', { dirty: [no] }],
    ['unknown', 'a form that says neither', { dirty: [nothing] }],
    ['unknown', 'a form with another item', { id: [() => Promise.resolve(8)] }],
    ['unknown', 'a form that knows of no item', { id: [nothing] }],
    ['unknown', 'a form that refuses', { dirty: [refuse] }],
    ['unknown', 'a form that refuses to tell its item', { id: [refusing()] }],
    ['unknown', 'a form that never answers', { dirty: [never] }],
  ])('returns %s for %s', async (edits, _, answers) => {
    serveEdits(answers);
    expect(await afterTimeout(sdkForm.getUnsavedEdits(7))).toBe(edits);
  });

  test.each<[string, () => void]>([
    ['no form service', () => serve({})],
    ['a form service that cannot tell', () => serveForm({})],
    ['a form service that is refused', () => sdk.getService.mockRejectedValue(hostFailure())],
    ['a form service that never comes', () => sdk.getService.mockReturnValue(NEVER)],
  ])('returns unknown with %s', async (_, prepare) => {
    prepare();
    expect(await afterTimeout(sdkForm.getUnsavedEdits(7))).toBe('unknown');
  });
});

describe('saveForm', () => {
  const SAVE_TIMEOUT_MS = 120_000;

  test('saves a form that has edits before and none after', async () => {
    const save = serveEdits({});
    expect(await sdkForm.saveForm(7)).toEqual({ outcome: 'saved' });
    expect(save).toHaveBeenCalledTimes(1);
  });

  test('succeeds without saving if there are no edits', async () => {
    const save = serveEdits({ dirty: [no] });
    expect(await sdkForm.saveForm(7)).toEqual({ outcome: 'saved' });
    expect(save).not.toHaveBeenCalled();
  });

  test('saves if the form does not tell whether it has edits', async () => {
    const save = serveEdits({ dirty: [nothing, no] });
    expect(await sdkForm.saveForm(7)).toEqual({ outcome: 'saved' });
    expect(save).toHaveBeenCalledTimes(1);
  });

  test('saves if the form does not tell whether it is valid', async () => {
    serveEdits({ valid: [nothing] });
    expect(await sdkForm.saveForm(7)).toEqual({ outcome: 'saved' });
  });

  test.each([[8], [undefined]])('does nothing when the active item is %s', async (id) => {
    const save = serveEdits({ id: [() => Promise.resolve(id)] });
    expect(await sdkForm.saveForm(7)).toEqual({ outcome: 'other-item' });
    expect(save).not.toHaveBeenCalled();
  });

  test('succeeds for a new item once it has an id', async () => {
    serveEdits({ id: [() => Promise.resolve(0), () => Promise.resolve(12)], dirty: [yes] });
    expect(await sdkForm.saveForm(0)).toEqual({ outcome: 'saved' });
  });

  test.each([
    [0, -1],
    [-1, 0],
  ])('saves a new item with id %i in the form and %i in its events', async (id, hostId) => {
    const save = serveEdits({ id: [() => Promise.resolve(id), () => Promise.resolve(12)], dirty: [yes] });
    expect(await sdkForm.saveForm(hostId)).toEqual({ outcome: 'saved' });
    expect(save).toHaveBeenCalledTimes(1);
  });

  test('succeeds for a new item without edits whose id arrives late', async () => {
    const save = serveEdits({ id: [() => Promise.resolve(0)], dirty: [no] });
    expect(await sdkForm.saveForm(0)).toEqual({ outcome: 'saved' });
    expect(save).toHaveBeenCalledTimes(1);
  });

  test('fails for a new item after a refused save, with or without edits', async () => {
    serveEdits({ id: [() => Promise.resolve(0)], dirty: [no], save: [refuse] });
    expect(await sdkForm.saveForm(0)).toMatchObject({ outcome: 'failed' });
  });

  test('fails for a new item after a refused save if another item is active', async () => {
    serveEdits({ id: [() => Promise.resolve(0), () => Promise.resolve(12)], save: [refuse] });
    expect(await sdkForm.saveForm(0)).toMatchObject({ outcome: 'failed' });
  });

  test.each<[string, unknown, readonly string[]]>([
    [
      'by name',
      [{ name: 'Team', referenceName: 'Custom.Team' }, { referenceName: 'Custom.Area' }],
      ['Team', 'Custom.Area'],
    ],
    ['as far as they have one', [{}, null, 7, { name: 7 }, { name: 'Team' }], ['Team']],
    ['not at all where they are no list', { name: 'Team' }, []],
    ['not at all where the host says nothing', undefined, []],
  ])('returns the invalid fields %s', async (_, invalid, fields) => {
    const save = serveEdits({ valid: [no], invalid: [() => Promise.resolve(invalid)] });
    expect(await sdkForm.saveForm(7)).toEqual({ outcome: 'invalid', fields });
    expect(save).not.toHaveBeenCalled();
  });

  test.each([refuse, never])('returns invalid without a list of fields', async (invalid) => {
    serveEdits({ valid: [no], invalid: [invalid] });
    expect(await afterTimeout(sdkForm.saveForm(7))).toEqual({ outcome: 'invalid', fields: [] });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['in its own words', refuse, 'TF401320: Rule.'],
    ['in a text', refusing('Cancelled.'), 'Cancelled.'],
    ['with nothing, as an answer without a value', nothing, ''],
    ['with nothing, as a rejection', refusing(), ''],
    ['with an object that says nothing', refusing(hostFailure()), ''],
    ['by never answering', never, ''],
  ])('returns only the message of a host that refuses %s', async (_, save, message) => {
    serveEdits({ save: [save], dirty: [yes] });
    expect(await afterTimeout(sdkForm.saveForm(7), SAVE_TIMEOUT_MS)).toEqual({ outcome: 'failed', message });
  });

  test.each([
    ['refuses with nothing', refusing()],
    ['never answers', never],
  ])('succeeds if the edits are gone although the host %s', async (_, save) => {
    serveEdits({ save: [save] });
    expect(await afterTimeout(sdkForm.saveForm(7), SAVE_TIMEOUT_MS)).toEqual({ outcome: 'saved' });
  });

  test('decides by the visible state if there is no response for a minute', async () => {
    serveEdits({ save: [never], dirty: [yes] });
    const saved = jest.fn();
    void sdkForm.saveForm(7).then(saved);
    await jest.advanceTimersByTimeAsync(59_999);
    expect(saved).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(saved.mock.calls).toMatchObject([[{ outcome: 'failed' }]]);
  });

  test('succeeds after a late response', async () => {
    const late = createDeferred<unknown>();
    serveEdits({ save: [() => late.promise] });
    const saving = sdkForm.saveForm(7);
    await jest.advanceTimersByTimeAsync(30_000);
    late.resolve(undefined);
    expect(await saving).toEqual({ outcome: 'saved' });
  });

  test.each<[string, FormAnswers, string]>([
    ['its item', { id: [never] }, ''],
    ['its edits', { dirty: [refuse] }, 'TF401320: Rule.'],
    ['whether it is valid', { valid: [refuse] }, 'TF401320: Rule.'],
    ['what came of the save', { dirty: [yes, refusing()] }, ''],
  ])('fails if the host does not tell %s', async (_, answers, message) => {
    serveEdits(answers);
    expect(await afterTimeout(sdkForm.saveForm(7), SAVE_TIMEOUT_MS)).toEqual({ outcome: 'failed', message });
  });

  test.each<[string, () => void]>([
    ['is not there', () => serve({})],
    ['cannot do it', () => serveForm({})],
    ['never comes', () => sdk.getService.mockReturnValue(NEVER)],
  ])('fails with a service that %s', async (_, prepare) => {
    prepare();
    expect(await afterTimeout(sdkForm.saveForm(7), SAVE_TIMEOUT_MS)).toMatchObject({ outcome: 'failed' });
  });
});
