import * as React from 'react';
import { t } from '../i18n/translate';
import { formatBytes } from '../ui/format';
import { quoteName } from '../ui/sentences';
import { TextView } from './text/text-viewer';
import type { ViewedFile } from './viewer';

type Chosen = 'drawn' | 'source';

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
  const [chosen, setChosen] = React.useState<Chosen>();
  const isSource = chosen === 'source';
  if (file.bytes.size > largestBytes)
    return (
      <TextView
        file={file}
        note={t('{name} is larger than {size}, so its source is shown.', {
          name: quoteName(file.name),
          size: formatBytes(largestBytes),
        })}
      />
    );
  const choice = <Choice drawnAs={drawnAs} chosen={chosen} onChoose={setChosen} />;
  return isSource ? <TextView file={file} lead={choice} /> : <>{draw(choice)}</>;
}

function Choice(props: {
  drawnAs: string;
  /** `undefined` as long as nobody has chosen. */
  chosen: Chosen | undefined;
  onChoose: (chosen: Chosen) => void;
}): React.JSX.Element {
  const { drawnAs, chosen, onChoose } = props;
  const pressed = React.useRef<HTMLButtonElement>(null);
  const wasChosen = React.useRef(chosen !== undefined);
  React.useEffect(() => {
    // What is shown brings controls of its own, and those that had the focus are gone.
    if (wasChosen.current) pressed.current?.focus();
  }, []);
  const button = (choice: Chosen, text: string): React.JSX.Element => {
    const isPressed = choice === (chosen ?? 'drawn');
    return (
      <button
        ref={isPressed ? pressed : undefined}
        type="button"
        aria-pressed={isPressed}
        onClick={() => onChoose(choice)}
      >
        {text}
      </button>
    );
  };
  return (
    <div className="tabs" role="group" aria-label={t('Show as')}>
      {button('drawn', drawnAs)}
      {button('source', t('Source'))}
    </div>
  );
}
