import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inspect, parseArgs, styleText } from 'node:util';

/**
 * An option of a command.
 *
 * @typedef {object} Option
 * @property {string} help What it does, in a few words.
 * @property {string} [value] Example of its value. A flag has none.
 * @property {string} [default] Value without the option.
 * @property {string} [short] Letter of its short form.
 * @property {boolean} [required]
 * @property {readonly string[]} [choices] All possible values.
 * @property {boolean} [list] Whether it takes several of the choices, separated by commas.
 * @property {readonly [number, number]} [range] Least and greatest value of a whole number.
 */

/**
 * A command with its options.
 *
 * @template {Record<string, Option>} O
 * @typedef {{ usage: string, purpose: string, options: O }} Command
 */

/**
 * Values of options by their names.
 *
 * @template {Record<string, Option>} O
 * @typedef {{ [N in keyof O]: O[N] extends { default: string } | { required: true } ? string : O[N] extends { value:
 *   string } ? string | undefined : boolean }} Values
 */

/** Exit code of an interrupted program in a shell. */
export const EXIT_INTERRUPTED = 130;

/**
 * Error that the user can correct. It is printed as a sentence and the next step. Any other error is a defect of ours
 * and keeps its stack trace.
 */
export class CommandError extends Error {
  /**
   * @param {string} sentence
   * @param {string} [nextStep]
   * @param {number} [exitCode] 2 for wrong arguments.
   */
  constructor(sentence, nextStep, exitCode = 1) {
    super(sentence);
    this.nextStep = nextStep;
    this.exitCode = exitCode;
  }
}

/**
 * Reads the options of a command from its arguments. `--help` prints the help and ends the process. Each later error of
 * the process is printed as `handleErrors` says.
 *
 * @template {Record<string, Option>} O
 * @param {Command<O>} command
 * @param {readonly string[]} [args]
 * @returns {Values<O>}
 */
export function readCommand(command, args = process.argv.slice(2)) {
  handleErrors();
  if (asksForHelp(args)) {
    console.log(helpOf(command, process.stdout));
    process.exit(0);
  }
  return parseCommand(command, args);
}

/** Prints an error of this process and ends it. A script without options of its own calls this first. */
export function handleErrors() {
  process.on('uncaughtException', (error) => {
    console.error(describeError(error, process.stderr));
    process.exit(error instanceof CommandError ? error.exitCode : 1);
  });
}

/**
 * Returns the text of an error for a terminal or file.
 *
 * @param {unknown} error
 * @param {{ isTTY?: boolean }} stream
 * @returns {string}
 */
export function describeError(error, stream) {
  if (!(error instanceof CommandError)) return inspect(error);
  const sentence = styled(stream, 'red', error.message);
  return error.nextStep ? `${sentence}\n${error.nextStep}` : sentence;
}

/**
 * Parses the arguments of a command.
 *
 * @template {Record<string, Option>} O
 * @param {Command<O>} command
 * @param {readonly string[]} args
 * @returns {Values<O>}
 * @throws CommandError with exit code 2 for a wrong argument
 */
export function parseCommand({ usage, options }, args) {
  const { values, problem } = parse(options, args);
  if (problem) throw new CommandError(problem, `${usage} -- --help lists the options.`, 2);
  return /** @type {any} */ (values);
}

/** @param {Record<string, Option>} options @param {readonly string[]} args */
function parse(options, args) {
  const parsed = tryToParse(options, args);
  if (!parsed.values) return parsed;
  for (const [name, option] of Object.entries(options)) {
    const problem = problemOf(option, parsed.values[name]);
    if (problem) return { problem: `--${name} ${problem}` };
  }
  return parsed;
}

/** @param {Record<string, Option>} options @param {readonly string[]} args */
function tryToParse(options, args) {
  const types = Object.entries(options).map(([name, option]) => [
    name,
    {
      ...(option.short && { short: option.short }),
      ...(option.value === undefined ? { type: 'boolean', default: false } : { type: 'string' }),
      ...(option.default && { default: option.default }),
    },
  ]);
  try {
    return { values: { ...parseArgs({ args: [...args], options: Object.fromEntries(types) }).values } };
  } catch (error) {
    // Node adds advice about positional arguments, which our commands do not have.
    const [sentence = ''] = /** @type {Error} */ (error).message.split(/\.\s/);
    return { problem: `${sentence.replace(/\.$/, '')}.` };
  }
}

/** @param {Option} option @param {unknown} value */
function problemOf({ required, choices, list, range }, value) {
  if (required && !value) return 'is missing.';
  if (typeof value !== 'string') return undefined;
  if (choices) {
    const isChoice = (list ? value.split(',') : [value]).every((each) => choices.includes(each));
    if (!isChoice) return `must be ${list ? 'some' : 'one'} of: ${choices.join(', ')}; not "${value}".`;
  }
  if (range) {
    const [least, most] = range;
    if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most)
      return `must be a whole number from ${least} to ${most}, not "${value}".`;
  }
  return undefined;
}

/** @param {readonly string[]} args */
function asksForHelp(args) {
  return args.includes('--help') || args.includes('-h');
}

/**
 * Returns the help of a command for a terminal or file.
 *
 * @param {Command<Record<string, Option>>} command
 * @param {{ isTTY?: boolean }} stream
 */
export function helpOf({ usage, purpose, options }, stream) {
  const rows = [
    ...Object.entries(options).map(([name, { short, value, help }]) => [
      `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`,
      help,
    ]),
    ['--help', 'shows this text'],
  ];
  const width = Math.max(...rows.map(([left = '']) => left.length));
  const lines = rows.map(
    ([left = '', right = '']) => `  ${styled(stream, 'cyan', left.padEnd(width))}  ${right}`,
  );
  return [styled(stream, 'bold', `${usage} -- [options]`), '', purpose, '', ...lines].join('\n');
}

/**
 * Returns the path of a file to write, relative to the folder in which the user called npm.
 *
 * @param {string} name Name of the option.
 * @param {string} path Its value.
 * @throws CommandError if its folder does not exist
 */
export function outputPath(name, path) {
  // npm runs scripts in the project's folder; INIT_CWD is the caller's.
  const full = resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
  const folder = dirname(full);
  if (existsSync(folder)) return full;
  throw new CommandError(`The folder of --${name} does not exist: ${folder}.`, 'Create it first.', 2);
}

/**
 * Returns text in a style, if the stream is colored.
 *
 * @param {{ isTTY?: boolean }} stream
 * @param {'red' | 'green' | 'cyan' | 'bold' | 'dim'} style
 * @param {string} text
 */
export function styled(stream, style, text) {
  // Newer versions of Node would look at stdout, also for a text on stderr.
  const options = /** @type {any} */ ({ validateStream: false });
  return isColored(stream) ? /** @type {any} */ (styleText)(style, text, options) : text;
}

/**
 * Whether to color the output: on a terminal, unless `NO_COLOR` is set (no-color.org).
 *
 * @param {{ isTTY?: boolean }} stream
 */
export function isColored({ isTTY }) {
  return isTTY === true && !process.env['NO_COLOR'];
}
