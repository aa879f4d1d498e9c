import * as React from 'react';
import { makeVisible } from '../../../base/visible-text';
import type { CodeRuns } from './highlight-emitter';
import { allRuns } from './highlight-lines';

/** A short code with its lines, in colors if they are known. */
export function ColoredCode({ text, runs }: { text: string; runs: CodeRuns | undefined }): React.JSX.Element {
  const all = React.useMemo(() => runs && allRuns(runs), [runs]);
  if (!all) return <>{makeVisible(text, 'prose')}</>;
  return (
    <>
      {all.map(({ end, className }, index) => {
        const part = makeVisible(text.slice(all[index - 1]?.end ?? 0, end), 'prose');
        return className === '' ? (
          part
        ) : (
          <span key={index} className={className}>
            {part}
          </span>
        );
      })}
    </>
  );
}
