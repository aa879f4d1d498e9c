import { parseArgs } from 'node:util';
import { CliError } from './cli-error';
import type { CliEnvironment } from './environment';
import type { ExitCode } from './exit-codes';
import type { Output } from './output';

/** An option of a command. */
export interface Option {
  /** What it does, in a few words. */
  readonly help: string;
  /** Example of its value, `<url>`. A flag has none. */
  readonly value?: string;
  readonly short?: string;
  /** All possible values. */
  readonly choices?: readonly string[];
  /** Reasons why there is no such choice, by value. */
  readonly notOffered?: Readonly<Record<string, string>>;
  /** Whether the option can be given several times. Its value is a list. */
  readonly isRepeatable?: true;
}

/** Values of options by name: a text, a list of texts, or `true` for a flag. */
export type Values = Readonly<Record<string, string | readonly string[] | true | undefined>>;

/** Call of a command. */
export interface Invocation {
  readonly values: Values;
  readonly positionals: readonly string[];
  readonly environment: CliEnvironment;
  readonly output: Output;
}

/** A command. */
export interface Command {
  readonly name: string;
  /** Arguments after the name, `<work items> <files>…`. */
  readonly usage: string;
  /** One sentence. */
  readonly purpose: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Whole lines that can be copied. */
  readonly examples: readonly string[];
  /** @throws CliError for wrong arguments, StaplerError for any other failure, CancelledError after an abort. */
  readonly run: (invocation: Invocation) => Promise<ExitCode>;
}

/** Options of every command that connects. */
export const CONNECTION_OPTIONS: Readonly<Record<string, Option>> = {
  organization: {
    value: '<url>',
    help: 'organization or collection, such as https://dev.azure.com/fabrikam',
  },
  project: { value: '<name>', help: 'project, for queries by name' },
  'token-stdin': { help: 'reads the token from standard input' },
  'allow-http': { help: 'sends the token to the host of --organization without encryption' },
  state: { value: '<folder>', help: 'folder for what is needed to continue after an interruption' },
};

/** Options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  json: { help: 'prints one JSON object per line' },
  quiet: { short: 'q', help: 'prints failures only' },
  help: { short: 'h', help: 'shows this text' },
};

/**
 * Reads the arguments of a command.
 *
 * @throws CliError for an unknown option or a wrong value.
 */
export function parseArguments(
  { name, options }: Pick<Command, 'name' | 'options'>,
  args: readonly string[],
): Pick<Invocation, 'values' | 'positionals'> {
  const all = { ...options, ...COMMON_OPTIONS };
  const help = `Run "stapler ${name} --help" for the options.`;
  const types = Object.entries(all).map(([key, { short, value, isRepeatable = false }]) => [
    key,
    {
      type: value === undefined ? 'boolean' : 'string',
      multiple: isRepeatable,
      ...(short !== undefined && { short }),
    },
  ]);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(types) as NonNullable<Parameters<typeof parseArgs>[0]>['options'] & object,
      allowPositionals: true,
    });
    for (const [key, { choices, notOffered }] of Object.entries(all)) {
      const value = values[key];
      if (typeof value === 'string' && choices && !choices.includes(value))
        throw new CliError(
          notOffered?.[value] ?? `--${key} must be one of ${choices.join(', ')}, not "${value}".`,
          help,
        );
    }
    return { values: values as Values, positionals };
  } catch (error) {
    if (error instanceof CliError) throw error;
    // Node adds advice about arguments that begin with a dash.
    const [sentence = ''] = (error as Error).message.split(/\.\s/);
    throw new CliError(`${sentence.replace(/\.$/, '')}.`, help);
  }
}

/** Returns the value of an option that takes one. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Returns the values of an option that can be given several times. */
export function textsOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  return typeof value === 'object' ? value : [];
}

/** Returns the help of a command. */
export function helpOf({ name, usage, purpose, options, examples }: Command): string {
  const rows = Object.entries({ ...options, ...COMMON_OPTIONS }).map(([key, { short, value, help }]) => [
    `${short ? `-${short}, ` : ''}--${key}${value ? ` ${value}` : ''}`,
    help,
  ]);
  return [
    `Usage: stapler ${name} ${usage}`,
    '',
    purpose,
    '',
    'Options:',
    ...columnsOf(rows),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** Aligns two columns. */
export function columnsOf(rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`);
}
