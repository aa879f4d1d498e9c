import { growthIn } from '../../../../tools/bench/driver/memory-growth';

const sample = (at: number, heapBytes: number, rendererBytes?: number) => ({ at, heapBytes, rendererBytes });
const phase = { beganAt: 100, wallMs: 200 };

test('memory grows from what was there just before a phase, and what comes behind it does not count', () => {
  const samples = [
    sample(10, 1, 10),
    sample(90, 5, 50),
    sample(150, 7, 60),
    sample(300, 9, 55),
    sample(301, 99, 99),
  ];
  expect(growthIn(samples, phase)).toEqual({ heapGrowthBytes: 4, rendererGrowthBytes: 10 });
});

test('what is collected makes no room for what comes', () => {
  const samples = [sample(90, 30), sample(150, 8), sample(200, 28), sample(250, 12)];
  expect(growthIn(samples, phase).heapGrowthBytes).toBe(20);
  expect(growthIn([sample(90, 30), sample(150, 8)], phase).heapGrowthBytes).toBe(0);
});

test('where nobody looked, or the system does not tell, nobody knows', () => {
  const nothing = { heapGrowthBytes: undefined, rendererGrowthBytes: undefined };
  expect(growthIn([sample(90, 5, 50), sample(301, 7, 60)], phase)).toEqual(nothing);
  expect(growthIn([sample(90, 5), sample(150, 7)], phase)).toEqual({ ...nothing, heapGrowthBytes: 2 });
});
