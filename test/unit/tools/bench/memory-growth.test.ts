import { growthIn } from '../../../../tools/bench/driver/memory-growth';

const sample = (at: number, heapBytes: number, rendererBytes?: number) => ({ at, heapBytes, rendererBytes });
const phase = { beganAt: 100, wallMs: 200 };

test('the growth of a phase starts at the sample before it and ends with it', () => {
  const samples = [
    sample(10, 1, 10),
    sample(90, 5, 50),
    sample(150, 7, 60),
    sample(300, 9, 55),
    sample(301, 99, 99),
  ];
  expect(growthIn(samples, phase)).toEqual({ heapGrowthBytes: 4, rendererGrowthBytes: 10 });
});

test('garbage collected in a phase does not offset later growth', () => {
  const samples = [sample(90, 30), sample(150, 8), sample(200, 28), sample(250, 12)];
  expect(growthIn(samples, phase).heapGrowthBytes).toBe(20);
  expect(growthIn([sample(90, 30), sample(150, 8)], phase).heapGrowthBytes).toBe(0);
});

test('the growth is undefined without samples', () => {
  const nothing = { heapGrowthBytes: undefined, rendererGrowthBytes: undefined };
  expect(growthIn([sample(90, 5, 50), sample(301, 7, 60)], phase)).toEqual(nothing);
  expect(growthIn([sample(90, 5), sample(150, 7)], phase)).toEqual({ ...nothing, heapGrowthBytes: 2 });
});
