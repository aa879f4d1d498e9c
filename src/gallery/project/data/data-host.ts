import type { Connection } from '../../../azure/rest/connection';
import type { Runtime } from '../../../base/runtime';
import { currentCulture } from '../../../base/i18n/culture';
import { runInSteps } from '../../../base/steps';
import { startWorker } from '../../workers/start-worker';
import type { ProjectData } from './project-data';
import { createBrowserData } from './open-data';
import { partitionOfIndex } from './partition';
import type { DataWorker } from './remote-data';
import { startRemoteData } from './remote-data';

/** Dependencies of the data of an index. */
export interface DataHostOptions {
  readonly connection: Connection;
  readonly project: { readonly id: string };
  /** GUID of the person; without one, the index is kept in memory only. */
  readonly personId: string | undefined;
  readonly runtime: Runtime;
  /** Starts the worker of the data; may throw. Default: `project-worker.js`. */
  readonly startWorker?: () => DataWorker;
  /** Creates the data without a worker. A seam for tests. Default: with the storage of the browser. */
  readonly createData?: (partition: string | undefined) => ProjectData;
}

/** Returns a function for the data of an index: in a worker, or on the page where none can be started. */
export function createDataHost({
  connection,
  project,
  personId,
  runtime,
  startWorker: start = () => startWorker('project-worker.js'),
  createData = (partition) => createBrowserData(partition, currentCulture(), runInSteps),
}: DataHostOptions): () => Promise<ProjectData> {
  let data: Promise<ProjectData> | undefined;

  async function open(): Promise<ProjectData> {
    const baseUrl = await connection.getBaseUrl();
    const partition = personId === undefined ? undefined : partitionOfIndex(baseUrl, project.id, personId);
    const culture = currentCulture();
    const remote = await startRemoteData({ startWorker: start, partition, culture, runtime });
    return remote ?? createData(partition);
  }

  return async () => {
    data ??= open();
    try {
      return await data;
    } catch (error) {
      data = undefined;
      throw error;
    }
  };
}
