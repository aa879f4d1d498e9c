import type { Phase, PhaseTimes, TimeFigures } from './contract';

/** Main thread task of more than 50 ms, in milliseconds of `performance.now()`. */
export interface LongTask {
  readonly startTime: number;
  readonly duration: number;
}

/** When a phase began, in the same time. */
export interface PhaseBegin {
  readonly phase: Phase;
  readonly at: number;
}

/** The browser tells of a task some time after its end. */
const REPORTING_DELAY_MS = 150;

/** Watches until `stop`; it resolves with the tasks reported by the browser. */
export function watchLongTasks(): { stop: () => Promise<readonly LongTask[]> } {
  const tasks: LongTask[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: 'longtask' });
  return {
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, REPORTING_DELAY_MS));
      tasks.push(...observer.takeRecords());
      observer.disconnect();
      return tasks;
    },
  };
}

/** Totals of long tasks. */
export function sumUp(tasks: readonly LongTask[]): Omit<TimeFigures, 'wallMs'> {
  const durations = tasks.map(({ duration }) => duration);
  return {
    longestTaskMs: Math.max(0, ...durations),
    longTasksMs: durations.reduce((sum, duration) => sum + duration, 0),
  };
}

/** The same by phase. A task belongs to the phase of its start; tasks after `end` belong to the last one. */
export function phasesOf(
  begins: readonly PhaseBegin[],
  end: number,
  tasks: readonly LongTask[],
): Partial<Record<Phase, PhaseTimes>> {
  return Object.fromEntries(
    begins.map(({ phase, at }, index) => {
      const next = begins[index + 1]?.at;
      const own = tasks.filter(
        ({ startTime }) => startTime >= at && (next === undefined || startTime < next),
      );
      return [phase, { beganAt: performance.timeOrigin + at, wallMs: (next ?? end) - at, ...sumUp(own) }];
    }),
  );
}
