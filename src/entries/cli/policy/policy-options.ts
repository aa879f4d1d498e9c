import { resolve } from 'node:path';
import type { ChosenPolicy, PolicyProblem } from '../../../engine/policy/policies';
import { reportOnce } from '../../../engine/policy/policies';
import { readPolicyFile } from '../../../engine/policy/policy-file';
import type { Policy } from '../../../upload/rules/policy/policy';
import { CliError } from '../cli-error';
import type { Invocation, Option } from '../command';
import { textOf } from '../command';
import type { Output } from '../output';

/** Options of every command that sends files. */
export const POLICY_OPTIONS: Readonly<Record<string, Option>> = {
  policy: {
    value: '<file>',
    help: 'policy, as JSON; without it, that of the project, if the token can read it',
  },
  'policy-required': { help: "fails before a byte is sent if the policy of the project can't be read" },
};

/** Returns the policy of a command. @throws CliError if its file is unreadable or no policy. */
export async function policyOf({
  values,
  environment,
  output,
}: Pick<Invocation, 'values' | 'environment' | 'output'>): Promise<ChosenPolicy> {
  const path = textOf(values, 'policy');
  const policy = path === undefined ? undefined : await openPolicy(path, environment.cwd, output);
  return { ...(policy && { policy }), isRequired: values['policy-required'] === true };
}

/** Reads a policy from a file, and names its unknown members. @throws CliError if it is unreadable or no policy. */
export async function openPolicy(path: string, cwd: string, output: Output): Promise<Policy> {
  const file = await readPolicyFile(resolve(cwd, path), path);
  if (!file.ok) throw new CliError(file.message, file.reasons.join('\n'));
  for (const member of file.unknown) output.note(`${path}: "${member}" is unknown and ignored.`);
  return file.policy;
}

/** Creates the report of policies that do not count. */
export function createPolicyWarning({
  note,
  json,
}: Pick<Output, 'note' | 'json'>): (found: PolicyProblem) => void {
  return reportOnce(({ project, problem }, explanation) => {
    json({ type: 'policy-unread', project, reason: problem, explanation });
    note(explanation);
  });
}
