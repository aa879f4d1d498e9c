import { resolve } from 'node:path';
import type { ChosenPolicy, PolicyProblem } from '../../engine/policy/policies';
import { reportOnce } from '../../engine/policy/policies';
import { readPolicyFile } from '../../engine/policy/policy-file';
import type { AgentLog } from './agent-log';
import { TaskError } from './task-error';
import type { TaskInputs } from './task-inputs';

/** Returns the policy that the inputs choose. @throws TaskError if its file is unreadable or no policy. */
export async function choosePolicy(
  { policy: path, policyRequired: isRequired }: Pick<TaskInputs, 'policy' | 'policyRequired'>,
  sources: string,
  log: Pick<AgentLog, 'warn'>,
): Promise<ChosenPolicy> {
  if (path === '') return { isRequired };
  const file = await readPolicyFile(resolve(sources, path), path);
  if (!file.ok) throw new TaskError([file.message, ...file.reasons].join(' '));
  for (const member of file.unknown) log.warn(`${path}: "${member}" is unknown and ignored.`);
  return { policy: file.policy, isRequired };
}

/** Creates the report of policies that do not count. The token of a job may never read any: that is no issue of the run. */
export function createPolicyReport({
  line,
  warn,
}: Pick<AgentLog, 'line' | 'warn'>): (found: PolicyProblem) => void {
  return reportOnce(({ problem }, explanation) => (problem === 'invalid' ? warn : line)(explanation));
}
