import { relative } from 'node:path';
import type { InsertOrder, InsertResult, InsertRow } from '../../../engine/texts/insert';
import type { PictureWidth } from '../../../upload/texts/insertion';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS, textOf } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT, exitCodeOf } from '../exit-codes';
import { expandFiles } from '../expand-files';
import { readId } from '../attach/targets';
import { createPolicyWarning, POLICY_OPTIONS, policyOf } from '../policy/policy-options';
import { createCheckReport } from '../rules/check-output';
import { RULE_OPTIONS, rulesOf } from '../rules/rule-options';
import { count, describeProblem, labelOf, plain } from '../../../engine/sentences';

/** `stapler insert` */
export const insertCommand: Command = {
  name: 'insert',
  usage: '<work item> --field <name> | --comment <images>…',
  purpose: 'Attaches images and shows them at the end of a text of a work item.',
  options: {
    field: { value: '<name>', help: 'field, such as "Repro Steps" or System.Description' },
    comment: { help: 'a new comment, in place of a field' },
    alt: { value: '<text>', help: 'alternative text; without it, the name of the file' },
    width: { value: '<size>', choices: ['small', 'full'], help: 'small (default) or full' },
    ...RULE_OPTIONS,
    ...POLICY_OPTIONS,
    'dry-run': { help: 'prints the plan, and changes nothing' },
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'stapler insert 1234 --field "Repro Steps" screenshot.png',
    'stapler insert 1234 --field System.Description chart.png --alt "Load in May" --width full',
    'stapler insert 1234 --comment before.png after.png',
  ],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, { engine, organization }: Connected): Promise<ExitCode> {
  const { values, positionals, environment } = invocation;
  const workItemId = readId(positionals, organization, insertCommand);
  const [field, alternativeText, width] = ['field', 'alt', 'width'].map((name) => textOf(values, name));
  if ((field !== undefined) === (values['comment'] === true))
    throw new CliError('Which text?', 'Pass either --field <name> or --comment.');
  const images = await expandFiles(positionals.slice(1), environment.cwd);
  if (images.length === 0) throw new CliError('Which images?', insertCommand.examples[0]);
  const rules = rulesOf(values);
  const order: InsertOrder = {
    ...{ workItemId, images },
    ...(field !== undefined && { field }),
    ...(alternativeText !== undefined && { alternativeText }),
    ...(width !== undefined && { width: width as PictureWidth }),
    ...(rules && { rules }),
    policy: await policyOf(invocation),
    ...(values['dry-run'] === true && { isDryRun: true }),
  };
  // Its packages take time to evaluate, and most other commands need none of them.
  const { insert } = await import('../../../engine/texts/insert');
  const onCheck = createCheckReport(invocation, images.length);
  const onPolicyProblem = createPolicyWarning(invocation.output);
  const result = await insert(engine, order, { signal: environment.signal, onCheck, onPolicyProblem });
  return report(result, order, invocation);
}

const WORDS: Readonly<Record<InsertRow['outcome'], string>> = {
  inserted: 'inserted',
  'already-inserted': 'already inserted',
  planned: 'to be inserted',
  failed: 'not inserted',
};

/** Fields named after a wrong one. */
const MAX_FIELD_NAMES = 20;

/** @throws CliError if nothing was changed because of the arguments. */
function report(result: InsertResult, order: InsertOrder, { environment, output }: Invocation): ExitCode {
  const nameOf = (path: string): string => {
    const below = relative(environment.cwd, path);
    return plain(below.startsWith('..') ? path : below);
  };
  if (result.kind === 'no-images')
    throw new CliError(
      result.paths.map((path) => `${nameOf(path)} isn't an image.`).join('\n'),
      'Nothing was attached.',
      EXIT.failed,
    );
  if (result.kind === 'refused')
    throw new CliError(
      result.files.map(({ path, problem }) => `${nameOf(path)}: ${describeProblem(problem)}`).join('\n'),
      'Nothing was attached.',
      exitCodeOf(result.files.map(({ problem }) => problem.kind)),
    );
  const label = labelOf(order.workItemId, result.workItem.type);
  if (result.kind === 'no-field')
    throw new CliError(
      `There is no text field "${plain(order.field ?? '')}".`,
      `Fields: ${result.names.slice(0, MAX_FIELD_NAMES).map(plain).join(', ')}.`,
      EXIT.failed,
    );
  if (result.kind === 'no-place')
    throw new CliError(
      `Can't add an image at the end of ${plain(result.field)} of ${label}.`,
      'The text ends in code or in an unfinished tag, or is longer than 5 MB. Nothing was attached.',
      EXIT.failed,
    );
  const place = result.field === undefined ? 'a comment' : plain(result.field);
  for (const { path, name, id, outcome, problem } of result.rows) {
    const explanation = problem && describeProblem(problem);
    output.json({
      type: 'image',
      outcome,
      workItemId: order.workItemId,
      file: nameOf(path),
      name,
      ...(id !== undefined && { id }),
      ...(problem && { reason: problem.kind, explanation }),
    });
    const text = `${nameOf(path)} → ${label}, ${place}: ${WORDS[outcome]}`;
    if (explanation === undefined) output.line(text);
    else output.note(`${text}. ${explanation}`);
  }
  const exitCode = exitCodeOf(result.rows.flatMap(({ problem }) => problem?.kind ?? []));
  const totalOf = (kind: InsertRow['outcome']): number =>
    result.rows.filter(({ outcome }) => outcome === kind).length;
  const [inserted, planned] = [totalOf('inserted'), totalOf('planned')];
  output.json({
    ...{ type: 'summary', workItemId: order.workItemId, images: result.rows.length, inserted },
    ...(order.isDryRun === true && { planned }),
    exitCode,
  });
  const total = order.isDryRun === true ? `${planned} to be inserted` : `${inserted} inserted`;
  output.line(`${count(result.rows.length, 'image')}: ${total}.`);
  return exitCode;
}
