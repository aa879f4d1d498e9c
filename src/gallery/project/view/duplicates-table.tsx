import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../../base/errors';
import { toProblem } from '../../../base/errors';
import { formatBytes, formatNumber } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { FileIcon } from '../../../ui/icons';
import { FileName } from '../../../ui/rich-text';
import type { DuplicateSet, ProjectIndex } from '../project-index';
import type { HubSession } from '../session/hub-session';

/** Groups shown first. */
const FIRST_SETS = 10;

/** Groups added at a time. */
const MORE_SETS = 100;

/** Reads the groups of a result. The last ones stay until the next ones are read. */
export function useSets(
  index: Pick<ProjectIndex, 'readDuplicates'>,
  resultId: number,
): {
  readonly sets: readonly DuplicateSet[];
  readonly problem: Problem | undefined;
  readonly showMore: () => void;
  readonly retry: () => void;
} {
  const [read, setRead] = React.useState<{
    readonly sets: readonly DuplicateSet[];
    readonly problem?: Problem;
  }>({ sets: [] });
  const [count, setCount] = React.useState(FIRST_SETS);
  const [attempt, setAttempt] = React.useState(0);
  React.useEffect(() => {
    let isWanted = true;
    index.readDuplicates(resultId, 0, count).then(
      (sets) => {
        if (isWanted && sets.length > 0) setRead({ sets });
      },
      (error: unknown) => {
        if (isWanted) setRead(({ sets }) => ({ sets, problem: toProblem(error) }));
      },
    );
    return () => void (isWanted = false);
  }, [index, resultId, count, attempt]);
  return {
    sets: read.sets,
    problem: read.problem,
    showMore: () => setCount(count + MORE_SETS),
    retry: () => setAttempt(attempt + 1),
  };
}

/** Groups of duplicates, those that free the most bytes first. A name filters. */
export function DuplicatesTable(props: {
  sets: readonly DuplicateSet[];
  /** Number of all groups. */
  count: number;
  session: Pick<HubSession, 'showFiles'>;
  onMore: () => void;
}): React.JSX.Element | null {
  const { sets, count, session, onMore } = props;
  if (sets.length === 0) return null;
  return (
    <>
      <table className="hub-table">
        <caption className="for-screen-readers">{t('Groups of duplicates')}</caption>
        <colgroup>
          <col />
          <col className="hub-column-copies" />
          <col className="hub-column-bytes hub-wide-only" />
          <col className="hub-column-bytes" />
        </colgroup>
        <thead>
          <tr className="quiet">
            <th scope="col">{t('Name')}</th>
            <th scope="col" className="hub-amount">
              {t('Copies')}
            </th>
            <th scope="col" className="hub-amount hub-wide-only">
              {t('Size')}
            </th>
            <th scope="col" className="hub-amount">
              {t('Frees')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sets.map((set) => (
            <SetRow key={set.condition} set={set} session={session} />
          ))}
        </tbody>
      </table>
      {count > sets.length && (
        <div className="hub-group-buttons">
          <Button
            className="text-button"
            subtle={true}
            text={t('Show more')}
            ariaLabel={`${t('Show more')}: ${t('Groups of duplicates')}`}
            onClick={onMore}
          />
        </div>
      )}
    </>
  );
}

function SetRow(props: { set: DuplicateSet; session: Pick<HubSession, 'showFiles'> }): React.JSX.Element {
  const { set, session } = props;
  const { condition, isProven, files, copies, size, freedBytes } = set;
  const name = files[0]?.name ?? '';
  return (
    <tr>
      <th scope="row">
        <span className="hub-file">
          <FileIcon name={name} />
          <button
            type="button"
            className="hub-segment hub-set"
            title={name}
            onClick={() => session.showFiles(condition)}
          >
            <FileName name={name} />
            <span className="quiet hub-set-facts">
              {isProven ? t('Same content') : t('Probably the same')}
              <span className="hub-narrow-only"> · {formatBytes(size)}</span>
            </span>
          </button>
        </span>
      </th>
      <td className="hub-amount">{formatNumber(copies)}</td>
      <td className="hub-amount hub-wide-only">{formatBytes(size)}</td>
      <td className="hub-amount">{freedBytes > 0 ? formatBytes(freedBytes) : '–'}</td>
    </tr>
  );
}
