import { createThroughputEstimator } from '../../../src/transport/throughput';

const KIB = 1024;

test('nothing is known of a line that carried nothing', () => {
  expect(createThroughputEstimator().bytesPerSecond).toBeUndefined();
});

test('the first request tells all there is to know', () => {
  const throughput = createThroughputEstimator();
  throughput.record(512 * KIB, 500);
  expect(throughput.bytesPerSecond).toBe(1024 * KIB);
});

test('each further one counts half', () => {
  const throughput = createThroughputEstimator();
  throughput.record(1000 * KIB, 1000);
  throughput.record(2000 * KIB, 1000);
  expect(throughput.bytesPerSecond).toBe(1500 * KIB);
  throughput.record(500 * KIB, 1000);
  expect(throughput.bytesPerSecond).toBe(1000 * KIB);
});

test('a small request says nothing of the line', () => {
  const throughput = createThroughputEstimator();
  throughput.record(256 * KIB - 1, 1);
  expect(throughput.bytesPerSecond).toBeUndefined();
  throughput.record(256 * KIB, 1000);
  throughput.record(1, 1000);
  expect(throughput.bytesPerSecond).toBe(256 * KIB);
});

test.each([0, -5])(
  'a request that took %d ms, by a clock that is coarse or was put back, took one',
  (elapsedMs) => {
    const throughput = createThroughputEstimator();
    throughput.record(512 * KIB, elapsedMs);
    expect(throughput.bytesPerSecond).toBe(512 * KIB * 1000);
  },
);

test('a request that was too large for somebody is not made again, but halved', () => {
  const throughput = createThroughputEstimator();
  expect(throughput.maxBodyBytes).toBe(Infinity);
  throughput.recordTooLarge(1001);
  throughput.recordTooLarge(2000);
  expect(throughput.maxBodyBytes).toBe(500);
});

test('a larger request that got through shows that it was not its size', () => {
  const throughput = createThroughputEstimator();
  throughput.recordTooLarge(1000);
  throughput.record(500, 1);
  expect(throughput.maxBodyBytes).toBe(500);
  throughput.record(501, 1);
  expect(throughput.maxBodyBytes).toBe(Infinity);
});
