import fc from 'fast-check';
import { problemByRules, rulesOfItems } from '../../../../src/bulk/plan/item-rules';
import type { PlanInput, PlanItem } from '../../../../src/bulk/plan/plan';
import { checkFile } from '../../../../src/upload/rules/policy/check-file';
import { planOf } from '../../../../src/bulk/plan/planner';
import { readPolicy } from '../../../../src/upload/rules/policy/read-policy';

function policyOf(rules: object) {
  const result = readPolicy(JSON.stringify({ version: 1, ...rules }));
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join());
  return result.policy;
}

/** Work item with attachments of these names. */
function itemWith(id: number, names: readonly string[], type = 'Bug'): PlanItem {
  const attachments = names.map((name, index) => ({
    attachmentId: `${id}-${index}`,
    name,
    size: 1,
    comment: '',
  }));
  const facts = { title: '', state: '', project: 'Fabrikam', revision: 1, attachmentLimit: 100 };
  return { id, type, ...facts, attachments, problem: undefined };
}

function inputOf(items: readonly PlanItem[], names: readonly string[]): PlanInput {
  return {
    files: names.map((name, index) => ({ id: `file-${index}`, name, size: 2, folder: '' })),
    ...{ items, mapping: { kind: 'all' }, edits: new Map(), comment: '' },
    duplicates: { all: 'replace', ofItems: new Map() },
  };
}

const NAMES = fc.uniqueArray(fc.stringMatching(/^[a-f]\.txt$/), { maxLength: 6 });

test('A plan never attaches more than maxFiles allows, and refuses nothing below it', () => {
  fc.assert(
    fc.property(NAMES, NAMES, fc.nat(10), (present, dropped, maxFiles) => {
      const policy = policyOf({ maxFiles });
      const items = rulesOfItems([itemWith(7, present)], () => policy);
      const kinds = planOf(inputOf(items, dropped)).pairs.map(({ fate }) => fate.kind);
      const countOf = (wanted: string): number => kinds.filter((kind) => kind === wanted).length;
      const total = present.length + countOf('attach');
      const most = Math.max(maxFiles, present.length);
      expect(total).toBeLessThanOrEqual(most);
      expect(countOf('blocked') === 0 || total === most).toBe(true);
      // A replacement changes no number.
      expect(countOf('replace')).toBe(dropped.filter((name) => present.includes(name)).length);
    }),
  );
});

test('A plan applies the rules of each type to its work items, and counts no refused file', () => {
  const policy = policyOf({
    maxFiles: 1,
    block: ['exe'],
    workItemTypes: { Task: { block: [], maxFiles: 9 } },
  });
  const items = rulesOfItems([itemWith(7, []), itemWith(8, [], 'Task')], () => policy);
  const { pairs } = planOf(inputOf(items, ['a.exe', 'b.txt']));
  expect(pairs.map(({ workItemId, name, fate }) => [workItemId, name, fate.kind])).toEqual([
    [7, 'a.exe', 'blocked'],
    [8, 'a.exe', 'attach'],
    [7, 'b.txt', 'attach'],
    [8, 'b.txt', 'attach'],
  ]);
});

test('A plan leaves out a file that is there already, though it breaks the policy', () => {
  const policy = policyOf({ block: ['txt'] });
  const items = rulesOfItems([itemWith(7, ['a.txt'])], () => policy);
  const input = inputOf(items, ['a.txt']);
  const files = input.files.map((file) => ({ ...file, size: 1 }));
  const { pairs } = planOf({ ...input, files, duplicates: { all: 'skip', ofItems: new Map() } });
  expect(pairs[0]?.fate).toEqual({ kind: 'skip', reason: 'already-there' });
});

test('problemByRules names every broken rule and the message of the policy', () => {
  const { rules } = policyOf({
    maxBytes: 1,
    requireComment: true,
    block: ['exe', 'txt'],
    message: 'Ask Jamal.',
  });
  const file = { name: 'a.txt', size: 2, comment: '📁 logs', contentType: { extensions: ['exe'] } };
  expect(problemByRules(rules, file, { id: 7, type: 'Bug', fileCount: 0 })).toEqual({
    kind: 'breaks-policy',
    brokenRules: [
      'This project allows files up to 1 B. This file has 2 B.',
      "This project doesn't allow files of type “txt”.",
      'This project asks for a comment on each file.',
      "By its content, this is a file of type “exe”, which this project doesn't allow.",
      'Ask Jamal.',
    ],
  });
});

test('problemByRules and checkFile agree on names, for any number and type', () => {
  const part = fc.constantFrom('7', '70', 'Bug', ' ', '_', 'screenshot', '.png', '#');
  const patterns = fc.constantFrom(
    '{id} *',
    '{id} *; screenshot *',
    '{type} {id}*',
    '*.png',
    '#{id}*; {id}.*',
  );
  fc.assert(
    fc.property(
      patterns,
      fc.array(part, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(7, 70, 8, undefined),
      (pattern, parts, id) => {
        const { rules } = policyOf({ name: pattern });
        const file = { name: parts.join(''), size: 1, comment: '' };
        const item = { id, type: 'Bug', fileCount: 1 };
        expect(problemByRules(rules, file, item) === undefined).toBe(
          checkFile(rules, file, item).length === 0,
        );
      },
    ),
  );
});
