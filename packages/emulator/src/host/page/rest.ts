import type { EmulatorMode } from '../../contract';
import { control } from './control';
import type { Comment, WorkItem, WorkItemUpdate } from './work-item';

/** One operation of a JSON patch on a work item. */
export interface PatchOperation {
  op: 'test' | 'add' | 'remove';
  path: string;
  value?: unknown;
}

/** Error answer of the REST service. */
export class RestError extends Error {
  override readonly name = 'RestError';

  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }

  /** Conflict with another user: 412 for a failed test, 409 for a race inside the service. */
  get isConflict(): boolean {
    return this.status === 409 || this.status === 412;
  }
}

const version = 'api-version=6.0';
/** Of work items with the formats of their texts. */
const formatsVersion = 'api-version=7.2-preview.3';
/** Of comments: with formats, and without them on a server. */
const commentsVersions = { services: 'api-version=7.1-preview.4', server: 'api-version=5.1-preview.3' };
/** Most updates in one answer. */
const updatesPerPage = 200;
const listFields = [
  'System.Id',
  'System.TeamProject',
  'System.WorkItemType',
  'System.Title',
  'System.State',
  'System.AssignedTo',
];

/** The host page's own calls to the REST service, as the signed-in user. */
export class RestClient {
  readonly #formVersion: string;
  readonly #commentsVersion: string;

  constructor(
    private readonly baseUrl: string,
    mode: EmulatorMode,
  ) {
    this.#commentsVersion = commentsVersions[mode];
    this.#formVersion = mode === 'services' ? formatsVersion : version;
  }

  /** Fields for lists of up to 200 work items; unreadable ones are omitted. */
  async list(ids: readonly number[]): Promise<WorkItem[]> {
    const answer = await this.#json<{ value: (WorkItem | null)[] }>('POST', `workitemsbatch?${version}`, {
      ids,
      fields: listFields,
      errorPolicy: 'omit',
    });
    return answer.value.filter((item) => item !== null);
  }

  read(id: number): Promise<WorkItem> {
    return this.#json('GET', `workitems/${id}?$expand=all&${this.#formVersion}`);
  }

  /** Revisions of a work item, oldest first. */
  async readUpdates(id: number): Promise<WorkItemUpdate[]> {
    const updates: WorkItemUpdate[] = [];
    for (;;) {
      const path = `workitems/${id}/updates?$skip=${updates.length}&${version}`;
      const { value } = await this.#json<{ value: WorkItemUpdate[] }>('GET', path);
      updates.push(...value);
      if (value.length < updatesPerPage) return updates;
    }
  }

  /** The newest comments on a work item. */
  async readComments(project: string, id: number): Promise<Comment[]> {
    const path = `workitems/${id}/comments?${this.#commentsVersion}`;
    const scope = `${encodeURIComponent(project)}/`;
    return (await this.#json<{ comments: Comment[] }>('GET', path, undefined, scope)).comments;
  }

  update(id: number, patch: PatchOperation[]): Promise<WorkItem> {
    return this.#json('PATCH', `workitems/${id}?$expand=all&${this.#formVersion}`, patch);
  }

  create(project: string, type: string, patch: PatchOperation[]): Promise<WorkItem> {
    const path = `workitems/$${encodeURIComponent(type)}?$expand=all&${this.#formVersion}`;
    return this.#json('POST', path, patch, `${encodeURIComponent(project)}/`);
  }

  /** The bytes behind an attachment's address. */
  async download(url: string, name: string): Promise<Blob> {
    const address = new URL(url);
    address.search = `?fileName=${encodeURIComponent(name)}&${version}`;
    return (await this.#send('GET', address.href)).blob();
  }

  /** The address of a work item in the REST service. */
  workItemUrl(id: number): string {
    return `${this.baseUrl}_apis/wit/workItems/${id}`;
  }

  async #json<Answer>(method: string, path: string, body?: unknown, project = ''): Promise<Answer> {
    const response = await this.#send(method, `${this.baseUrl}${project}_apis/wit/${path}`, body);
    return (await response.json()) as Answer;
  }

  async #send(method: string, url: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${await control.issueToken()}` };
    if (body !== undefined) {
      headers['Content-Type'] = Array.isArray(body) ? 'application/json-patch+json' : 'application/json';
    }
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // The service answers 203 with its sign-in page when it does not know the token.
    if (response.ok && response.status !== 203) return response;
    throw new RestError(await messageOf(response), response.status);
  }
}

async function messageOf(response: Response): Promise<string> {
  try {
    return ((await response.json()) as { message: string }).message;
  } catch {
    return `The service answered ${response.status} ${response.statusText}.`;
  }
}
