import { canBeSame } from '../../../src/azure/work-item';

test.each([
  ['by descriptor', { id: 'a', descriptor: 'x' }, { id: 'b', descriptor: 'x' }, true],
  ['by another descriptor', { id: '', descriptor: 'x' }, { id: 'a', descriptor: 'y' }, false],
  ['by id before the descriptor', { id: 'a', descriptor: 'x' }, { id: 'a', descriptor: 'y' }, true],
  ['by id', { id: 'a', descriptor: '' }, { id: 'a', descriptor: 'x' }, true],
  ['by another id', { id: 'a', descriptor: '' }, { id: 'b', descriptor: 'x' }, false],
  ['without any facts', { id: '', descriptor: '' }, { id: 'b', descriptor: 'x' }, true],
])('canBeSame compares persons %s', (_, one, other, expected) => {
  expect(canBeSame(one, other)).toBe(expected);
  expect(canBeSame(other, one)).toBe(expected);
});
