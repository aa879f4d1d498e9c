/** Tasks that kept the main thread for more than 50 ms, as the browser tells of them. */
export interface LongTasks {
  readonly longestTaskMs: number;
  readonly longTasksMs: number;
}

/** The browser tells of a task some time after its end. */
const REPORTING_DELAY_MS = 150;

/** Watches from now until `stop`. */
export function watchLongTasks(): { stop: () => Promise<LongTasks> } {
  const durations: number[] = [];
  const note = (entries: PerformanceEntryList): void => {
    durations.push(...entries.map(({ duration }) => duration));
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'longtask' });
  return {
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, REPORTING_DELAY_MS));
      note(observer.takeRecords());
      observer.disconnect();
      return {
        longestTaskMs: Math.max(0, ...durations),
        longTasksMs: durations.reduce((sum, duration) => sum + duration, 0),
      };
    },
  };
}
