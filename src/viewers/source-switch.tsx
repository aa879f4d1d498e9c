import * as React from 'react';
import { formatBytes } from '../ui/format';
import { quoteName } from '../ui/sentences';
import { TextView } from './text/text-viewer';
import type { ViewedFile } from './viewer';

/**
 * Shows a file drawn, or as its source, as a person chooses. What is too large to be drawn is shown as its source.
 */
export function SourceSwitch(props: {
  file: ViewedFile;
  /** Name of the choice that is not the source. */
  drawnAs: string;
  /** The largest file that is drawn. */
  largestBytes: number;
  /** @param choice The switch, which belongs to the controls of whatever is drawn. */
  draw: (choice: React.ReactNode) => React.ReactNode;
}): React.JSX.Element {
  const { file, drawnAs, largestBytes, draw } = props;
  const [chosen, setChosen] = React.useState<'drawn' | 'source'>();
  const isSource = chosen === 'source';
  if (file.bytes.size > largestBytes)
    return (
      <TextView
        file={file}
        note={`${quoteName(file.name)} is larger than ${formatBytes(largestBytes)}, so its source is shown.`}
      />
    );
  const choice = (
    <div className="tabs" role="group" aria-label="Show as">
      {/* The controls are others then, and the focus would be lost with those that were there. */}
      <button
        type="button"
        aria-pressed={!isSource}
        autoFocus={chosen === 'drawn'}
        onClick={() => setChosen('drawn')}
      >
        {drawnAs}
      </button>
      <button
        type="button"
        aria-pressed={isSource}
        autoFocus={chosen === 'source'}
        onClick={() => setChosen('source')}
      >
        Source
      </button>
    </div>
  );
  return isSource ? <TextView file={file} lead={choice} /> : <>{draw(choice)}</>;
}
