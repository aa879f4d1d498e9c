import { DEFAULT_CONTESTANTS } from '../../../../tools/bench/contestants';
import { readOptions } from '../../../../tools/bench/options';
import { WORKLOADS } from '../../../../tools/bench/workloads';

test('a full run includes everything and writes its results', () => {
  expect(readOptions([])).toEqual({
    workloads: WORKLOADS,
    contestants: DEFAULT_CONTESTANTS,
    out: 'tools/bench/results.md',
    profile: false,
    quick: false,
  });
});

test('a partial run writes no results by default', () => {
  const options = readOptions([
    '--only',
    'W1,W4',
    '--mode',
    'wan',
    '--rounds',
    '3',
    '--contestants',
    'limit',
  ]);
  expect(options.workloads.map(({ mode, id, rounds }) => [mode, id, rounds])).toEqual([
    ['wan', 'W1', 3],
    ['wan', 'W4', 3],
  ]);
  expect(options.contestants).toEqual(['limit']);
  expect(options.out).toBeUndefined();
  expect(readOptions(['--quick', '--out', 'some.md']).out).toMatch(/[\\/]some\.md$/);
});

test.each([
  [['--only', 'W9'], /W9/],
  [['--mode', 'satellite'], /satellite/],
  [['--contestants', 'limit,carrier-pigeon'], /carrier-pigeon/],
  [['--rounds', '0'], /rounds/],
])('readOptions refuses %j', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
