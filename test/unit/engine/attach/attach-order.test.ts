import { overLimitOf } from '../../../../src/engine/attach/attach-order';
import type { OverLimitRule } from '../../../../src/upload/rules/policy/policy';

test.each<[readonly (OverLimitRule | undefined)[], string]>([
  [[], 'send'],
  [[undefined, 'ask', 'shrink'], 'send'],
  [['ask', 'split'], 'split'],
  [['split', 'zip'], 'zip'],
  [['zip', 'skip', 'split'], 'skip'],
  [['skip', 'fail'], 'fail'],
])('Of the rules %j for files over the limit, %s counts', (rules, expected) => {
  const items = rules.map((overLimit) => (overLimit ? { rules: { overLimit } } : {}));
  expect(overLimitOf({}, items)).toBe(expected);
  expect(overLimitOf({ overLimit: 'zip' }, items)).toBe('zip');
});
