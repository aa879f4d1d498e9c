import type { Dialect } from './dialect';
import type { XmlElement } from './read-elements';
import { isInside } from './read-elements';
import type { TestDraft } from './result-collector';
import { addText, draftTest, ResultCollector } from './result-collector';
import { parseSeconds, parseTime } from './result-values';
import type { Outcome } from './test-results';

const OUTCOME_OF: Readonly<Partial<Record<string, Outcome>>> = {
  Pass: 'passed',
  Fail: 'failed',
  Skip: 'skipped',
  NotRun: 'skipped',
};

/** Creates a reader of the results of xUnit.net v2 and v3. */
export function createXUnitDialect(collector = new ResultCollector()): Dialect {
  let test: TestDraft | undefined;
  return {
    open({ name, attributes }) {
      if (name === 'assemblies') collector.startedAt = parseTime(attributes['timestamp']);
      else if (name === 'assembly') {
        const { 'run-date': date, 'run-time': time } = attributes;
        collector.startedAt ??= parseTime(date && time && `${date}T${time}`);
        const ms = parseSeconds(attributes['time']);
        if (ms !== undefined) collector.durationMs = (collector.durationMs ?? 0) + ms;
      } else if (name === 'test') test = draftTestOf(attributes);
    },
    close(element) {
      const { name, text } = element;
      if (name === 'message' && isInside(element, 'failure') && !test) collector.addError(text);
      if (!test) return;
      if (name === 'test') {
        collector.add(test);
        test = undefined;
      } else if (name === 'reason' || (name === 'message' && isInside(element, 'failure')))
        addText(test, 'message', text);
      else if (name === 'stack-trace') addText(test, 'stack', text);
      else if (name === 'output') addText(test, 'output', text);
    },
    results: () => collector.results(),
  };
}

function draftTestOf(attributes: XmlElement['attributes']): TestDraft {
  const { name = '', type = '', result = '', time } = attributes;
  // The name begins with the class.
  const test = draftTest(name.startsWith(`${type}.`) ? name.slice(type.length + 1) : name, type);
  test.outcome = OUTCOME_OF[result] ?? 'other';
  if (test.outcome === 'other') test.outcomeWord = result;
  test.durationMs = parseSeconds(time);
  return test;
}
