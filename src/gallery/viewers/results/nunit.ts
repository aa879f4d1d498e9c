import type { Dialect } from './dialect';
import type { XmlElement } from './read-elements';
import { isInside } from './read-elements';
import type { TestDraft } from './result-collector';
import { addFile, addText, draftTest, ResultCollector } from './result-collector';
import { parseSeconds, parseTime } from './result-values';
import type { Outcome } from './test-results';

const OUTCOME_OF: Readonly<Partial<Record<string, Outcome>>> = {
  Passed: 'passed',
  Failed: 'failed',
  Skipped: 'skipped',
};

/** Creates a reader of the results of NUnit 3. */
export function createNUnitDialect(collector = new ResultCollector()): Dialect {
  let test: TestDraft | undefined;
  return {
    open({ name, attributes }) {
      if (name === 'test-run') {
        collector.name = attributes['name'] ?? '';
        collector.startedAt = parseTime(attributes['start-time']);
        collector.durationMs = parseSeconds(attributes['duration']);
      } else if (name === 'test-case') test = draftCase(attributes);
    },
    close(element) {
      const { name, text } = element;
      if (!test) return;
      if (name === 'test-case') {
        collector.add(test);
        test = undefined;
      } else if (name === 'message' && isInside(element, 'failure', 'reason')) addText(test, 'message', text);
      else if (name === 'stack-trace' && isInside(element, 'failure')) addText(test, 'stack', text);
      else if (name === 'output') addText(test, 'output', text);
      else if (name === 'filePath') addFile(test, text.text);
    },
    results: () => collector.results(),
  };
}

function draftCase(attributes: XmlElement['attributes']): TestDraft {
  const { name = '', classname = '', result = '', label = '', duration } = attributes;
  const test = draftTest(name, classname);
  test.outcome = OUTCOME_OF[result] ?? 'other';
  if (test.outcome === 'other') test.outcomeWord = label === '' ? result : label;
  test.durationMs = parseSeconds(duration);
  return test;
}
