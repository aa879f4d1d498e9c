import { stripVTControlCharacters } from 'node:util';

/** Lines of a message that are repeated. */
const MAX_LINES = 12;
/** Failures with their messages; further ones only count. */
const MAX_FAILURES = 10;

/**
 * A failed check or test.
 *
 * @typedef {{ title: string, message: string }} Failure
 */

/**
 * The JSON report of jest, as far as it is read.
 *
 * @typedef {{ testResults: { name: string, message: string, assertionResults: JestTest[] }[] }} JestReport
 *
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} JestTest
 */

/**
 * The JSON report of Playwright, as far as it is read.
 *
 * @typedef {{ suites?: StorySuite[] }} StoryReport
 *
 * @typedef {{ specs?: StorySpec[], suites?: StorySuite[] }} StorySuite
 *
 * @typedef {{ ok: boolean, file: string, line: number, title: string, tests: StoryTest[] }} StorySpec
 *
 * @typedef {{ status: string, projectName: string, results: { errors: { message?: string }[] }[] }} StoryTest
 */

/**
 * @param {JestReport | undefined} report
 * @returns {Failure[]}
 */
export function jestFailures(report) {
  return (report?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    // A file that can't be loaded has a message, but no tests.
    if (assertionResults.length === 0 && message) return [{ title: name, message }];
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    return failed.map(({ fullName, failureMessages }) => ({
      title: fullName,
      message: failureMessages.join('\n'),
    }));
  });
}

/**
 * @param {StoryReport | undefined} report
 * @returns {Failure[]}
 */
export function storyFailures(report) {
  return (report?.suites ?? []).flatMap(suiteFailures);
}

/**
 * @param {StorySuite} suite
 * @returns {Failure[]}
 */
function suiteFailures({ specs = [], suites = [] }) {
  return [...specs.filter(({ ok }) => !ok).flatMap(specFailures), ...suites.flatMap(suiteFailures)];
}

/**
 * @param {StorySpec} spec
 * @returns {Failure[]}
 */
function specFailures({ file, line, title, tests }) {
  return tests
    .filter(({ status }) => status === 'unexpected')
    .map(({ projectName, results }) => ({
      title: `[${projectName}] ${file}:${line} ${title}`,
      message: (results.at(-1)?.errors ?? []).map((error) => error.message ?? '').join('\n'),
    }));
}

/**
 * Text for the end of a long run: what failed, and how each message begins.
 *
 * @param {readonly Failure[]} failures
 */
export function describeFailures(failures) {
  const shown = failures.slice(0, MAX_FAILURES).map(({ title, message }) => {
    const lines = stripVTControlCharacters(message).trim().split('\n').slice(0, MAX_LINES);
    return [`✗ ${title}`, ...lines.map((line) => `    ${line}`)].join('\n');
  });
  const rest = failures.length - shown.length;
  return [...shown, ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n\n');
}
