import {
  describeAttached,
  describeUnsaved,
  describeWorkItem,
} from '../../../../src/upload/messages/work-items';

test.each([
  [{ outcome: 'invalid', fields: ['Team'] }, 'It cannot be saved yet. Correct Team first.'],
  [{ outcome: 'invalid', fields: ['Team', 'Area'] }, 'It cannot be saved yet. Correct Team, Area first.'],
  [{ outcome: 'invalid', fields: [] }, 'It cannot be saved yet: a field is missing or wrong.'],
  [
    { outcome: 'other-item' },
    'It was not saved, because another work item is open on top of it. Close that one first.',
  ],
  [{ outcome: 'failed', message: 'TF401320: Rule.' }, 'It was not saved. Azure DevOps says: TF401320: Rule.'],
  [{ outcome: 'failed', message: '' }, 'It was not saved. Use the form’s own Save button.'],
  [
    { outcome: 'failed', message: 'No: Bearer abc.def' },
    'It was not saved. Azure DevOps says: No: Bearer [removed]',
  ],
] as const)('describeUnsaved explains %j', (saving, sentence) => {
  expect(describeUnsaved(saving)).toBe(sentence);
});

test('describeWorkItem uses the type of a work item if it is known', () => {
  expect([describeWorkItem(7, 'User Story'), describeWorkItem(7, '')]).toEqual([
    'User Story 7',
    'Work item 7',
  ]);
});

test('describeAttached names a single file and counts several', () => {
  expect(describeAttached(['a.txt'], 'Bug 7')).toBe('“\u2068a.txt\u2069” was attached to Bug 7.');
  expect(describeAttached(['a.txt', 'b.txt'], 'Bug 7')).toBe('2 files were attached to Bug 7.');
});
