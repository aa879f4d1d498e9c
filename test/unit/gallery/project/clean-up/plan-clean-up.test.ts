import { planCleanUp } from '../../../../../src/gallery/project/clean-up/plan-clean-up';
import { duplicateGroupOf } from '../../../../../src/gallery/project/duplicates/duplicate-groups';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import { projectFile, projectItem } from '../../../../helpers/project-files';

const closed = projectItem(3, { isClosed: true, state: 'Closed' });
const FILES: readonly ProjectFile[] = [
  projectFile(1),
  projectFile(2, { name: 'b.LOG', isInText: true }),
  projectFile(3, { item: closed, name: 'c.log' }),
  projectFile(4, { item: closed, addedAt: NaN, size: undefined }),
  projectFile(5, { size: 10 }),
];

function numbers(...order: Parameters<typeof planCleanUp>): readonly number[] {
  return planCleanUp(...order).files.map(({ reference }) => Number(reference.id.slice(-12)));
}

const [one, , , , five] = FILES;
const GROUPS = [
  duplicateGroupOf('a', [
    { reference: one!.reference, size: 10, files: [one!] },
    { reference: five!.reference, size: 10, files: [five!] },
  ]),
];

test.each<[string, Parameters<typeof planCleanUp>[2], readonly number[]]>([
  ['no file without a rule', {}, []],
  ['no file for rules that are off', { isDuplicate: false, isOnClosed: false, types: [] }, []],
  ['older files, but none of unknown age', { addedBefore: 3_500, includesFilesInTexts: true }, [1, 2, 3]],
  ['larger files, but none of unknown size', { largerThan: 10, includesFilesInTexts: true }, [2, 3]],
  ['files on closed work items', { isOnClosed: true }, [3, 4]],
  ['files of a type', { types: ['log'], includesFilesInTexts: true }, [2, 3]],
  ['files for which all rules hold', { types: ['log'], isOnClosed: true, largerThan: 29 }, [3]],
  ['files outside of texts', { types: ['log'] }, [3]],
])('planCleanUp chooses %s', (_, rules, expected) => {
  expect(numbers(FILES, [], rules)).toEqual(expected);
});

test('planCleanUp chooses copies and never the original', () => {
  expect(numbers(FILES, GROUPS, { isDuplicate: true })).toEqual([5]);
  expect(numbers(FILES, [], { isDuplicate: true })).toEqual([]);
  expect(planCleanUp(FILES, GROUPS, { largerThan: 1 })).toMatchObject({
    itemCount: 2,
    mails: 2,
    kept: [
      { file: FILES[0], reason: 'original' },
      { file: FILES[1], reason: 'in-text' },
    ],
  });
  expect(planCleanUp(FILES, GROUPS, { isDuplicate: true }).kept).toEqual([
    { file: FILES[0], reason: 'original' },
  ]);
});

test('planCleanUp counts an attachment with several links once', () => {
  const other = { ...FILES[2]!, item: projectItem(9, { isClosed: true }) };
  expect(planCleanUp([...FILES, other, other], [], { types: ['log'] })).toMatchObject({
    itemCount: 2,
    mails: 2,
    bytes: 30,
    files: [{ item: { id: 3 } }, { item: { id: 9 } }],
  });
});
