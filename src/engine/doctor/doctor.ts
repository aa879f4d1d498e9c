import type { Result } from '../../check/ask-all';
import { askAll, reasonOf } from '../../check/ask-all';
import { createFrameApi } from '../../check/frame-api';
import { scriptQuestions } from '../../check/questions';
import type { Api } from '../../check/questions/api';
import type { Mode, Stage } from '../../check/questions/question';
import { createWorkItem, deleteWorkItem } from '../../check/questions/work-item';
import { createRunApi } from '../../check/run-api';
import { findByTitle } from '../../azure/rest/queries';
import { readWorkItem } from '../../azure/rest/work-items';
import type { WorkItem } from '../../azure/work-item';
import { StaplerError } from '../../base/errors';
import { retry } from '../../base/retry';
import type { Engine } from '../engine';
import { readsOnly } from './reads-only';

/** Subject of the questions. */
export type DoctorOrder =
  /** A work item, or any work item of a project, by requests that change nothing. */
  | {
      readonly kind: 'reads-only';
      readonly subject: { readonly workItemId: number } | { readonly project: string };
    }
  /** A new work item in this project, to be deleted again. */
  | { readonly kind: 'all'; readonly project: string };

/** Options of `doctor`. */
export interface DoctorOptions {
  /** Ends the questions. The created work item is deleted all the same. */
  readonly signal?: AbortSignal;
  /** Called with the question under way, `2 of 30: …`. */
  readonly onQuestion?: (detail: string) => void;
}

/** Answers of an organization. */
export interface DoctorReport {
  readonly mode: Mode;
  readonly apiVersion: string;
  readonly results: readonly Result[];
  /** Whether it was ended before everything had been asked. */
  readonly isInterrupted: boolean;
  /** The work item of the questions. */
  readonly workItemId: number;
  /** Set if the created work item could not be deleted. */
  readonly left?: { readonly workItemId: number; readonly reason: string };
}

/** Reason for leaving out questions with files of 61 MB. */
const LARGE = 'Asked by the probe only.';

/**
 * Asks an organization the questions of "Check this organization" and of the probe.
 *
 * @returns `undefined` if the project has no work item to be read.
 * @throws StaplerError if no work item can be created or read, CancelledError if it was ended before the first question.
 */
export async function doctor(
  engine: Engine,
  order: DoctorOrder,
  { signal = new AbortController().signal, onQuestion = () => undefined }: DoctorOptions = {},
): Promise<DoctorReport | undefined> {
  const { connectionData } = engine;
  const mode = connectionData.deployment;
  const api = createApi(engine, signal);
  const apiVersion = await api.findVersion();
  const authorization = await engine.getAuthorization();
  const item =
    order.kind === 'all' ? await create(engine, order.project) : await find(engine, order.subject, signal);
  if (!item) return undefined;
  const isOwn = order.kind === 'all';
  const ready: Api = isOwn ? createRunApi(api, item) : readsOnly(api);
  const stage: Stage = {
    api: { authorization, send: ready.send },
    ...{ apiVersion, isOwn, project: item.project, otherProject: undefined },
    workItemId: item.id,
  };
  let left: DoctorReport['left'];
  let results: readonly Result[] = [];
  try {
    results = await askAll(scriptQuestions, {
      ...{ mode, signal, tell: onQuestion },
      ask: (question) =>
        question.large === true ? Promise.resolve({ answer: null, seen: LARGE }) : question.ask(stage),
    });
  } finally {
    if (isOwn) left = await remove(engine, item);
  }
  const facts = { mode, apiVersion, results, isInterrupted: signal.aborted, workItemId: item.id };
  return left ? { ...facts, left } : facts;
}

function createApi({ stack, organization, getAuthorization, services }: Engine, signal: AbortSignal) {
  const host = {
    getToken: getAuthorization,
    authorize: (header: string) => header,
    getBaseUrl: () => Promise.resolve(organization),
  };
  return createFrameApi({ stack, host, runtime: services.runtime, signal });
}

/** Creates a work item; not ended by an abort, which would hide whether it exists. */
async function create(engine: Engine, project: string): Promise<WorkItem> {
  const api = createApi(engine, new AbortController().signal);
  await api.findVersion();
  const created = await createWorkItem(api, project).catch((error: unknown) => {
    const serverMessage = reasonOf(error);
    const kind = /: 403\b/.test(serverMessage) ? 'no-permission' : 'refused';
    throw new StaplerError(kind, 'No work item was created.', { serverMessage });
  });
  return readWorkItem(created);
}

/** Finds a work item to be read. */
async function find(
  { services: { connection, workItems, runtime } }: Engine,
  subject: Extract<DoctorOrder, { kind: 'reads-only' }>['subject'],
  signal: AbortSignal,
): Promise<WorkItem | undefined> {
  const read = (id: number): Promise<WorkItem> =>
    retry(() => workItems.read(id, signal), { runtime, signal });
  if ('workItemId' in subject) return read(subject.workItemId);
  const search = { words: [], project: subject.project, maxResults: 1 };
  const [id] = await retry(() => findByTitle(connection, search, signal), { runtime, signal });
  return id === undefined ? undefined : read(id);
}

async function remove(engine: Engine, { id, project }: WorkItem): Promise<DoctorReport['left']> {
  const api = createApi(engine, new AbortController().signal);
  await api.findVersion();
  try {
    // A connection kept open since an interruption often fails.
    await deleteWorkItem(api, project, id).catch(() => deleteWorkItem(api, project, id));
    return undefined;
  } catch (error) {
    return { workItemId: id, reason: reasonOf(error) };
  }
}
