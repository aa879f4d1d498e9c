import type { Dialect } from './dialect';
import type { XmlElement } from './read-elements';
import { isInside } from './read-elements';
import type { TestDraft } from './result-collector';
import { addFile, addText, draftTest, ResultCollector } from './result-collector';
import { parseTime, parseTimeSpan } from './result-values';
import type { Outcome } from './test-results';

/** Maximum number of definitions. Tests beyond have no class. */
const MAX_DEFINITIONS = 200_000;

const OUTCOME_OF: Readonly<Partial<Record<string, Outcome>>> = {
  Passed: 'passed',
  Failed: 'failed',
  Error: 'failed',
  NotExecuted: 'skipped',
  NotRunnable: 'skipped',
};

/** A result that is open, and what is known of the results inside. */
interface OpenResult {
  readonly test: TestDraft;
  hasInner: boolean;
  hasInnerFailure: boolean;
}

/** Creates a reader of TRX, the format of `dotnet test` and Visual Studio. */
export function createTrxDialect(collector = new ResultCollector()): Dialect {
  const open: OpenResult[] = [];
  const classes = new Map<string, string>();

  function endResult(): void {
    const ended = open.pop();
    if (!ended) return;
    const { test, hasInner, hasInnerFailure } = ended;
    const isFailure = test.outcome === 'failed' || test.outcome === 'other';
    // The rows of a data-driven test are tests. The test around them counts if it failed by itself.
    if (!hasInner || (isFailure && !hasInnerFailure)) collector.add(test);
    const outer = open.at(-1);
    if (!outer) return;
    outer.hasInner = true;
    outer.hasInnerFailure ||= hasInnerFailure || isFailure;
  }

  return {
    open(element) {
      const { name, attributes } = element;
      if (name === 'UnitTestResult')
        open.push({ test: draftResult(attributes), hasInner: false, hasInnerFailure: false });
      else if (name === 'ResultFile') addFile(open.at(-1)?.test, attributes['path']);
      else if (name === 'TestRun') collector.name = attributes['name'] ?? '';
      else if (name === 'TestMethod') {
        const id = element.parent?.attributes['id'];
        if (id !== undefined && classes.size < MAX_DEFINITIONS) classes.set(id, classOf(attributes));
      } else if (name === 'Times') {
        const [start, finish] = [parseTime(attributes['start']), parseTime(attributes['finish'])];
        collector.startedAt = start;
        if (start !== undefined && finish !== undefined && finish >= start)
          collector.durationMs = finish - start;
      }
    },
    close(element) {
      if (element.name === 'UnitTestResult') endResult();
      else if (element.name === 'Text' && isInside(element, 'RunInfo')) collector.addError(element.text);
      else addTextOf(element, open.at(-1)?.test);
    },
    results: () =>
      collector.results((test) => {
        test.suite = classes.get(test.suite) ?? '';
        // Some frameworks put the class before the name.
        if (test.suite !== '' && test.name.startsWith(`${test.suite}.`))
          test.name = test.name.slice(test.suite.length + 1);
      }),
  };
}

function draftResult(attributes: XmlElement['attributes']): TestDraft {
  const { testName = '', testId = '', outcome = '', duration, computerName = '' } = attributes;
  // The class is in the definition, which usually follows later. Until then, its id stands here.
  const test = draftTest(testName, testId);
  test.outcome = OUTCOME_OF[outcome] ?? 'other';
  if (test.outcome === 'other') test.outcomeWord = outcome;
  test.durationMs = parseTimeSpan(duration);
  test.computer = computerName;
  return test;
}

function addTextOf(element: XmlElement, test: TestDraft | undefined): void {
  const { name, text } = element;
  if (name === 'Message' && isInside(element, 'ErrorInfo')) addText(test, 'message', text);
  else if (name === 'StackTrace') addText(test, 'stack', text);
  else if (name === 'StdErr') addText(test, 'errorOutput', text);
  else if (name === 'StdOut' || name === 'DebugTrace' || isInside(element, 'TextMessages'))
    addText(test, 'output', text);
}

/** MSTest adds the assembly to the class: `Shop.Tests.CartTests, Shop.Tests, Version=1.0.0.0`. */
function classOf({ className = '' }: XmlElement['attributes']): string {
  return className.split(',', 1)[0] ?? '';
}
