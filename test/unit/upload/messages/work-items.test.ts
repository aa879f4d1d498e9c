import { describeUnsaved } from '../../../../src/upload/messages/waiting-for-save';
import { describeAttached, describeWorkItem } from '../../../../src/upload/messages/work-items';

test.each([
  [{ outcome: 'invalid', fields: ['Team'] }, "Can't save yet. Fix this field first: Team."],
  [{ outcome: 'invalid', fields: ['Team', 'Area'] }, "Can't save yet. Fix these fields first: Team, Area."],
  [{ outcome: 'invalid', fields: [] }, "Can't save yet. A field is empty or invalid."],
  [{ outcome: 'other-item' }, "Couldn't save because another work item is open on top. Close it first."],
  [{ outcome: 'failed', message: 'TF401320: Rule.' }, "Couldn't save. Message: TF401320: Rule."],
  [{ outcome: 'failed', message: '' }, "Couldn't save. Use the form's Save button."],
  [{ outcome: 'failed', message: 'No: Bearer abc.def' }, "Couldn't save. Message: No: Bearer [removed]"],
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
