import type { Dialect } from '../../gallery/viewers/results/dialect';
import { createJUnitDialect } from '../../gallery/viewers/results/junit';
import { createNUnitDialect } from '../../gallery/viewers/results/nunit';
import type { ElementHandler, XmlElement } from '../../gallery/viewers/results/read-elements';
import type { TestDraft } from '../../gallery/viewers/results/result-collector';
import { ResultCollector } from '../../gallery/viewers/results/result-collector';
import type { ResultFormat } from '../../gallery/viewers/results/result-format';
import { createTrxDialect } from '../../gallery/viewers/results/trx';
import { createXUnitDialect } from '../../gallery/viewers/results/xunit';
import type { MarkReader } from './attachment-marks';
import { createMarkReader } from './attachment-marks';
import type { FailedTest } from './failed-test';
import { failedTestOf, MAX_FAILED_TESTS } from './failed-test';
import { isAboutWorkItems, workItemsInName, workItemsInTag, workItemsInValue } from './named-work-items';

/** Reader of the failed tests in an XML report. Receives its elements in order. */
export interface XmlReport extends Required<ElementHandler> {
  /** Returns the failed tests after the last element. */
  readonly failedTests: () => readonly FailedTest[];
}

/** A failed test, before the definitions at the end of a TRX are known. */
interface Failure {
  readonly test: Pick<TestDraft, 'name' | 'suite'>;
  readonly paths: readonly string[];
  readonly folders: readonly string[];
  readonly ids: ReadonlySet<number>;
}

/** Facts about an open test that only this reader needs. */
interface Facts {
  readonly paths: string[];
  readonly ids: Set<number>;
  /** Folder of the files of this result in a TRX. */
  readonly folder: string;
}

const DIALECTS: Readonly<Record<ResultFormat, (collector: ResultCollector) => Dialect>> = {
  trx: createTrxDialect,
  junit: createJUnitDialect,
  nunit: createNUnitDialect,
  xunit: createXUnitDialect,
};

/** Elements of a test, in all formats. */
const TESTS = new Set(['testcase', 'UnitTestResult', 'test-case', 'test']);

/** Elements with the output of a test. */
const OUTPUTS = new Set(['system-out', 'system-err', 'StdOut', 'StdErr', 'output']);

/** Maximum number of files of a test. */
const MAX_FILES = 100;

/**
 * Creates a reader of failed tests. The dialects of the viewer decide which test failed and find the files of TRX and
 * NUnit; this reader adds the marks in outputs, properties, tags and work items.
 */
export function createXmlReport(format: ResultFormat, organization: string): XmlReport {
  const failures: Failure[] = [];
  const open: Facts[] = [];
  const marks = new WeakMap<XmlElement, MarkReader>();
  /** Work items of the definitions of a TRX, by id of the test. */
  const defined = new Map<string, Set<number>>();
  let definition: string | undefined;
  let deploymentRoot = '';

  class FailureCollector extends ResultCollector {
    override add(test: TestDraft): void {
      const facts = open.at(-1);
      if (!facts || !isFailed(test) || failures.length >= MAX_FAILED_TESTS) return;
      failures.push({
        test,
        paths: [...test.files, ...facts.paths],
        folders: format === 'trx' ? foldersOf(deploymentRoot, facts.folder) : [],
        ids: facts.ids,
      });
    }
  }

  const dialect = DIALECTS[format](new FailureCollector());

  function addIds(ids: readonly number[]): void {
    let known = open.at(-1)?.ids;
    if (!known && definition !== undefined) {
      known = defined.get(definition);
      if (!known) defined.set(definition, (known = new Set()));
    }
    for (const id of ids) known?.add(id);
  }

  function addProperty(name: string, value: string): void {
    const facts = open.at(-1);
    if (isAboutWorkItems(name)) addIds(workItemsInValue(value, organization));
    else if (/^(?:tag|category|testcategory)$/i.test(name)) addIds(workItemsInTag(value));
    else if (/^attachment$/i.test(name) && facts && facts.paths.length < MAX_FILES)
      facts.paths.push(value.trim());
  }

  return {
    open(element) {
      const { name, attributes } = element;
      if (TESTS.has(name))
        open.push({ paths: [], ids: new Set(), folder: attributes['relativeResultsDirectory'] ?? '' });
      else if (name === 'UnitTest') definition = attributes['id'];
      else if (name === 'Deployment') deploymentRoot = attributes['runDeploymentRoot'] ?? '';
      else if (name === 'TestCategoryItem') addIds(workItemsInTag(attributes['TestCategory'] ?? ''));
      else if ((name === 'property' || name === 'trait') && attributes['value'] !== undefined)
        addProperty(attributes['name'] ?? '', attributes['value']);
      dialect.open(element);
    },
    text(element, piece) {
      const facts = open.at(-1);
      if (!facts || !OUTPUTS.has(element.name)) return;
      let reader = marks.get(element);
      if (!reader) {
        reader = createMarkReader((path) => {
          if (facts.paths.length < MAX_FILES) facts.paths.push(path);
        });
        marks.set(element, reader);
      }
      reader.add(piece);
    },
    close(element) {
      const { name, attributes, parent, text } = element;
      if (name === 'property' && attributes['value'] === undefined)
        addProperty(attributes['name'] ?? '', text.text);
      // A property of a TRX has two elements, the key first.
      else if (name === 'Key' && parent) parent.text = { ...text };
      else if (name === 'Value' && parent) addProperty(parent.text.text.trim(), text.text);
      else if (/^work-?item$/i.test(name))
        addIds(workItemsInValue(attributes['id'] ?? text.text, organization));
      dialect.close(element);
      if (TESTS.has(name)) open.pop();
      else if (name === 'UnitTest') definition = undefined;
    },
    failedTests() {
      return failures.map(({ test: { name, suite }, paths, folders, ids }) => {
        // The suite of a result in a TRX is the id of its definition.
        const told = new Set([...ids, ...((format === 'trx' && defined.get(suite)) || [])]);
        return failedTestOf({
          name,
          suite: format === 'trx' ? '' : suite,
          files: paths.map((path) => ({ path, folders })),
          workItemIds: told.size > 0 ? [...told] : workItemsInNames(name, suite),
        });
      });
    },
  };
}

function isFailed({ outcome, outcomeWord }: TestDraft): boolean {
  return outcome === 'failed' || (outcome === 'other' && /^(?:timeout|aborted)$/i.test(outcomeWord));
}

/** Folders of the files of a result, as `dotnet test` and Visual Studio lay them out. */
function foldersOf(deploymentRoot: string, resultFolder: string): readonly string[] {
  const root = deploymentRoot.replaceAll('\\', '/');
  return [`${root}/In/${resultFolder}`, `${root}/In`, root].map((folder) => folder.replace(/^\/+/, ''));
}

function workItemsInNames(name: string, suite: string): readonly number[] {
  const named = workItemsInName(name);
  return named.length > 0 ? named : workItemsInName(suite);
}
