import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import {
  CommandError,
  describeError,
  helpOf,
  isColored,
  outputPath,
  parseCommand,
} from '../../../../tools/command.mjs';

const command = {
  usage: 'npm run pack',
  purpose: 'Packs the extension.',
  options: {
    private: { short: 'p', help: 'for selected organizations only' },
    publisher: { value: 'me', help: 'another publisher' },
    menus: { value: 'specific', default: 'context', choices: ['context', 'specific'], help: 'the menus' },
    pages: { value: 'a,b', list: true, choices: ['a', 'b', 'c'], help: 'some pages' },
    port: { value: '3000', range: [1, 65_535] as const, help: 'the port' },
  },
};

const FILE = { isTTY: false };
const TERMINAL = { isTTY: true };

const { env } = process;
beforeEach(() => {
  process.env = { ...env };
  delete process.env['NO_COLOR'];
});
afterEach(() => {
  process.env = env;
});

describe('parseCommand', () => {
  test('returns the values, with their defaults', () => {
    expect(parseCommand(command, [])).toEqual({ private: false, menus: 'context' });
    const args = ['-p', '--publisher', 'us', '--menus=specific', '--pages', 'a,c', '--port', '80'];
    expect(parseCommand(command, args)).toEqual({
      private: true,
      publisher: 'us',
      menus: 'specific',
      pages: 'a,c',
      port: '80',
    });
  });

  test.each([
    [['--pirvate'], "Unknown option '--pirvate'."],
    [['--menus', 'all'], '--menus must be one of: context, specific; not "all".'],
    [['--pages', 'a,d'], '--pages must be some of: a, b, c; not "a,d".'],
    [['--port', '65536'], '--port must be a whole number from 1 to 65535, not "65536".'],
    [['--port', '3000.5'], '--port must be a whole number from 1 to 65535, not "3000.5".'],
    [['--publisher'], "Option '--publisher <value>' argument missing."],
    [['file'], "Unexpected argument 'file'."],
  ])('names the error and the next step for %j', (args, sentence) => {
    const nextStep = 'npm run pack -- --help lists the options.';
    expect(() => parseCommand(command, args)).toThrow(
      expect.objectContaining({ message: sentence, nextStep, exitCode: 2 }) as Error,
    );
  });

  test('refuses a missing required option', () => {
    const options = { url: { value: 'https://here', required: true as const, help: 'the address' } };
    expect(() => parseCommand({ ...command, options }, [])).toThrow('--url is missing.');
  });
});

describe('helpOf', () => {
  test('lists all options', () => {
    expect(helpOf(command, FILE)).toBe(
      [
        'npm run pack -- [options]',
        '',
        'Packs the extension.',
        '',
        '  -p, --private     for selected organizations only',
        '  --publisher me    another publisher',
        '  --menus specific  the menus',
        '  --pages a,b       some pages',
        '  --port 3000       the port',
        '  --help            shows this text',
      ].join('\n'),
    );
  });

  test('is colored on a terminal', () => {
    const help = helpOf(command, TERMINAL);
    expect(help).toContain('\u001B[36m');
    expect(stripVTControlCharacters(help)).toBe(helpOf(command, FILE));
  });
});

describe('describeError', () => {
  const error = new CommandError('The build failed.', 'Correct it.');

  test('returns a red sentence and the next step', () => {
    expect(describeError(error, FILE)).toBe('The build failed.\nCorrect it.');
    expect(describeError(error, TERMINAL)).toBe('\u001B[31mThe build failed.\u001B[39m\nCorrect it.');
  });

  test('keeps the stack trace of a defect', () => {
    expect(describeError(new TypeError('x is undefined'), FILE)).toMatch(/^TypeError: x is undefined\n +at /);
  });
});

test("outputPath returns a path in the caller's folder, and refuses a missing folder", () => {
  const folder = mkdtempSync(join(tmpdir(), 'stapler-command-test-'));
  process.env['INIT_CWD'] = folder;
  expect(outputPath('out', 'file.md')).toBe(join(folder, 'file.md'));
  expect(() => outputPath('out', 'missing/file.md')).toThrow(
    `The folder of --out does not exist: ${join(folder, 'missing')}.`,
  );
  rmSync(folder, { recursive: true });
});

test('isColored returns true on a terminal without NO_COLOR only', () => {
  expect([isColored(TERMINAL), isColored(FILE), isColored({})]).toEqual([true, false, false]);
  process.env['NO_COLOR'] = '1';
  expect(isColored(TERMINAL)).toBe(false);
});
