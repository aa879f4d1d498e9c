import * as React from 'react';
import { ENCODINGS } from '../../base/decode-text';
import { t } from '../../base/i18n/translate';
import { makeVisible } from '../../base/visible-text';
import { VirtualList } from '../../ui/virtual-list';
import type { LineEnds } from '../viewers/text/encoding';
import { diffLine, pairLines } from './diff-line';
import type { DiffLine, DiffRow } from './diff-rows';
import { foldSame, linesOf } from './diff-rows';
import type { TextComparison, TextForm } from './diff-texts';

/** Height of a line, in CSS pixels. */
const LINE_PX = 20;

/** Maximum length of a line on the screen, in UTF-16 units. */
const MAX_LINE_LENGTH = 10_000;

/** Line diff of two texts, with folded unchanged lines. */
export function CompareTexts(props: {
  comparison: Extract<TextComparison, { areTexts: true }>;
}): React.JSX.Element {
  const { runs, isRough, before, after } = props.comparison;
  const [opened, setOpened] = React.useState<ReadonlySet<number>>(new Set());
  const lines = React.useMemo(() => linesOf(runs), [runs]);
  const rows = React.useMemo(() => foldSame(lines, opened), [lines, opened]);
  const pairs = React.useMemo(() => pairLines(lines), [lines]);
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  const [removed, added] = [count('removed'), count('added')];
  const form = describeForm(before, after);
  if (removed + added === 0)
    return (
      <p role="status">
        {form === '' ? t('Both texts are the same.') : `${t('Both texts have the same lines.')} ${form}`}
      </p>
    );
  return (
    <>
      <p className="quiet" role="status">
        {t(
          '{removed, plural, one {# line} other {# lines}} removed, {added, plural, one {# line} other {# lines}} added.',
          { removed, added },
        )}
        {isRough && ` ${t('The files differ too much to compare line by line.')}`}
        {form !== '' && ` ${form}`}
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
                {t('{count, plural, one {Show # unchanged line} other {Show # unchanged lines}}', {
                  count: row.count,
                })}
              </button>
            ) : (
              <Line line={row} other={pairs.get(row)} />
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

/** Line ends and encodings, if they differ. */
function describeForm(before: TextForm, after: TextForm): string {
  const ends = [before.lineEnds, after.lineEnds].map(nameLineEnds);
  const encodings = [ENCODINGS[before.encoding], ENCODINGS[after.encoding]];
  const facts = [
    ends[0] !== ends[1] &&
      t('Line endings changed: {before} → {after}.', { before: ends[0] ?? '', after: ends[1] ?? '' }),
    encodings[0] !== encodings[1] &&
      t('Encoding changed: {before} → {after}.', { before: encodings[0] ?? '', after: encodings[1] ?? '' }),
  ];
  return facts.filter(Boolean).join(' ');
}

function nameLineEnds(ends: LineEnds): string {
  switch (ends) {
    case 'none':
      return t('none');
    case 'mixed':
      return t('mixed');
    default:
      return ends;
  }
}

function Line({ line, other }: { line: DiffLine; other: DiffLine | undefined }): React.JSX.Element {
  const { kind, before, after } = line;
  const [sign, nameSign] = SIGNS[kind];
  return (
    <div className={`compare-line compare-${kind}`}>
      <span className="compare-number">{before}</span>
      <span className="compare-number">{after}</span>
      <span className="compare-sign" aria-hidden="true">
        {sign}
      </span>
      <span className="for-screen-readers">{nameSign()} </span>
      <bdi className="compare-text">
        {diffLine({ ...line, text: line.text.slice(0, MAX_LINE_LENGTH) }, other).map(
          ({ text, isDifferent }, index) =>
            isDifferent ? <mark key={index}>{makeVisible(text)}</mark> : makeVisible(text),
        )}
        {line.text.length > MAX_LINE_LENGTH && '…'}
      </bdi>
    </div>
  );
}

function keyOfRow(row: DiffRow): string {
  return row.kind === 'fold' ? `fold ${row.first}` : `${row.before ?? ''} ${row.after ?? ''}`;
}
