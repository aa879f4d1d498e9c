import type { UploadPlace } from '../azure/rest/upload-place';
import type { Answer, Api, Method, Request } from './questions/api';
import type { Reference } from './questions/requests';

/** An upload of the run. */
export interface TestUpload extends Reference {
  /** Empty without a name. */
  readonly name: string;
}

/** Requests of a run, recorded. */
export interface RunApi extends Api {
  /** All uploads, linked or not. */
  readonly uploads: readonly TestUpload[];
  /** Whether the outcome of a change is unknown. */
  readonly hasLostChange: () => boolean;
  /** Returns methods, statuses and codes since the last call: `POST 201, PATCH 400 VS403313`. Never names or ids. */
  readonly takeSteps: () => string;
}

const UPLOADS = '_apis/wit/attachments';

/**
 * Records the requests of `api`. An upload refused with 403 or 404 is sent once more with project and area, as Stapler
 * does.
 *
 * @param place Project and area of the work item; empty if unknown.
 */
export function createRunApi(api: Api, place: UploadPlace): RunApi {
  const uploads: TestUpload[] = [];
  let steps: string[] = [];
  let hasLostChange = false;
  let isPlaceNeeded = false;

  async function sendRecorded(method: Method, path: string, request: Request): Promise<Answer> {
    const answer = await api.send(method, path, request);
    const { status, words } = answer;
    const code = /\b(?:TF|VS)\d{5,6}\b/.exec(words)?.[0];
    steps.push([method, status, code].filter((part) => part !== undefined).join(' '));
    if (method === 'PATCH' && status === 0) hasLostChange = true;
    return answer;
  }

  function sendPlaced(method: Method, path: string, request: Request): Promise<Answer> {
    const query = { ...request.query, areaPath: place.area };
    return sendRecorded(method, `${encodeURIComponent(place.project)}/${path}`, { ...request, query });
  }

  async function sendUpload(method: Method, path: string, request: Request): Promise<Answer> {
    const canPlace = place.project !== '' && place.area !== '' && request.isBare !== true;
    if (canPlace && isPlaceNeeded) return sendPlaced(method, path, request);
    const answer = await sendRecorded(method, path, request);
    if (!canPlace || (answer.status !== 403 && answer.status !== 404)) return answer;
    const placed = await sendPlaced(method, path, request);
    isPlaceNeeded = placed.ok;
    return placed;
  }

  return {
    uploads,
    hasLostChange: () => hasLostChange,
    takeSteps() {
      const taken = steps.join(', ');
      steps = [];
      return taken;
    },
    async send(method, path, request = {}) {
      if (method !== 'POST' || path !== UPLOADS) return sendRecorded(method, path, request);
      const answer = await sendUpload(method, path, request);
      const { id, url } = (answer.json ?? {}) as Partial<Reference>;
      if (answer.ok && id !== undefined && url !== undefined)
        uploads.push({ id: id.toLowerCase(), url, name: request.query?.['fileName'] ?? '' });
      return answer;
    },
  };
}
