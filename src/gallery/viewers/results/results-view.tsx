import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { ErrorIcon } from '../../../ui/icons';
import { VirtualList } from '../../../ui/virtual-list';
import { FilterField } from '../filter-field';
import { InChunks } from '../in-chunks';
import { useOpenRows } from '../use-open-rows';
import { ViewerFrame } from '../viewer-frame';
import type { TestFilter } from './result-sentences';
import {
  describeCounts,
  describeRun,
  filterableOutcomes,
  filterTests,
  nameOfOutcome,
} from './result-sentences';
import { ResultText } from './result-text';
import type { Outcome, TestResult, TestResults } from './test-results';
import { OUTCOMES } from './test-results';
import { TestRow } from './test-row';

/** Estimated height of a row, in CSS pixels. */
const ROW_PX = 53;

/** Test results: a summary, and the tests with failures first. */
export function ResultsView(props: {
  name: string;
  results: TestResults;
  modeSwitch: React.ReactNode;
}): React.JSX.Element {
  const { name, results, modeSwitch } = props;
  const [filter, setFilter] = React.useState<TestFilter>({ outcome: undefined, query: '' });
  const { openRows, toggle } = useOpenRows();
  const shown = React.useMemo(() => filterTests(results.tests, filter), [results, filter]);
  return (
    <ViewerFrame
      controls={
        <>
          {modeSwitch}
          {results.total > 0 && (
            <>
              <OutcomeFilter
                results={results}
                chosen={filter.outcome}
                onChoose={(outcome) => setFilter({ ...filter, outcome })}
              />
              <FilterField
                label={t('Filter the tests by name')}
                query={filter.query}
                onChange={(query) => setFilter({ ...filter, query })}
              />
            </>
          )}
          <span className="quiet" role="status">
            {filter.query.trim() !== '' &&
              t('{count, plural, one {# test} other {# tests}}', { count: shown.length })}
          </span>
        </>
      }
    >
      <div className="viewer-scroll viewer-results" data-scrolls="">
        <div>
          <Summary results={results} />
          {shown.length === 0 ? (
            results.total > 0 && <p className="quiet viewer-words">{t('No tests match.')}</p>
          ) : (
            <VirtualList
              label={t('Tests of {name}', { name })}
              rows={shown}
              keyOf={keyOfTest}
              estimatePx={ROW_PX}
              hasFoldingRows={true}
              renderRow={(test) => (
                <TestRow test={test} isOpen={openRows.has(test.index)} onToggle={toggle} />
              )}
            />
          )}
        </div>
      </div>
    </ViewerFrame>
  );
}

function keyOfTest({ index }: TestResult): number {
  return index;
}

function OutcomeFilter(props: {
  results: TestResults;
  chosen: Outcome | undefined;
  onChoose: (outcome: Outcome | undefined) => void;
}): React.JSX.Element {
  const { results, chosen, onChoose } = props;
  const button = (outcome: Outcome | undefined, text: string): React.JSX.Element => (
    <button
      key={text}
      type="button"
      className="bar-button"
      aria-pressed={outcome === chosen}
      onClick={() => onChoose(outcome)}
    >
      {text}
    </button>
  );
  return (
    <div className="viewer-outcomes" role="group" aria-label={t('Filter by outcome')}>
      {button(undefined, t('All ({count, number})', { count: results.total }))}
      {filterableOutcomes(results).map((outcome) =>
        button(
          outcome,
          t('{name} ({count, number})', { name: nameOfOutcome(outcome), count: results.counts[outcome] }),
        ),
      )}
    </div>
  );
}

function Summary({ results }: { results: TestResults }): React.JSX.Element {
  const { tests, total, errors } = results;
  const run = describeRun(results);
  return (
    <div className="viewer-summary">
      <p>
        <strong>{describeCounts(results)}</strong>
        <span className="quiet">
          {run !== '' && ` · ${run}`}
          {results.name !== '' && (
            <>
              {' · '}
              <bdi className="viewer-run-name">{makeVisible(results.name)}</bdi>
            </>
          )}
        </span>
      </p>
      <Bar results={results} />
      {tests.length < total && (
        <p className="quiet">
          {t('The first {shown, number} of {count, number} tests are listed, failures first.', {
            shown: tests.length,
            count: total,
          })}
        </p>
      )}
      {errors.length > 0 && (
        <div className="note viewer-run-errors" role="note">
          <ErrorIcon />
          <ul aria-label={t('Errors of the run')}>
            <InChunks
              count={errors.length}
              renderItem={(index) =>
                errors[index] && (
                  <li key={index}>
                    <ResultText {...errors[index]} />
                  </li>
                )
              }
            />
          </ul>
        </div>
      )}
    </div>
  );
}

/** Share of each outcome. The parts differ in height, to be told apart without color. */
function Bar({ results: { counts } }: { results: TestResults }): React.JSX.Element {
  return (
    <div className="viewer-bar" aria-hidden="true">
      {OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => (
        <span
          key={outcome}
          className={`viewer-bar-part outcome-${outcome}`}
          style={{ flexGrow: counts[outcome] }}
        />
      ))}
    </div>
  );
}
