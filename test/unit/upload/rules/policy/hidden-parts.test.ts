import { readHiddenParts } from '../../../../../src/upload/rules/policy/hidden-parts';
import { readPolicy } from '../../../../../src/upload/rules/policy/read-policy';
import { NEVER } from '../../../azure/host/fake-sdk';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';

test('readHiddenParts returns the parts that a policy switches off', async () => {
  const result = readPolicy('{ "version": 1, "parts": { "hub": false, "previews": true } }');
  const policy = result.ok ? result.policy : undefined;
  const hidden = await readHiddenParts({ read: () => Promise.resolve({ policy }) }, createFakeRuntime());
  expect([...hidden]).toEqual(['hub']);
});

test('readHiddenParts leaves all parts on if the policy cannot be read in time', async () => {
  const runtime = createFakeRuntime();
  const hidden = readHiddenParts({ read: () => NEVER }, runtime);
  await runtime.pass(2_000);
  expect((await hidden).size).toBe(0);
});
