import { CODE_KINDS } from '../../../../../src/gallery/viewers/text/highlight-emitter';
import { allRuns, runsOfLines } from '../../../../../src/gallery/viewers/text/highlight-lines';

const [PLAIN, COMMENT] = [CODE_KINDS.indexOf('plain'), CODE_KINDS.indexOf('comment')];

// A comment from the first line to the last one.
const LINES = ['a /* b', '', 'c */ d'];
const RUNS = { ends: Uint32Array.of(2, 12, 14), kinds: Uint8Array.of(PLAIN, COMMENT, PLAIN) };

test('runsOfLines gives each line its part of a run over several lines', () => {
  const runsOf = runsOfLines(LINES, RUNS);
  expect(runsOf(0)).toEqual([
    { end: 2, className: '' },
    { end: 6, className: 'code-comment' },
  ]);
  expect(runsOf(1)).toEqual([]);
  expect(runsOf(2)).toEqual([
    { end: 4, className: 'code-comment' },
    { end: 6, className: '' },
  ]);
  expect(runsOf(3)).toBeUndefined();
});

test('runsOfLines covers each line of an incomplete code', () => {
  const runsOf = runsOfLines(['abc', 'def'], { ends: Uint32Array.of(2), kinds: Uint8Array.of(COMMENT) });
  expect(runsOf(0)?.at(-1)?.end).toBe(3);
  expect(runsOf(1)).toEqual([{ end: 3, className: '' }]);
});

test('allRuns names the class of each run', () => {
  expect(allRuns(RUNS)).toEqual([
    { end: 2, className: '' },
    { end: 12, className: 'code-comment' },
    { end: 14, className: '' },
  ]);
});
