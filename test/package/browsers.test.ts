import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Linter } from 'eslint';
import compat from 'eslint-plugin-compat';
import { isFullRun } from '../../tools/full-run.cjs';
import { hashOf } from '../../tools/pass-record.mjs';
import { cacheFolder } from '../../tools/process.mjs';
import { openVsix, projectFolder } from './vsix';

/** The linter reads all of pdf.js. */
const TIMEOUT_MS = 180_000;

/** Used only if the browser has them. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  'dist/pdf-parser.js': ['ImageDecoder'],
  // Asked for before a smaller video is offered.
  'dist/video.js': [
    ...['AudioData', 'AudioDecoder', 'AudioEncoder', 'EncodedAudioChunk'],
    ...['EncodedVideoChunk', 'VideoDecoder', 'VideoEncoder', 'VideoFrame'],
  ],
  // Tells whether to save data.
  'dist/gallery.js': ['navigator.connection()'],
  'dist/gallery-page.js': ['navigator.connection()'],
  'dist/same-files.js': ['navigator.connection()'],
};

/** Everything but the script that determines the result. */
const rules = hashOf(['package.json', 'package-lock.json', 'test/package/browsers.test.ts']);
const recordFile = join(projectFolder, cacheFolder, 'compat.json');
/** Hashes of scripts without a problem, by path. They are not linted again, except with `CI=true`. */
const passed = readPassed();
afterAll(() => {
  mkdirSync(dirname(recordFile), { recursive: true });
  writeFileSync(recordFile, JSON.stringify(passed));
});

function readPassed(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(recordFile, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

const vsix = openVsix();
const linter = new Linter({ cwd: projectFolder });

// The pipeline task runs in Node.
test.each(vsix.paths.filter((path) => path.endsWith('.js') && !path.startsWith('task/')))(
  'The script %s needs no more than the browsers in package.json have, libraries included',
  (path) => {
    const text = vsix.text(path);
    const hash = createHash('sha256').update(`${rules} ${text}`).digest('hex');
    if (!isFullRun && passed[path] === hash) return;
    const found = linter.verify(
      text,
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
    passed[path] = hash;
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
