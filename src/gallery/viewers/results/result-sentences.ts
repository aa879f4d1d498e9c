import { formatMoment, listOf } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import type { Outcome, TestResult, TestResults } from './test-results';
import { OUTCOMES } from './test-results';

/** Maximum length of the first line of a message in a row, in UTF-16 units. */
const MAX_LINE_LENGTH = 300;

/** `3 failed, 412 passed, 2 skipped`: in the order of the list. */
export function describeCounts({ counts, total }: TestResults): string {
  if (total === 0) return t('No tests');
  const { passed, failed, other, skipped } = counts;
  return listOf([
    ...(failed > 0 ? [t('{tests, number} failed', { tests: failed })] : []),
    ...(other > 0 ? [t('{tests, number} other', { tests: other })] : []),
    t('{tests, number} passed', { tests: passed }),
    ...(skipped > 0 ? [t('{tests, number} skipped', { tests: skipped })] : []),
  ]);
}

/** `1 min 12 s · 14 Mar 2026, 15:09`, as far as known. */
export function describeRun({ durationMs, startedAt }: TestResults): string {
  const facts = [
    durationMs !== undefined && formatDuration(durationMs),
    startedAt !== undefined && formatMoment(new Date(startedAt)),
  ];
  return facts.filter(Boolean).join(' · ');
}

/** `38 ms`, `1.2 s`, `1 min 12 s`, `2 h 5 min`, `10 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return t('{count, number} ms', { count: Math.round(ms) });
  if (ms < 59_950) return t('{count, number} s', { count: Math.round(ms / 100) / 10 });
  const allSeconds = Math.round(ms / 1000);
  const isShort = allSeconds < 3600;
  const allMinutes = isShort ? Math.floor(allSeconds / 60) : Math.round(allSeconds / 60);
  const [minutes, seconds] = [allMinutes % 60, allSeconds % 60];
  const hours = Math.floor(allMinutes / 60);
  if (isShort)
    return seconds === 0
      ? t('{count, number} min', { count: minutes })
      : t('{minutes, number} min {seconds, number} s', { minutes, seconds });
  return minutes === 0
    ? t('{count, number} h', { count: hours })
    : t('{hours, number} h {minutes, number} min', { hours, minutes });
}

/** Outcome of a test, in the word of the file if there is no other. */
export function describeOutcome({ outcome, outcomeWord, isRetried }: TestResult): string {
  if (isRetried && outcome === 'passed') return t('Passed after a retry');
  if (outcome === 'other' && outcomeWord !== '') return makeVisible(outcomeWord);
  return nameOfOutcome(outcome);
}

/** Name of an outcome. */
export function nameOfOutcome(outcome: Outcome): string {
  switch (outcome) {
    case 'failed':
      return t('Failed');
    case 'other':
      return t('Other');
    case 'passed':
      return t('Passed');
    case 'skipped':
      return t('Skipped');
  }
}

/** Returns the first line with words of the message, or of the stack without a message. */
export function firstLineOf({ message, stack }: TestResult): string {
  const text = message.text.trim() === '' ? stack.text : message.text;
  const line =
    text
      .slice(0, 10_000)
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? '';
  return line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line.trimEnd();
}

/** Filter of a list of tests. */
export interface TestFilter {
  /** `undefined` for all. */
  readonly outcome: Outcome | undefined;
  /** Part of the name or class. */
  readonly query: string;
}

/** Returns the tests that match a filter. */
export function filterTests(
  tests: readonly TestResult[],
  { outcome, query }: TestFilter,
): readonly TestResult[] {
  const words = query.trim().toLowerCase();
  if (outcome === undefined && words === '') return tests;
  return tests.filter(
    (test) =>
      (outcome === undefined || test.outcome === outcome) &&
      (words === '' || fullNameOf(test).toLowerCase().includes(words)),
  );
}

/** Outcomes with a button to filter by them: the usual ones, and all that occur. */
export function filterableOutcomes({ counts }: TestResults): readonly Outcome[] {
  return OUTCOMES.filter((outcome) => outcome !== 'other' || counts.other > 0);
}

/** Name of a test with its class. */
function fullNameOf({ name, suite }: TestResult): string {
  return suite === '' ? name : `${suite}.${name}`;
}

/** Result of a test as a text to paste into a comment or a chat. */
export function copyOfTest(test: TestResult): string {
  const { message, stack, output, errorOutput, durationMs } = test;
  const facts = [describeOutcome(test), durationMs !== undefined && formatDuration(durationMs)];
  const head = [fullNameOf(test), facts.filter(Boolean).join(' · ')].join('\n');
  const texts = [message, stack, output, errorOutput].map(({ text, missing }) =>
    missing > 0 ? `${text.trimEnd()}…` : text.trimEnd(),
  );
  return [head, ...texts.filter((text) => text !== '')].join('\n\n');
}
