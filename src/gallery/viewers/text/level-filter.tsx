import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import type { LevelRows, LogLevel } from './log-levels';
import { findLevels } from './log-levels';
import type { TextFile } from './text-file';

/** Filter of a log by severity. */
export interface LevelFilter {
  /** Least severity of the lines to show. `undefined` for all lines. */
  readonly level: LogLevel | undefined;
  readonly choose: (level: LogLevel | undefined) => void;
  /** All errors and warnings. `undefined` until they are found. */
  readonly found: LevelRows | undefined;
  /** Rows to show, or `undefined` for all. */
  readonly rows: readonly number[] | undefined;
}

const NO_ROWS: readonly number[] = [];

/** Finds the errors and warnings of a log when they are filtered for the first time. */
export function useLevelFilter(
  text: TextFile,
  isComplete: boolean,
  onFailure: (error: unknown) => void,
): LevelFilter {
  const [level, setLevel] = React.useState<LogLevel>();
  const [found, setFound] = React.useState<LevelRows>();
  const isWanted = level !== undefined && isComplete && !found;
  React.useEffect(() => {
    if (!isWanted) return undefined;
    const aborter = new AbortController();
    findLevels(text, aborter.signal).then(
      setFound,
      (error: unknown) => aborter.signal.aborted || onFailure(error),
    );
    return () => aborter.abort();
  }, [text, isWanted, onFailure]);
  return { level, choose: setLevel, found, rows: level && (found?.[level] ?? NO_ROWS) };
}

/** Chooses the lines to show by severity. */
export function LevelField({ filter }: { filter: LevelFilter }): React.JSX.Element {
  const { level, found, choose } = filter;
  return (
    <>
      <select
        className="field viewer-select"
        aria-label={t('Lines to show')}
        value={level ?? 'all'}
        onChange={({ target: { value } }) =>
          choose(value === 'error' || value === 'warning' ? value : undefined)
        }
      >
        <option value="all">{t('All lines')}</option>
        <option value="warning">{t('Errors and warnings')}</option>
        <option value="error">{t('Errors')}</option>
      </select>
      {level && (
        <span className="quiet" role="status">
          {found
            ? t('{count, plural, one {# line} other {# lines}}', { count: found[level].length })
            : t('Searching…')}
        </span>
      )}
    </>
  );
}
