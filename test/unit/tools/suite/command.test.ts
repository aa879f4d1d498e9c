import { stripVTControlCharacters } from 'node:util';
import { isColored, parseCommand } from '../../../../tools/command.mjs';

const command = {
  usage: 'npm run pack',
  purpose: 'Packs the extension.',
  options: {
    private: { help: 'for selected organizations only' },
    publisher: { value: 'me', help: 'another publisher' },
    menus: { value: 'specific', default: 'context', choices: ['context', 'specific'], help: 'the menus' },
  },
};

describe('parseCommand', () => {
  test('returns the values, with their defaults', () => {
    expect(parseCommand(command, [])).toEqual({ values: { private: false, menus: 'context' } });
    expect(parseCommand(command, ['--private', '--publisher', 'us', '--menus=specific'])).toEqual({
      values: { private: true, publisher: 'us', menus: 'specific' },
    });
  });

  test.each([['--help'], ['-h']])('lists all options after %s', (argument) => {
    expect(stripVTControlCharacters(parseCommand(command, ['--private', argument]).help ?? '')).toBe(
      [
        'npm run pack -- [options]',
        '',
        'Packs the extension.',
        '',
        '  --private         for selected organizations only',
        '  --publisher me    another publisher',
        '  --menus specific  the menus',
        '  --help            shows this text',
      ].join('\n'),
    );
  });

  test.each([
    [['--pirvate'], "Unknown option '--pirvate'."],
    [['--menus', 'all'], '--menus must be one of: context, specific.'],
    [['--publisher'], "Option '--publisher <value>' argument missing."],
    [['file'], "Unexpected argument 'file'."],
  ])('names the error and the next step for %j', (args, sentence) => {
    const { error = '' } = parseCommand(command, args);
    expect(stripVTControlCharacters(error)).toBe(`${sentence}\nnpm run pack -- --help lists the options.`);
  });
});

describe('isColored', () => {
  const { NO_COLOR } = process.env;
  afterEach(() => {
    if (NO_COLOR === undefined) delete process.env['NO_COLOR'];
    else process.env['NO_COLOR'] = NO_COLOR;
  });

  test('returns true on a terminal without NO_COLOR only', () => {
    delete process.env['NO_COLOR'];
    expect([isColored({ isTTY: true }), isColored({ isTTY: false }), isColored({})]).toEqual([
      true,
      false,
      false,
    ]);
    process.env['NO_COLOR'] = '1';
    expect(isColored({ isTTY: true })).toBe(false);
  });
});
