import fc from 'fast-check';
import type { RuleForm } from '../../../../../src/gallery/project/actions/rule-form';
import {
  isComplete,
  NO_RULES,
  rulesOf,
  searchOf,
} from '../../../../../src/gallery/project/actions/rule-form';
import { planCleanUp } from '../../../../../src/gallery/project/clean-up/plan-clean-up';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import { projectFile, projectItem } from '../../../../helpers/project-files';
import { searchesOf } from '../../../../helpers/project-rows';

const NOW = new Date(2026, 10, 30, 15, 30).getTime();

const forms: fc.Arbitrary<RuleForm> = fc.record({
  age: fc.constantFrom<RuleForm['age']>('any', 'date', 3, 12, 60),
  date: fc.constantFrom('', '2026-08-31', '2025-02-01'),
  largerThan: fc.constantFrom('', '0', '1', '0.5', '1,5', 'many'),
  isOnClosed: fc.boolean(),
  isDuplicate: fc.constant(false),
  includesFilesInTexts: fc.boolean(),
  types: fc.subarray(['log', 'png', '', 'image', 'a,b', '"x']).map((types) => new Set(types)),
  isInSearch: fc.boolean(),
});

const files: fc.Arbitrary<readonly ProjectFile[]> = fc
  .array(
    fc.record({
      name: fc.constantFrom('a.log', 'B.LOG', 'x.png', 'Makefile', 'z.image', 'q.a,b', 'r."x'),
      size: fc.constantFrom(undefined, 0, 500_000, 500_001, 1_000_000, 1_000_001, 3_000_000),
      addedAt: fc.oneof(
        fc.constantFrom(
          NaN,
          ...[new Date(2026, 7, 30), new Date(2026, 7, 31), new Date(2025, 10, 30)].map((day) =>
            day.getTime(),
          ),
        ),
        fc.integer({ min: new Date(2020, 0, 1).getTime(), max: NOW }),
      ),
      isInText: fc.boolean(),
      state: fc.constantFrom('Active', 'Closed', 'Done'),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ state, ...facts }, index) =>
      projectFile(index + 1, {
        ...facts,
        item: projectItem(index + 1, { state, isClosed: state !== 'Active' }),
      }),
    ),
  );

const numbersOf = (found: readonly ProjectFile[]): readonly number[] => found.map(({ item }) => item.id);

test('The search of a complete form finds all files that its rules choose or keep, and no others', () =>
  fc.assert(
    fc.asyncProperty(forms, files, async (form, all) => {
      fc.pre(isComplete(form));
      const rules = rulesOf(form, NOW);
      const aside = searchesOf(all);
      const text = searchOf(rules, '');
      const found = await aside.search({ text, sortBy: 'item', isDescending: false });
      expect(found.problems).toEqual([]);
      const rows = await aside.readRows(found.id, 0, found.count);
      const plan = planCleanUp(all, [], rules);
      const wanted = [...plan.files, ...plan.kept.map(({ file }) => file)];
      expect(numbersOf(rows)).toEqual([...numbersOf(wanted)].sort((a, b) => a - b));
    }),
  ));

test('A form without a rule, or with one that cannot be read, is not complete', () => {
  expect(isComplete(NO_RULES)).toBe(false);
  expect(isComplete({ ...NO_RULES, includesFilesInTexts: true })).toBe(false);
  expect(isComplete({ ...NO_RULES, age: 'date' })).toBe(false);
  expect(isComplete({ ...NO_RULES, age: 'date', date: '2026-02-30' })).toBe(false);
  expect(isComplete({ ...NO_RULES, isOnClosed: true, largerThan: '1x' })).toBe(false);
  expect(isComplete({ ...NO_RULES, types: new Set(['']) })).toBe(true);
});

test('An age ends at the start of its day, or of the last day of a shorter month', () => {
  const before = (age: number) => rulesOf({ ...NO_RULES, age }, NOW).addedBefore;
  expect(before(9)).toBe(new Date(2026, 1, 28).getTime());
  expect(before(12)).toBe(new Date(2025, 10, 30).getTime());
});

test('The current search comes last, so that an open quotation mark takes in no rule', () => {
  expect(searchOf({ largerThan: 5, isOnClosed: true, types: ['log', ''] }, ' "open ')).toBe(
    'size:>5 state:closed type:=log,none "open',
  );
});
