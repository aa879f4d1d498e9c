import type { EmulatorMode } from 'azure-devops-emulator';
import { NodeApi } from './api';
import { CommandError } from '../command.mjs';
import type { ProbeOptions } from './options';
import type { Result } from '../../src/check/ask-all';
import { askAll, reasonOf } from '../../src/check/ask-all';
import type { Finding, Question } from '../../src/check/questions/question';
import { createWorkItem, deleteWorkItem, probeTitle } from '../../src/check/questions/work-item';

/** Findings of a run. */
export interface Report {
  readonly url: string;
  readonly project: string;
  readonly mode: EmulatorMode;
  readonly apiVersion: string;
  /** ISO time of the beginning. */
  readonly startedAt: string;
  /** Whether it was ended before everything had been asked. */
  readonly isInterrupted: boolean;
  readonly results: readonly Result[];
  readonly workItem: { readonly id: number; readonly isDeleted: boolean; readonly problem?: string };
}

/** How a run is watched and ended. */
export interface Watch {
  /** Aborts the questions; created items are still removed. */
  readonly signal: AbortSignal;
  /** Called with the question under way, `2 of 30: …`. */
  readonly tell: (detail: string) => void;
  /** Called with what stays on the screen. */
  readonly log: (line: string) => void;
}

/** Cleaning up may take no longer than this; it is not ended by an interruption. */
const cleanUpMs = 60_000;

/** Newest released version of all used resources (REST reference H). */
const apiVersions: Readonly<Record<EmulatorMode, string>> = { services: '7.1', server: '6.0' };

/**
 * Asks every question, one after another, on a temporary work item.
 *
 * @throws CommandError if it cannot start: an invalid address, token or project
 */
export async function runProbe(
  options: ProbeOptions,
  questions: readonly Question[],
  { signal, tell, log }: Watch,
): Promise<Report> {
  const { url, project, otherProject } = options;
  const startedAt = new Date().toISOString();
  const calm = new NodeApi({ ...options, version: '5.0', signal: new AbortController().signal });
  const mode = await modeOf(calm.with({ signal }));
  const version = apiVersions[mode];
  signal.throwIfAborted();
  // Without the signal: an interruption must not hide whether it was created.
  const { id: workItemId } = await createWorkItem(calm.with({ version }), project).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `${reason.replace(/\.$/, '')}.`,
      `Check --project and the permissions of the token. If the work item exists all the same, it is called "${probeTitle}".`,
    );
  });
  log(`Created work item ${workItemId} in ${project}.`);
  const stage = {
    mode,
    apiVersion: version,
    api: calm.with({ version, signal }),
    project,
    otherProject,
    workItemId,
    isOwn: true,
  };
  let results: readonly Result[] = [];
  let cleanUp: Omit<Report['workItem'], 'id'>;
  try {
    results = await askAll(questions, { mode, ask: askUnlessLarge, signal, tell });
  } finally {
    tell(`deleting work item ${workItemId}`);
    cleanUp = await remove(calm.with({ version, signal: AbortSignal.timeout(cleanUpMs) }), workItemId);
  }
  const facts = { url, project, mode, apiVersion: version, startedAt };
  return { ...facts, isInterrupted: signal.aborted, results, workItem: { id: workItemId, ...cleanUp } };

  function askUnlessLarge(question: Question): Promise<Finding> {
    if (!question.large || options.large) return question.ask(stage);
    return Promise.resolve({ answer: null, seen: 'Asked with --large only.' });
  }

  async function remove(api: NodeApi, id: number): Promise<Omit<Report['workItem'], 'id'>> {
    try {
      // Connections kept open since the interruption often fail.
      await deleteWorkItem(api, project, id).catch(() => deleteWorkItem(api, project, id));
      return { isDeleted: true };
    } catch (error) {
      return { isDeleted: false, problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Returns the product (`connectionData`) and whether it accepts the token. */
async function modeOf(api: NodeApi): Promise<EmulatorMode> {
  const answer = await api.send('GET', '_apis/connectionData', { version: null }).catch((error: unknown) => {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `The organization does not answer: ${reasonOf(error)}.`,
      'Check --url and the network connection.',
    );
  });
  if ([203, 302, 401].includes(answer.status))
    throw new CommandError(
      `The token is not accepted: ${answer.words}`,
      'Create a token with the scope Work items (read & write), or add --bearer for a bearer token.',
    );
  const data = answer.ok ? (answer.json as { deploymentType?: string } | undefined) : undefined;
  if (data?.deploymentType === undefined)
    throw new CommandError(
      `There is no Azure DevOps at --url: it answers with status ${answer.status}.`,
      'Name an address such as https://dev.azure.com/ORG.',
    );
  return data.deploymentType.toLowerCase() === 'hosted' ? 'services' : 'server';
}
