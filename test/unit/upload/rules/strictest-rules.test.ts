import { strictestRules } from '../../../../src/upload/rules/strictest-rules';

test('strictestRules returns the default without a choice and without policies', () => {
  expect(strictestRules({}, [{}, {}])).toEqual({ metadata: 'location', secrets: 'warn' });
  expect(strictestRules(undefined, [])).toEqual({ metadata: 'location', secrets: 'warn' });
});

test('strictestRules lets a policy ask for less than the default, but not than a choice', () => {
  const mild = [{ rules: { metadata: 'keep', secrets: 'off' } as const }];
  expect(strictestRules({}, mild)).toEqual({ metadata: 'keep', secrets: 'off' });
  expect(strictestRules({ metadata: 'location', secrets: 'mask' }, mild)).toEqual({
    metadata: 'location',
    secrets: 'mask',
  });
  expect(strictestRules({}, [...mild, {}])).toEqual({ metadata: 'location', secrets: 'warn' });
});

test('strictestRules returns the strictest of a choice and all work items', () => {
  const items = [{ rules: { metadata: 'all' } as const }, { rules: { secrets: 'block' } as const }];
  expect(strictestRules({ metadata: 'keep', secrets: 'off' }, items)).toEqual({
    metadata: 'all',
    secrets: 'block',
  });
});
