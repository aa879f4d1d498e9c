import type { OnDuplicate } from '../../engine/attach/attach-order';
import type { MetadataRule, SecretsRule } from '../../upload/rules/file-rules';
import { METADATA_RULES, SECRETS_RULES } from '../../upload/rules/file-rules';
import type { Variables } from './agent-variables';
import { TaskError } from './task-error';

/** Treatment of a file that a limit of Azure DevOps refuses: a failure, a warning, or a zip or parts of a large file. */
export type OnLimit = 'fail' | 'skip' | 'zip' | 'split';

/** When the task fails: if any file could not be attached, if none could, or never because of a file. */
export type FailOn = 'any' | 'all' | 'never';

/** Inputs of the task, as in `task.json`. */
export interface TaskInputs {
  /** Ids and addresses. Can be empty. */
  readonly workItems: string;
  /** Id or address of a saved query. Can be empty. */
  readonly query: string;
  /** Whether the files go to the work items that are linked to the run. */
  readonly fromRun: boolean;
  /** Patterns; those that begin with `!` exclude. */
  readonly files: readonly string[];
  /** Patterns of reports. */
  readonly fromTests: readonly string[];
  readonly comment: string;
  readonly metadata: MetadataRule;
  readonly secrets: SecretsRule;
  /** Path of a policy, relative to the sources. Empty for that of the project. */
  readonly policy: string;
  /** Whether the task fails without a policy that can be read. */
  readonly policyRequired: boolean;
  readonly onDuplicate: OnDuplicate;
  readonly onLimit: OnLimit;
  readonly failOn: FailOn;
}

/**
 * Reads the inputs of the task.
 *
 * @throws TaskError for a wrong value, or if there is nothing to do.
 */
export function readInputs(env: Variables): TaskInputs {
  const read = (name: string): string => env[`INPUT_${name.toUpperCase()}`]?.trim() ?? '';
  const inputs: TaskInputs = {
    workItems: read('workItems'),
    query: read('query'),
    fromRun: isTrue(read('fromRun')),
    files: linesOf(read('files')),
    fromTests: linesOf(read('fromTests')),
    comment: read('comment'),
    metadata: oneOf('metadata', read('metadata'), METADATA_RULES),
    secrets: oneOf('secrets', read('secrets'), SECRETS_RULES),
    policy: read('policy'),
    policyRequired: isTrue(read('policyRequired')),
    onDuplicate: oneOf('onDuplicate', read('onDuplicate'), ['keep', 'skip', 'replace']),
    onLimit: oneOf('onLimit', read('onLimit'), ['fail', 'skip', 'zip', 'split']),
    failOn: oneOf('failOn', read('failOn'), ['any', 'all', 'never']),
  };
  if (inputs.files.length === 0 && inputs.fromTests.length === 0)
    throw new TaskError('Which files? Set the input "files" or "fromTests".');
  if (inputs.files.length > 0 && !hasTargets(inputs))
    throw new TaskError('Which work items? Set the input "workItems", "query" or "fromRun".');
  return inputs;
}

/** Whether inputs tell work items. */
export function hasTargets({ workItems, query, fromRun }: TaskInputs): boolean {
  return workItems !== '' || query !== '' || fromRun;
}

function isTrue(value: string): boolean {
  return value.toLowerCase() === 'true';
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Returns a choice; without a value the first one. */
function oneOf<T extends string>(name: string, value: string, choices: readonly [T, ...T[]]): T {
  if (value === '') return choices[0];
  const choice = choices.find((each) => each === value.toLowerCase());
  if (choice === undefined)
    throw new TaskError(`The input "${name}" must be one of ${choices.join(', ')}, not "${value}".`);
  return choice;
}
