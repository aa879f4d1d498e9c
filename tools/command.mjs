import { parseArgs, stripVTControlCharacters, styleText } from 'node:util';

/**
 * An option of a command.
 *
 * @typedef {object} Option
 * @property {string} help What it does, in a few words.
 * @property {string} [value] Example of its value. A flag has none.
 * @property {string} [default] Value without the option.
 * @property {readonly string[]} [choices] All possible values.
 */

/**
 * Reads the options of a command from its arguments. `--help` prints the help and ends the process. A wrong argument
 * prints the error and the next step, and ends it with exit code 2.
 *
 * @template {Record<string, Option>} O
 * @param {{ usage: string, purpose: string, options: O }} command
 * @param {readonly string[]} [args]
 * @returns {{ [N in keyof O]: O[N] extends { default: string } ? string : O[N] extends { value: string } ? string |
 *   undefined : boolean }}
 */
export function readCommand(command, args = process.argv.slice(2)) {
  const { help, error, values } = parseCommand(command, args);
  if (help) {
    console.log(isColored(process.stdout) ? help : stripVTControlCharacters(help));
    process.exit(0);
  }
  if (error) {
    console.error(isColored(process.stderr) ? error : stripVTControlCharacters(error));
    process.exit(2);
  }
  return /** @type {any} */ (values);
}

/**
 * Parses the arguments of a command.
 *
 * @param {{ usage: string, purpose: string, options: Record<string, Option> }} command
 * @param {readonly string[]} args
 * @returns {{ help?: string, error?: string, values?: Record<string, string | boolean | undefined> }} One of them.
 */
export function parseCommand(command, args) {
  const { usage, options } = command;
  if (args.includes('--help') || args.includes('-h')) return { help: helpOf(command) };
  const nextStep = `${usage} -- --help lists the options.`;
  try {
    const parsed = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(options).map(([name, option]) => [
          name,
          option.value === undefined
            ? { type: /** @type {const} */ ('boolean'), default: false }
            : { type: /** @type {const} */ ('string'), ...(option.default && { default: option.default }) },
        ]),
      ),
    });
    for (const [name, { choices }] of Object.entries(options)) {
      const value = parsed.values[name];
      if (choices && typeof value === 'string' && !choices.includes(value))
        return { error: errorOf(`--${name} must be one of: ${choices.join(', ')}.`, nextStep) };
    }
    return { values: { ...parsed.values } };
  } catch (error) {
    const [sentence = ''] = /** @type {Error} */ (error).message.split(/\.\s/);
    return { error: errorOf(`${sentence.replace(/\.$/, '')}.`, nextStep) };
  }
}

/** @param {string} sentence @param {string} nextStep */
function errorOf(sentence, nextStep) {
  return `${styleText('red', sentence)}\n${nextStep}`;
}

/** @param {{ usage: string, purpose: string, options: Record<string, Option> }} command */
function helpOf({ usage, purpose, options }) {
  const rows = [
    ...Object.entries(options).map(([name, { value, help }]) => [
      `--${name}${value ? ` ${value}` : ''}`,
      help,
    ]),
    ['--help', 'shows this text'],
  ];
  const width = Math.max(...rows.map(([left = '']) => left.length));
  const lines = rows.map(([left = '', right = '']) => `  ${styleText('cyan', left.padEnd(width))}  ${right}`);
  return [`${styleText('bold', `${usage} -- [options]`)}`, '', purpose, '', ...lines].join('\n');
}

/**
 * Whether to color the output: on a terminal, unless `NO_COLOR` is set (no-color.org).
 *
 * @param {{ isTTY?: boolean }} stream
 */
export function isColored({ isTTY }) {
  return isTTY === true && !process.env['NO_COLOR'];
}
