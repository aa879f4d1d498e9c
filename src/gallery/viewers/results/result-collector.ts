import { joinParagraphs, NO_TEXT } from './read-elements';
import type { CutText, Outcome, TestResult, TestResults } from './test-results';

/** Maximum number of listed tests. */
const MAX_TESTS = 50_000;

/** Maximum number of errors of a run, and of files of a test. */
const MAX_PARTS = 100;

/** Maximum length of a name, in UTF-16 units. */
const MAX_NAME_LENGTH = 1_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A test whose result is being read. */
export interface TestDraft extends Mutable<Omit<TestResult, 'index' | 'files'>> {
  /** Paths as written, on any system. */
  readonly files: string[];
}

/** Creates the draft of a test that passed. */
export function draftTest(name: string, suite: string): TestDraft {
  return {
    name,
    suite,
    outcome: 'passed',
    outcomeWord: '',
    isRetried: false,
    durationMs: undefined,
    message: NO_TEXT,
    stack: NO_TEXT,
    output: NO_TEXT,
    errorOutput: NO_TEXT,
    files: [],
    computer: '',
  };
}

interface Kept {
  readonly index: number;
  readonly test: TestDraft;
}

/** Collects the results of a run, within limits. If there are too many tests, the failures are kept. */
export class ResultCollector {
  name = '';
  startedAt: number | undefined;
  durationMs: number | undefined;
  readonly #errors: CutText[] = [];
  readonly #counts: Record<Outcome, number> = { failed: 0, other: 0, passed: 0, skipped: 0 };
  readonly #kept: Record<Outcome, Kept[]> = { failed: [], other: [], passed: [], skipped: [] };
  #total = 0;
  #sumMs: number | undefined;

  add(test: TestDraft): void {
    const kept = this.#kept[test.outcome];
    if (kept.length < MAX_TESTS) kept.push({ index: this.#total, test });
    this.#counts[test.outcome]++;
    this.#total++;
    if (test.durationMs !== undefined) this.#sumMs = (this.#sumMs ?? 0) + test.durationMs;
  }

  addError(error: CutText): void {
    if (error.text.trim() !== '' && this.#errors.length < MAX_PARTS) this.#errors.push(error);
  }

  /** @param complete Called for each listed test, to add facts from the end of the file. */
  results(complete?: (test: TestDraft) => void): TestResults {
    const { failed, other, passed, skipped } = this.#kept;
    const rest = [...passed, ...skipped].sort((first, second) => first.index - second.index);
    const listed = [...failed, ...other, ...rest].slice(0, MAX_TESTS);
    return {
      name: cutName(this.name),
      startedAt: this.startedAt,
      durationMs: this.durationMs ?? this.#sumMs,
      total: this.#total,
      counts: this.#counts,
      errors: this.#errors,
      tests: listed.map(({ index, test }) => {
        complete?.(test);
        return toResult(index, test);
      }),
    };
  }
}

function toResult(index: number, test: TestDraft): TestResult {
  return {
    ...test,
    index,
    name: cutName(test.name),
    suite: cutName(test.suite),
    outcomeWord: cutName(test.outcomeWord),
    computer: cutName(test.computer),
    files: test.files.map(nameOfPath).filter(Boolean).map(cutName),
  };
}

function cutName(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}

/** Adds to one of the texts of a test. */
export function addText(
  test: TestDraft | undefined,
  key: 'message' | 'stack' | 'output' | 'errorOutput',
  text: CutText,
): void {
  if (test) test[key] = joinParagraphs(test[key], text);
}

/** Adds the path of a result file. */
export function addFile(test: TestDraft | undefined, path: string | undefined): void {
  const trimmed = path?.trim() ?? '';
  if (trimmed !== '' && test && test.files.length < MAX_PARTS) test.files.push(trimmed);
}

/** Name of a file, from its path on any system. */
function nameOfPath(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? '';
}
