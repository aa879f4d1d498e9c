import type { Dialect } from './dialect';
import type { XmlElement } from './read-elements';
import { cutText, isInside, joinParagraphs } from './read-elements';
import type { TestDraft } from './result-collector';
import { addText, draftTest, ResultCollector } from './result-collector';
import { parseSeconds, parseTime } from './result-values';

/** Values of `status` and `result` of tests that did not run, as GoogleTest and others write them. */
const NOT_RUN = new Set(['skipped', 'disabled', 'notrun', 'ignored', 'suppressed']);

/** Creates a reader of JUnit XML, with the elements that Maven Surefire, pytest, GoogleTest and others add. */
export function createJUnitDialect(collector = new ResultCollector()): Dialect {
  let test: TestDraft | undefined;
  let suitesMs: number | undefined;
  let outerSuites = 0;

  function openSuite({ name, attributes, parent }: XmlElement): void {
    collector.startedAt ??= parseTime(attributes['timestamp']);
    if (name === 'testsuites') {
      collector.name = attributes['name'] ?? '';
      collector.durationMs = parseSeconds(attributes['time']);
    } else if (parent?.name !== 'testsuite') {
      // The name of a single suite is that of the run.
      const isNamed = parent?.attributes['name'] !== undefined;
      if (!isNamed) collector.name = outerSuites === 0 ? (attributes['name'] ?? '') : '';
      outerSuites++;
      const ms = parseSeconds(attributes['time']);
      if (ms !== undefined) suitesMs = (suitesMs ?? 0) + ms;
    }
  }

  function openTest({ attributes, parent }: XmlElement): void {
    const { name = '', classname, time, status = '', result = '' } = attributes;
    test = draftTest(name, classname ?? parent?.attributes['name'] ?? '');
    test.durationMs = parseSeconds(time);
    if (NOT_RUN.has(status.toLowerCase()) || NOT_RUN.has(result.toLowerCase())) test.outcome = 'skipped';
  }

  return {
    open(element) {
      if (element.name === 'testsuite' || element.name === 'testsuites') openSuite(element);
      else if (element.name === 'testcase') openTest(element);
    },
    close(element) {
      if (!test) return;
      if (element.name === 'testcase') {
        collector.add(test);
        test = undefined;
      } else if (isInside(element, 'testcase')) endPart(element, test);
      // The stack of a repeated test is an element of its own.
      else if (element.name === 'stackTrace' && element.parent)
        element.parent.text = joinParagraphs(element.parent.text, element.text);
    },
    results() {
      collector.durationMs ??= suitesMs;
      return collector.results();
    },
  };
}

/** Adds an element of a test case to the test. */
function endPart({ name, attributes, text }: XmlElement, test: TestDraft): void {
  const message = attributes['message'] ?? attributes['type'];
  switch (name) {
    case 'failure':
    case 'error':
      test.outcome = 'failed';
      test.isRetried = false;
      break;
    case 'flakyFailure':
    case 'flakyError':
      test.isRetried = test.outcome !== 'failed';
      break;
    case 'rerunFailure':
    case 'rerunError':
      break;
    case 'skipped':
      if (test.outcome !== 'failed') test.outcome = 'skipped';
      // Its text is a reason.
      addText(test, 'message', message === undefined ? text : cutText(message));
      return;
    case 'system-out':
      addText(test, 'output', text);
      return;
    case 'system-err':
      addText(test, 'errorOutput', text);
      return;
    default:
      return;
  }
  addText(test, 'message', cutText(message));
  addText(test, 'stack', text);
}
