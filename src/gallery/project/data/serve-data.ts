import type { DataAnswer, DataOrder } from './data-messages';
import { toSentError } from './data-messages';
import type { DataPartition, ProjectData } from './project-data';

/** Answers messages to a worker. */
export function createDataServer(
  createData: (partition: DataPartition | undefined, culture: string) => ProjectData,
  send: (answer: DataAnswer) => void,
): (order: DataOrder) => Promise<void> {
  let data: ProjectData | undefined;
  return async (order) => {
    if (order.stapler === 'start') {
      data = createData(order.partition, order.culture);
      send({ stapler: 'ready' });
      return;
    }
    const { call, method, args } = order;
    try {
      const run = data?.[method] as ((...args: readonly unknown[]) => Promise<unknown>) | undefined;
      send({ stapler: 'done', call, result: await run?.(...args) });
    } catch (error) {
      send({ stapler: 'failed', call, error: toSentError(error) });
    }
  };
}
