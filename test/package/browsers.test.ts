import { join } from 'node:path';
import { Linter } from 'eslint';
import compat from 'eslint-plugin-compat';
import { openVsix, projectFolder } from './vsix';

/** The linter reads all of pdf.js. */
const TIMEOUT_MS = 180_000;

/** Used only if the browser has them. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = { 'dist/pdf.js': ['ImageDecoder'] };

const vsix = openVsix();
const linter = new Linter({ cwd: projectFolder });

test.each(vsix.paths.filter((path) => path.endsWith('.js')))(
  'The script %s needs no more than the browsers in package.json have, libraries included',
  (path) => {
    const found = linter.verify(
      vsix.text(path),
      [
        {
          files: ['**/*.js'],
          plugins: { compat },
          linterOptions: { noInlineConfig: true },
          languageOptions: { ecmaVersion: 2022, sourceType: 'script' },
          rules: { 'compat/compat': 'error' },
        },
      ],
      { filename: join(projectFolder, path) },
    );
    const optional = OPTIONAL[path] ?? [];
    expect(
      found
        .map(({ message, line, column }) => `${message} (${line}:${column})`)
        .filter((message) => !optional.some((name) => message.startsWith(`${name} is not supported`))),
    ).toEqual([]);
  },
  TIMEOUT_MS,
);

test('The linter knows the browsers in package.json', () => {
  const [found] = linter.verify(
    'new ImageDecoder({})',
    [{ plugins: { compat }, rules: { 'compat/compat': 'error' } }],
    { filename: join(projectFolder, 'dist/any.js') },
  );
  expect(found?.message).toContain('is not supported in Safari 16.4, Firefox 128');
});
