import * as React from 'react';
import { t } from '../../base/i18n/translate';

/** Way to show a file. */
export type Mode = 'rendered' | 'other';

/** Buttons for the two ways to show a file. */
export function ModeSwitch(props: {
  labels: readonly [rendered: string, other: string];
  /** `undefined` before the first choice. */
  chosen: Mode | undefined;
  onChoose: (mode: Mode) => void;
}): React.JSX.Element {
  const { labels, chosen, onChoose } = props;
  const pressed = React.useRef<HTMLButtonElement>(null);
  const wasChosen = React.useRef(chosen !== undefined);
  React.useEffect(() => {
    // Changing the mode replaces the controls, including the focused button.
    if (wasChosen.current) pressed.current?.focus();
  }, []);
  const button = (mode: Mode, text: string): React.JSX.Element => {
    const isPressed = mode === (chosen ?? 'rendered');
    return (
      <button
        ref={isPressed ? pressed : undefined}
        type="button"
        aria-pressed={isPressed}
        onClick={() => onChoose(mode)}
      >
        {text}
      </button>
    );
  };
  return (
    <div className="tabs" role="group" aria-label={t('Show as')}>
      {button('rendered', labels[0])}
      {button('other', labels[1])}
    </div>
  );
}
