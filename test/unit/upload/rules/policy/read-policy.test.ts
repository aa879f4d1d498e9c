import { Ajv } from 'ajv';
import fc from 'fast-check';
import schema from '../../../../../packages/cli/policy.schema.json';
import { rulesFor } from '../../../../../src/upload/rules/policy/policy';
import type { PolicyResult } from '../../../../../src/upload/rules/policy/read-policy';
import { MAX_POLICY_LENGTH, readPolicy } from '../../../../../src/upload/rules/policy/read-policy';

function read(document: object): PolicyResult {
  return readPolicy(JSON.stringify(document));
}

function policyOf(document: object) {
  const result = read({ version: 1, ...document });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.policy;
}

/** Paths of the faults. */
function pathsOf(result: PolicyResult): readonly string[] {
  return result.ok ? [] : result.faults.map(({ path }) => path);
}

test('readPolicy reads every rule', () => {
  const { rules, hiddenParts } = policyOf({
    maxBytes: 1_000,
    maxFiles: 20,
    allow: ['.PNG', 'log'],
    block: ['exe'],
    requireComment: true,
    name: '{id} *; screenshot *',
    metadata: 'all',
    secrets: 'block',
    duplicates: 'skip',
    message: 'Ask the support team.',
    parts: { bulkPanel: false, hub: true },
  });
  expect(rules).toMatchObject({
    maxBytes: 1_000,
    maxFiles: 20,
    allow: ['png', 'log'],
    block: ['exe'],
    requireComment: true,
    name: { text: '{id} *; screenshot *' },
    metadata: 'all',
    secrets: 'block',
    duplicates: 'skip',
    message: 'Ask the support team.',
  });
  expect([...hiddenParts]).toEqual(['bulkPanel']);
});

test('rulesFor replaces single rules for a work item type, ignoring case', () => {
  const policy = policyOf({ maxBytes: 10, maxFiles: 5, workItemTypes: { Bug: { maxBytes: 99 } } });
  expect(rulesFor(policy, 'bug')).toEqual({ maxBytes: 99, maxFiles: 5 });
  expect(rulesFor(policy, 'Task')).toEqual({ maxBytes: 10, maxFiles: 5 });
});

test.each([
  ['no JSON', '{', ['']],
  ['a list', '[]', ['version', '']],
  ['null', 'null', ['']],
  ['too long a text', `{"version":1,"message":"${'x'.repeat(MAX_POLICY_LENGTH)}"}`, ['']],
  ['a missing version', '{}', ['version']],
  ['a later version', '{"version":2}', ['version']],
  ['a size of zero', '{"version":1,"maxBytes":0}', ['maxBytes']],
  ['a size in words', '{"version":1,"maxBytes":"10 MB"}', ['maxBytes']],
  ['an extension with a wildcard', '{"version":1,"block":["exe","*.bat"]}', ['block.1']],
  ['an unknown choice', '{"version":1,"secrets":"hide"}', ['secrets']],
  ['a pattern with two numbers', '{"version":1,"name":"{id}{id}"}', ['name']],
  [
    'a wrong type rule',
    '{"version":1,"workItemTypes":{"Bug":{"maxFiles":-1}}}',
    ['workItemTypes.Bug.maxFiles'],
  ],
  ['a wrong type pattern', '{"version":1,"workItemTypes":{"Bug":{"name":""}}}', ['workItemTypes.Bug.name']],
])('readPolicy refuses %s and names its place', (_, json, paths) => {
  expect(pathsOf(readPolicy(json))).toEqual(paths);
});

test('readPolicy ignores unknown members and names them', () => {
  const result = read({ version: 1, color: 1, parts: { chat: true }, workItemTypes: { Bug: { shape: 2 } } });
  expect(result).toMatchObject({ ok: true, unknown: ['color', 'parts.chat', 'workItemTypes.Bug.shape'] });
});

test('readPolicy reads a text with a byte order mark', () => {
  expect(readPolicy('\ufeff{"version":1}').ok).toBe(true);
});

test('readPolicy never throws, and its sentences have an end', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (json) => {
      const result = readPolicy(json);
      if (!result.ok) for (const { message } of result.faults) expect(message).toMatch(/\.$/);
    }),
  );
});

/** A value that is right for some member, or for none. */
const anyValue = fc.oneof(
  fc.constantFrom(true, false, 0, 1, -1, 1.5, 60_000_000, 'skip', 'all', 'warn', 'a name', null),
  fc.array(fc.constantFrom('png', '.log', '*', 'a.b', '', 3), { maxLength: 3 }),
  fc.string({ maxLength: 600, minLength: 490 }),
);
const anyRules = fc.dictionary(
  fc.constantFrom(
    ...Object.keys(schema.definitions.rules.properties).filter((name) => name !== 'name'),
    'other',
  ),
  anyValue,
  { maxKeys: 3 },
);
const anyDocument = fc.record({
  rules: anyRules,
  version: fc.constantFrom(1, 1, 1, 2, '1'),
  frame: fc.dictionary(
    fc.constantFrom('parts', 'workItemTypes'),
    fc.oneof(
      fc.dictionary(fc.constantFrom('hub', 'previews', 'x'), fc.constantFrom(true, false, 1)),
      fc.dictionary(fc.constantFrom('Bug', 'Task'), anyRules),
      anyValue,
    ),
    { maxKeys: 2 },
  ),
});

test('readPolicy and the published schema accept the same documents', () => {
  const isValid = new Ajv().compile(schema);
  fc.assert(
    fc.property(anyDocument, ({ rules, version, frame }) => {
      const document = { ...rules, version, ...frame };
      expect(read(document).ok).toBe(isValid(document));
    }),
    { numRuns: 500 },
  );
});
