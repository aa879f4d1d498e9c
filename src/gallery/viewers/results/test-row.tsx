import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { CopyButton, ManualCopy } from '../../../ui/copy-button';
import { CheckIcon, ChevronIcon, ErrorIcon, Glyph } from '../../../ui/icons';
import { copyOfTest, describeOutcome, firstLineOf, formatDuration } from './result-sentences';
import { ResultText } from './result-text';
import type { CutText, Outcome, TestResult } from './test-results';

/** A test with its outcome. It unfolds its message, stack and output, if it has any. */
export function TestRow(props: {
  test: TestResult;
  isOpen: boolean;
  onToggle: (index: number) => void;
}): React.JSX.Element {
  const { test, isOpen, onToggle } = props;
  if (!hasDetails(test))
    return (
      <div className="viewer-test">
        <div className="viewer-test-head">
          <Head test={test} line="" />
        </div>
      </div>
    );
  return (
    <div className="viewer-test">
      <button
        type="button"
        className="viewer-row-button viewer-test-head"
        aria-expanded={isOpen}
        onClick={() => onToggle(test.index)}
      >
        <Head test={test} line={isOpen ? '' : firstLineOf(test)} />
        <ChevronIcon open={isOpen} />
      </button>
      {isOpen && <Details test={test} />}
    </div>
  );
}

function hasDetails({ message, stack, output, errorOutput, files }: TestResult): boolean {
  return files.length > 0 || [message, stack, output, errorOutput].some(({ text }) => text.trim() !== '');
}

function Head({ test, line }: { test: TestResult; line: string }): React.JSX.Element {
  const { name, suite, outcome, durationMs } = test;
  return (
    <>
      <OutcomeIcon outcome={outcome} />
      <span className="viewer-test-text">
        <bdi className="viewer-test-name">{name === '' ? t('(no name)') : makeVisible(name)}</bdi>
        <span className="quiet">
          <span className={`outcome-${outcome}`}>{describeOutcome(test)}</span>
          {durationMs !== undefined && ` · ${formatDuration(durationMs)}`}
          {suite !== '' && (
            <>
              {' · '}
              <bdi>{makeVisible(suite)}</bdi>
            </>
          )}
        </span>
        {line !== '' && <bdi className="viewer-test-line">{makeVisible(line)}</bdi>}
      </span>
    </>
  );
}

function Details({ test }: { test: TestResult }): React.JSX.Element {
  const { message, stack, output, errorOutput, files, computer } = test;
  const [refused, setRefused] = React.useState<string>();
  return (
    <div className="viewer-test-details">
      <Part title={t('Message')} text={message} />
      <Part title={t('Stack trace')} text={stack} />
      <Part title={t('Output')} text={output} />
      <Part title={t('Error output')} text={errorOutput} />
      {files.length > 0 && (
        <>
          <h3>{t('Result files')}</h3>
          <ul>
            {files.map((file, index) => (
              <li key={index}>
                <bdi>{makeVisible(file)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {computer !== '' && <p className="quiet">{t('Computer: {name}', { name: makeVisible(computer) })}</p>}
      {refused !== undefined && <ManualCopy text={refused} />}
      <CopyButton label={t('Copy')} read={() => copyOfTest(test)} onResult={setRefused} />
    </div>
  );
}

function Part({ title, text }: { title: string; text: CutText }): React.JSX.Element | null {
  if (text.text.trim() === '') return null;
  return (
    <>
      <h3>{title}</h3>
      <ResultText {...text} />
    </>
  );
}

/** Icon of an outcome. The word is next to it. */
function OutcomeIcon({ outcome }: { outcome: Outcome }): React.JSX.Element {
  switch (outcome) {
    case 'failed':
      return <ErrorIcon />;
    case 'passed':
      return <CheckIcon />;
    case 'skipped':
      // A dash in a ring.
      return (
        <Glyph path="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM5 7.5h6v1H5v-1z" />
      );
    case 'other':
      // A triangle with an exclamation mark.
      return (
        <Glyph
          className="outcome-other"
          path="M8 1.500 15 14H1L8 1.500zm0 2L2.700 13h10.600L8 3.500zM7.500 6.500h1v3.500h-1V6.500zm0 4.500h1v1h-1v-1z"
        />
      );
  }
}
