import { countOf, notesOn, tableOf } from '../../../check/result-table';
import type { DoctorOrder, DoctorReport } from '../../../engine/doctor/doctor';
import { doctor } from '../../../engine/doctor/doctor';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT } from '../exit-codes';
import { readId } from '../attach/targets';
import { plain } from '../../../engine/sentences';

/** `stapler doctor` */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: '<work item> | --project <name> [--yes]',
  purpose:
    'Asks the organization about features that Stapler uses, and compares the answers with the expected ones.',
  options: {
    yes: { help: 'also creates a work item in --project for the other questions, and deletes it again' },
    ...CONNECTION_OPTIONS,
  },
  examples: ['stapler doctor 1234', 'stapler doctor --project Fabrikam --yes'],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, connected: Connected): Promise<ExitCode> {
  const { environment, output } = invocation;
  const order = orderOf(invocation, connected);
  const found = await doctor(connected.engine, order, {
    signal: environment.signal,
    onQuestion: (detail) => output.progress(detail),
  });
  if (!found)
    throw new CliError(
      `The project "${plain(connected.project ?? '')}" has no work items.`,
      'Pass a work item, or check --project.',
      EXIT.failed,
    );
  return report(found, order, invocation);
}

/** @throws CliError */
function orderOf({ values, positionals }: Invocation, { organization, project }: Connected): DoctorOrder {
  if (values['yes'] === true) {
    if (positionals.length > 0)
      throw new CliError('--yes creates a work item of its own.', doctorCommand.examples[1]);
    if (project === undefined)
      throw new CliError('--yes needs --project: a work item is created there.', doctorCommand.examples[1]);
    return { kind: 'all', project };
  }
  if (positionals.length > 0)
    return {
      kind: 'reads-only',
      subject: { workItemId: readId(positionals, organization, doctorCommand) },
    };
  if (project === undefined)
    throw new CliError('Which work item, or which --project?', doctorCommand.examples[0]);
  return { kind: 'reads-only', subject: { project } };
}

function report(found: DoctorReport, order: DoctorOrder, { output }: Invocation): ExitCode {
  const { mode, apiVersion, results, isInterrupted, workItemId, left } = found;
  const exitCode = exitCodeFor(found);
  for (const { id, question, answer, assumed, verdict, seen } of results)
    output.json({ type: 'answer', id, question, answer, expected: assumed, verdict, seen });
  output.json({
    type: 'summary',
    mode,
    apiVersion,
    questions: results.length,
    isInterrupted,
    ...(left && { leftWorkItemId: left.workItemId }),
    exitCode,
  });
  output.line(`Azure DevOps ${mode === 'server' ? 'Server' : 'Services'}, API version ${apiVersion}`);
  const lines = [...tableOf(results, 'Expected'), '', ...notesOn(results), '', countOf(results)];
  for (const line of lines) output.line(plain(line));
  if (order.kind === 'all' && !left)
    output.line(`Work item ${workItemId} was deleted. It is in the recycle bin of the project.`);
  if (left)
    output.note(
      `Work item ${left.workItemId} was created for the questions and can't be deleted: ${plain(left.reason)}\nDelete it by hand.`,
    );
  if (isInterrupted) output.note('Interrupted.');
  return exitCode;
}

function exitCodeFor({ results, left, isInterrupted }: DoctorReport): ExitCode {
  if (left) return EXIT.failed;
  if (isInterrupted) return EXIT.interrupted;
  const isDenied = results.some(({ id, answer }) => id === 'write-permission' && answer === 'no');
  return isDenied ? EXIT.denied : EXIT.ok;
}
