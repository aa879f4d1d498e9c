import type { Emulator } from '../../src/running-emulator';
import { refusal, send, start } from './client';

interface Field {
  name: string;
  referenceName: string;
  type: string;
  url: string;
}

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

async function list(scope = '', version = '7.1'): Promise<Field[]> {
  const response = await send(emulator, `${scope}_apis/wit/fields`, { version });
  expect(response.status).toBe(200);
  return ((await response.json()) as { value: Field[] }).value;
}

const longTexts = (fields: Field[]) =>
  fields.filter(({ type }) => type === 'html').map(({ referenceName, name }) => [referenceName, name]);

test.each([
  ['', '6.0'],
  ['Fabrikam/', '7.1'],
  ['', '7.2-preview.3'],
])('the list of fields with the scope "%s" in version %s has the long texts', async (scope, version) => {
  expect(longTexts(await list(scope, version))).toEqual([
    ['System.Description', 'Description'],
    ['Microsoft.VSTS.TCM.ReproSteps', 'Repro Steps'],
    ['Microsoft.VSTS.TCM.SystemInfo', 'System Info'],
    ['Microsoft.VSTS.Common.AcceptanceCriteria', 'Acceptance Criteria'],
    ['Custom.TestNotes', 'Test Notes'],
  ]);
});

test('the list of fields has each field of the seeded work items', async () => {
  const known = new Set((await list()).map(({ referenceName }) => referenceName));
  const response = await send(emulator, '_apis/wit/workitems?ids=7,8,9,12,15,21,30,31,32&$expand=all');
  const { value } = (await response.json()) as { value: { fields: object }[] };
  const used = value.flatMap(({ fields }) => Object.keys(fields));
  expect(used.filter((name) => !known.has(name) && !/Level\d$/.test(name))).toEqual([]);
});

test('a test can add a field', async () => {
  emulator.store.fields.set('Custom.Root', {
    referenceName: 'Custom.Root',
    name: 'Root cause',
    type: 'html',
    isReadOnly: false,
    isIdentity: false,
  });
  expect(longTexts(await list()).at(-1)).toEqual(['Custom.Root', 'Root cause']);
});

test.each(['Microsoft.VSTS.TCM.ReproSteps', 'repro%20steps'])('a field is found as %s', async (name) => {
  const response = await send(emulator, `_apis/wit/fields/${name}`);
  expect(await response.json()).toMatchObject({
    name: 'Repro Steps',
    type: 'html',
    readOnly: false,
    url: `${emulator.restBaseUrl}_apis/wit/fields/Microsoft.VSTS.TCM.ReproSteps`,
  });
});

test('an unknown field is a 404', async () => {
  const response = await send(emulator, '_apis/wit/fields/Custom.None');
  expect(response.status).toBe(404);
  expect((await refusal(response)).message).toBe('TF51535: Cannot find field Custom.None.');
});
