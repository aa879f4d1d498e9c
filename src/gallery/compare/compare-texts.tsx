import * as React from 'react';
import { VirtualList } from '../../ui/virtual-list';
import type { DiffLine, DiffRow } from './diff-rows';
import { foldSame } from './diff-rows';
import type { TextDiff } from './diff-texts';
import { diffTexts } from './diff-texts';

/** Height of a line, in CSS pixels. */
const LINE_PX = 20;

/** The lines that two texts differ in, by sign and by colour, among those around them. */
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

  if (!found) return <p role="status">Comparing…</p>;
  const { lines, isRough } = found;
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  const [removed, added] = [count('removed'), count('added')];
  if (removed + added === 0) return <p role="status">Both texts are the same.</p>;
  return (
    <>
      <p className="quiet" role="status">
        {countLines(removed)} removed, {countLines(added)} added
        {isRough && '. They have so little in common that it is told roughly.'}
      </p>
      <div className="compare-lines">
        <VirtualList
          label="Differences"
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
                Show {countLines(row.count)} that {row.count === 1 ? 'is' : 'are'} the same
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

const SIGNS: Readonly<Record<DiffLine['kind'], readonly [string, string]>> = {
  same: ['', ''],
  added: ['+', 'Added: '],
  removed: ['−', 'Removed: '],
};

function Line({ line }: { line: DiffLine }): React.JSX.Element {
  const { kind, text, before, after } = line;
  const [sign, words] = SIGNS[kind];
  return (
    <div className={`compare-line compare-${kind}`}>
      <span className="compare-number">{before}</span>
      <span className="compare-number">{after}</span>
      <span className="compare-sign" aria-hidden="true">
        {sign}
      </span>
      <span className="for-screen-readers">{words}</span>
      <bdi className="compare-text">{text}</bdi>
    </div>
  );
}

function keyOfRow(row: DiffRow): string {
  return row.kind === 'fold' ? `fold ${row.first}` : `${row.before ?? ''} ${row.after ?? ''}`;
}

function countLines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
