import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { VirtualList } from '../../ui/virtual-list';
import type { DiffLine, DiffRow, TextDiff } from './diff-texts';
import { diffTexts, foldSame } from './diff-texts';

/** Height of a line, in CSS pixels. */
const LINE_PX = 20;

/** Line diff of two texts, with folded unchanged lines. */
export function CompareTexts(props: { before: string; after: string }): React.JSX.Element {
  const { before, after } = props;
  const [found, setFound] = React.useState<TextDiff>();
  const [opened, setOpened] = React.useState<ReadonlySet<number>>(new Set());
  React.useEffect(() => {
    let isWanted = true;
    void diffTexts(before, after).then((diff) => {
      if (isWanted) setFound(diff);
    });
    return () => {
      isWanted = false;
    };
  }, [before, after]);
  const rows = React.useMemo(() => (found ? foldSame(found.lines, opened) : []), [found, opened]);

  if (!found) return <p role="status">{t('Comparing…')}</p>;
  const { lines, isRough } = found;
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  const [removed, added] = [count('removed'), count('added')];
  if (removed + added === 0) return <p role="status">{t('Both texts are the same.')}</p>;
  return (
    <>
      <p className="quiet" role="status">
        {isRough
          ? t(
              '{removed, plural, one {# line} other {# lines}} removed, {added, plural, one {# line} other {# lines}} added. They have so little in common that it is told roughly.',
              {
                removed,
                added,
              },
            )
          : t(
              '{removed, plural, one {# line} other {# lines}} removed, {added, plural, one {# line} other {# lines}} added',
              {
                removed,
                added,
              },
            )}
      </p>
      <div className="compare-lines">
        <VirtualList
          label={t('Differences')}
          isFocusable={true}
          rows={rows}
          keyOf={keyOfRow}
          estimatePx={LINE_PX}
          renderRow={(row) =>
            row.kind === 'fold' ? (
              <button
                type="button"
                className="compare-fold"
                onClick={() => setOpened(new Set(opened).add(row.first))}
              >
                {t(
                  '{count, plural, one {Show # line that is the same} other {Show # lines that are the same}}',
                  {
                    count: row.count,
                  },
                )}
              </button>
            ) : (
              <Line line={row} />
            )
          }
        />
      </div>
    </>
  );
}

/** Sign of a line, and its name for screen readers. */
const SIGNS: Readonly<Record<DiffLine['kind'], readonly [string, () => string]>> = {
  same: ['', () => ''],
  added: ['+', () => t('Added:')],
  removed: ['−', () => t('Removed:')],
};

function Line({ line }: { line: DiffLine }): React.JSX.Element {
  const { kind, text, before, after } = line;
  const [sign, nameSign] = SIGNS[kind];
  return (
    <div className={`compare-line compare-${kind}`}>
      <span className="compare-number">{before}</span>
      <span className="compare-number">{after}</span>
      <span className="compare-sign" aria-hidden="true">
        {sign}
      </span>
      <span className="for-screen-readers">{nameSign()} </span>
      <bdi className="compare-text">{text}</bdi>
    </div>
  );
}

function keyOfRow(row: DiffRow): string {
  return row.kind === 'fold' ? `fold ${row.first}` : `${row.before ?? ''} ${row.after ?? ''}`;
}
