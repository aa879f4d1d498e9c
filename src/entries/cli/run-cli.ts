import { isCancelled, isStaplerError, toProblem } from '../../base/errors';
import { jsonOf } from './attach/attach-output';
import { CliError } from './cli-error';
import type { Command } from './command';
import { columnsOf, helpOf, parseArguments } from './command';
import { COMMANDS } from './commands';
import type { CliEnvironment } from './environment';
import type { ExitCode } from './exit-codes';
import { EXIT, exitCodeOf } from './exit-codes';
import { createOutput } from './output';
import { describeProblem } from '../../engine/sentences';

/**
 * Runs a command.
 *
 * @param args Arguments after the name of the program.
 * @returns The exit code. Never rejects.
 */
export async function runCli(args: readonly string[], environment: CliEnvironment): Promise<ExitCode> {
  const [name, ...rest] = args;
  const { stdout, stderr } = environment;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    stdout.write(overview());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) {
    stderr.write(`There is no command "${name}".\nRun "stapler --help" for the commands.\n`);
    return EXIT.usage;
  }
  return runCommand(command, rest, environment);
}

async function runCommand(
  command: Command,
  args: readonly string[],
  environment: CliEnvironment,
): Promise<ExitCode> {
  const output = createOutput({
    ...environment,
    isJson: args.includes('--json'),
    isQuiet: args.includes('--quiet') || args.includes('-q'),
    now: environment.runtime.now,
  });
  try {
    const { values, positionals } = parseArguments(command, args);
    if (values['help'] === true) {
      environment.stdout.write(helpOf(command));
      return EXIT.ok;
    }
    return await command.run({ values, positionals, environment, output });
  } catch (error) {
    if (isCancelled(error)) {
      output.note('Interrupted. Run the same command again to continue.');
      output.json({ type: 'error', reason: 'interrupted', explanation: 'Interrupted.' });
      return EXIT.interrupted;
    }
    if (error instanceof CliError) {
      const { message, nextStep, exitCode } = error;
      output.note([message, nextStep].filter(Boolean).join('\n'));
      output.json({
        type: 'error',
        reason: 'usage',
        explanation: [message, nextStep].filter(Boolean).join(' '),
      });
      return exitCode;
    }
    const problem = toProblem(error);
    output.note(describeProblem(problem));
    if (!isStaplerError(error) && error instanceof Error) output.note(error.stack ?? '');
    output.json(jsonOf(problem));
    return exitCodeOf([problem.kind]);
  }
}

function overview(): string {
  return [
    'Usage: stapler <command> [options]',
    '',
    'Attaches files to work items of Azure DevOps, at any number and size.',
    '',
    'Commands:',
    ...columnsOf(COMMANDS.map(({ name, purpose }) => [name, purpose])),
    '',
    'Run "stapler <command> --help" for its options.',
    '',
  ].join('\n');
}
