import { createThroughputEstimator } from '../../../../src/upload/transport/transfer-tools';

const KIB = 1024;

test('ThroughputEstimator has no value without a sample', () => {
  expect(createThroughputEstimator().bytesPerSecond).toBeUndefined();
});

test('ThroughputEstimator uses the first sample as it is', () => {
  const throughput = createThroughputEstimator();
  throughput.record(512 * KIB, 500);
  expect(throughput.bytesPerSecond).toBe(1024 * KIB);
});

test('ThroughputEstimator gives each later sample a weight of one half', () => {
  const throughput = createThroughputEstimator();
  throughput.record(1000 * KIB, 1000);
  throughput.record(2000 * KIB, 1000);
  expect(throughput.bytesPerSecond).toBe(1500 * KIB);
  throughput.record(500 * KIB, 1000);
  expect(throughput.bytesPerSecond).toBe(1000 * KIB);
});

test('ThroughputEstimator ignores small samples', () => {
  const throughput = createThroughputEstimator();
  throughput.record(256 * KIB - 1, 1);
  expect(throughput.bytesPerSecond).toBeUndefined();
  throughput.record(256 * KIB, 1000);
  throughput.record(1, 1000);
  expect(throughput.bytesPerSecond).toBe(256 * KIB);
});

test.each([0, -5])(
  'ThroughputEstimator counts a duration of %d ms, from a coarse or adjusted clock, as one',
  (elapsedMs) => {
    const throughput = createThroughputEstimator();
    throughput.record(512 * KIB, elapsedMs);
    expect(throughput.bytesPerSecond).toBe(512 * KIB * 1000);
  },
);

test('ThroughputEstimator halves the body size after it was too large', () => {
  const throughput = createThroughputEstimator();
  expect(throughput.maxBodyBytes).toBe(Infinity);
  throughput.recordTooLarge(1001);
  throughput.recordTooLarge(2000);
  expect(throughput.maxBodyBytes).toBe(500);
});

test('ThroughputEstimator removes the limit after a larger request succeeded', () => {
  const throughput = createThroughputEstimator();
  throughput.recordTooLarge(1000);
  throughput.record(500, 1);
  expect(throughput.maxBodyBytes).toBe(500);
  throughput.record(501, 1);
  expect(throughput.maxBodyBytes).toBe(Infinity);
});
