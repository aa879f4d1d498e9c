import { sdkForm } from '../../../../src/azure/host/sdk-form';
import { sdkFormFields } from '../../../../src/azure/host/sdk-form-fields';
import type * as FakeSdk from './fake-sdk';
import { afterTimeout, NEVER, refusing, serve, serveForm, setUpFakeSdk } from './fake-sdk';

jest.mock('azure-devops-extension-sdk', () => jest.requireActual<typeof FakeSdk>('./fake-sdk').sdk);

setUpFakeSdk();

const FIELD = 'System.Description';

interface Answers {
  readonly id?: unknown;
  readonly current?: unknown;
  readonly stored?: unknown;
  readonly fields?: unknown;
  readonly set?: () => unknown;
}

function serveAnswers({ id = 7, current = 'new', stored = 'old', fields = [], set = () => true }: Answers) {
  const setFieldValue = jest.fn(set);
  serveForm({
    getId: () => Promise.resolve(id),
    getRevision: () => Promise.resolve(3),
    getFields: () => Promise.resolve(fields),
    getFieldValue: (_: string, { returnOriginalValue }: { returnOriginalValue: boolean }) =>
      Promise.resolve(returnOriginalValue ? stored : current),
    setFieldValue,
  });
  return setFieldValue;
}

test('loadFormFields loads the fields', async () => {
  expect(await sdkForm.loadFormFields()).toBe(sdkFormFields);
});

test('list returns the reference names of the fields', async () => {
  serveAnswers({ fields: [{ referenceName: FIELD }, null, { referenceName: 7 }] });
  expect(await sdkFormFields.list(7)).toEqual(new Set([FIELD, '']));
});

test.each<[string, Answers, object | string]>([
  ['both texts', {}, { current: 'new', stored: 'old', revision: 3 }],
  ['an empty field', { current: null, stored: null }, { current: '', stored: '', revision: 3 }],
  ['a cleared field', { current: '' }, { current: '', stored: 'old', revision: 3 }],
  ['no answer for a field with a text', { current: null }, 'failed'],
  ['a number', { current: 7 }, 'failed'],
  ['another work item', { id: 8 }, 'other-item'],
])('read returns %s', async (_, answers, expected) => {
  serveAnswers(answers);
  expect(await sdkFormFields.read(7, FIELD)).toEqual(expected);
});

test.each<[string, Answers, string, number]>([
  ['a field that takes it', {}, 'sent', 1],
  ['a read-only field', { set: () => false }, 'read-only', 1],
  ['a host that refuses', { set: refusing(new Error('No.')) }, 'failed', 1],
  ['a host that never answers', { set: () => NEVER }, 'failed', 1],
  ['another work item', { id: 8 }, 'other-item', 0],
])('write to %s', async (_, answers, outcome, calls) => {
  const set = serveAnswers(answers);
  expect(await afterTimeout(sdkFormFields.write(7, FIELD, 'x'))).toBe(outcome);
  expect(set.mock.calls).toHaveLength(calls);
});

test.each<[string, () => void]>([
  ['without a form service', () => serve({})],
  ['with a form that lists no fields', () => serveAnswers({ fields: 'x' })],
])('list fails %s', async (_, prepare) => {
  prepare();
  expect(await afterTimeout(sdkFormFields.list(7))).toBe('failed');
});
