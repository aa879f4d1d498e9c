import type { Connection } from '../../../azure/rest/connection';
import type { Runtime } from '../../../base/runtime';
import { currentCulture } from '../../../base/i18n/culture';
import { loadModule } from '../../../base/load-module';
import { runInSteps } from '../../../base/steps';
import { startWorker } from '../../../base/start-worker';
import { contentPartitionOf } from '../duplicates/content-partition';
import { partitionOfIndex } from './partition';
import type { DataPartition, ProjectData } from './project-data';
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
  readonly createData?: (partition: DataPartition | undefined) => ProjectData | Promise<ProjectData>;
}

/** Returns a function for the data of an index: in a worker, or on the page where none can be started. */
export function createDataHost({
  connection,
  project,
  personId,
  runtime,
  startWorker: start = () => startWorker('project-worker.js'),
  createData = createPageData,
}: DataHostOptions): () => Promise<ProjectData> {
  let data: Promise<ProjectData> | undefined;

  async function open(): Promise<ProjectData> {
    const baseUrl = await connection.getBaseUrl();
    const contents = contentPartitionOf(baseUrl, personId);
    const partition =
      personId === undefined || contents === undefined
        ? undefined
        : { index: partitionOfIndex(baseUrl, project.id, personId), contents };
    const culture = currentCulture();
    const remote = await startRemoteData({ startWorker: start, partition, culture, runtime });
    return remote ?? (await createData(partition));
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

/** Creates the data on the page. Most pages have a worker, and never load this part. */
async function createPageData(partition: DataPartition | undefined): Promise<ProjectData> {
  const { createBrowserData } = await loadModule(
    () => import(/* webpackChunkName: "hub-data" */ './open-data'),
  );
  return createBrowserData(partition, currentCulture(), runInSteps);
}
