import * as React from 'react';
import type { Encoding } from '../../../base/decode-text';
import { decodeText } from '../../../base/decode-text';
import { extensionOf } from '../../../base/file-kind';
import { RunTaskContext } from '../run-task-context';
import type { ViewedFile } from '../viewer';
import type { Code } from './highlight-code';
import type { CodeRuns } from './highlight-emitter';
import { languageOf } from './highlight-languages';
import type { RunsOfLine } from './highlight-lines';
import { runsOfLines } from './highlight-lines';
import './syntax.css';

/** Maximum size of a file with colors, in bytes. Larger ones are logs and data. */
const MAX_BYTES = 1024 * 1024;

const ESCAPE = '\u001b';

const NO_RUNS: readonly (CodeRuns | null)[] = [];

/**
 * Returns the runs of codes in the colors of their languages, in the same order. Empty until they are known, and if they
 * cannot be known in time: colors are decoration, so no message says so.
 *
 * @param codes A memoized array.
 */
export function useHighlighted(codes: readonly Code[]): readonly (CodeRuns | null)[] {
  const runTask = React.useContext(RunTaskContext);
  const [highlighted, setHighlighted] = React.useState<{
    readonly codes: readonly Code[];
    readonly runs: readonly (CodeRuns | null)[];
  }>();
  React.useEffect(() => {
    if (!runTask || codes.length === 0) return undefined;
    const aborter = new AbortController();
    runTask('highlightCodes', codes, aborter.signal).then(
      (runs) => !aborter.signal.aborted && setHighlighted({ codes, runs }),
      () => undefined,
    );
    return () => aborter.abort();
  }, [runTask, codes]);
  return highlighted?.codes === codes ? highlighted.runs : NO_RUNS;
}

const NO_CODES: readonly Code[] = [];

/**
 * Returns the runs of the lines of a file in the colors of its language, or `undefined` without: before they are known,
 * for other files, for large ones, and for those with the colors of a terminal.
 */
export function useSyntax(file: ViewedFile, encoding: Encoding): RunsOfLine | undefined {
  const [codes, setCodes] = React.useState(NO_CODES);
  React.useEffect(() => {
    let isCurrent = true;
    setCodes(NO_CODES);
    readCode(file, encoding).then(
      (code) => isCurrent && code && setCodes([code]),
      () => undefined,
    );
    return () => void (isCurrent = false);
  }, [file, encoding]);
  const [runs] = useHighlighted(codes);
  return React.useMemo(
    () => (runs && codes[0] ? runsOfLines(codes[0].text.split('\n'), runs) : undefined),
    [runs, codes],
  );
}

async function readCode({ name, bytes }: ViewedFile, encoding: Encoding): Promise<Code | undefined> {
  const language = languageOf(extensionOf(name));
  if (!language || bytes.size > MAX_BYTES) return undefined;
  const text = decodeText(new Uint8Array(await bytes.arrayBuffer()), encoding);
  return text.includes(ESCAPE) ? undefined : { language, text: text.replace(/\r\n?/g, '\n') };
}
