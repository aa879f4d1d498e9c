import { isStaplerError } from '../../base/errors';
import type { WorkItem } from '../work-item';
import type { Call, Connection } from './connection';
import type { ManyWorkItems } from './many-work-items';
import type { WorkItems } from './work-items';

/** Project and area of an upload: its permissions depend on them. */
export type UploadPlace = Pick<WorkItem, 'project' | 'area'>;

/** Work items, with the place of the one read or changed last. */
export interface PlacedWorkItems {
  readonly workItems: WorkItems;
  readonly manyWorkItems: ManyWorkItems;
  /** Returns `undefined` before the first read. */
  readonly uploadPlace: () => UploadPlace | undefined;
}

/** Remembers the place of the last work item. */
export function rememberPlace(workItems: WorkItems, manyWorkItems: ManyWorkItems): PlacedWorkItems {
  let place: UploadPlace | undefined;
  const remember = (workItem: WorkItem): WorkItem => {
    const { project, area } = workItem;
    if (project && area) place = { project, area };
    return workItem;
  };
  return {
    uploadPlace: () => place,
    workItems: {
      read: (...order) => workItems.read(...order).then(remember),
      update: (...order) => workItems.update(...order).then(remember),
    },
    manyWorkItems: {
      ...manyWorkItems,
      async readMany(...order) {
        const found = await manyWorkItems.readMany(...order);
        found.forEach(remember);
        return found;
      },
    },
  };
}

/**
 * Creates a connection for uploads. One refused with 403 or 404 is sent once more with a project and an area, as the form of
 * Azure DevOps does; if that helps, all later calls carry them.
 *
 * @param capabilities Holds the answer for the other connections of the frame.
 */
export function createUploadConnection(
  connection: Connection,
  uploadPlace: PlacedWorkItems['uploadPlace'],
  capabilities: { needsUploadPlace: boolean },
): Connection {
  function placed(call: Call): Call | undefined {
    const place = uploadPlace();
    if (!place) return undefined;
    const query = call.method === 'GET' ? call.query : { ...call.query, areaPath: place.area };
    return { ...call, path: `${encodeURIComponent(place.project)}/${call.path}`, ...(query && { query }) };
  }

  return {
    ...connection,
    async send(call) {
      const placedCall = placed(call);
      if (!placedCall) return connection.send(call);
      if (capabilities.needsUploadPlace) return connection.send(placedCall);
      try {
        return await connection.send(call);
      } catch (error) {
        if (call.method !== 'POST' || !isPlaceRefused(error)) throw error;
        const response = await connection.send(placedCall);
        capabilities.needsUploadPlace = true;
        return response;
      }
    },
  };
}

function isPlaceRefused(error: unknown): boolean {
  return isStaplerError(error) && (error.facts.status === 403 || error.facts.status === 404);
}
