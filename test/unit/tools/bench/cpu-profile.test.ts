import { hottest } from '../../../../tools/bench/driver/cpu-profile';

function node(id: number, functionName: string, url = '', lineNumber = 0) {
  return { id, callFrame: { functionName, url, lineNumber } };
}

test('hottest sums the self time of a function over all callers', () => {
  const profile = {
    nodes: [
      node(1, '(idle)'),
      node(2, 'send', 'http://x/page.js', 9),
      node(3, 'send', 'http://x/page.js', 9),
    ],
    samples: [2, 1, 3, 1],
    timeDeltas: [0, 1000, 5000, 2000, 500],
  };
  expect(hottest(profile, 2)).toEqual([
    { name: '(idle)', ms: 5.5 },
    { name: 'send page.js:10', ms: 3 },
  ]);
  expect(hottest(profile, 1)).toHaveLength(1);
  expect(hottest({ nodes: [] }, 1)).toEqual([]);
});
