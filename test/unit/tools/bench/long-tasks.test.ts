import { phasesOf, sumUp } from '../../../../tools/bench/page/long-tasks';

const task = (startTime: number, duration: number) => ({ startTime, duration });

test('the sum of long tasks is 0 without any', () => {
  expect(sumUp([task(0, 60), task(100, 90), task(300, 55)])).toEqual({ longestTaskMs: 90, longTasksMs: 205 });
  expect(sumUp([])).toEqual({ longestTaskMs: 0, longTasksMs: 0 });
});

test('a task counts for the phase of its start, and later ones for the last phase', () => {
  const begins = [
    { phase: 'planning', at: 100 },
    { phase: 'running', at: 400 },
    { phase: 'report', at: 900 },
  ] as const;
  const tasks = [task(20, 500), task(100, 60), task(350, 70), task(400, 80), task(1200, 90)];
  const epoch = performance.timeOrigin;
  expect(phasesOf(begins, 1000, tasks)).toEqual({
    planning: { beganAt: epoch + 100, wallMs: 300, longestTaskMs: 70, longTasksMs: 130 },
    running: { beganAt: epoch + 400, wallMs: 500, longestTaskMs: 80, longTasksMs: 80 },
    report: { beganAt: epoch + 900, wallMs: 100, longestTaskMs: 90, longTasksMs: 90 },
  });
  expect(phasesOf([], 1000, tasks)).toEqual({});
});
