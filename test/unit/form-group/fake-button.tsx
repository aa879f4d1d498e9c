import * as React from 'react';

/** Stands for the button of the library, which comes as modules that jest does not read. */
export function Button(props: { text: string; disabled?: boolean; onClick: () => void }): React.JSX.Element {
  const { text, disabled = false, onClick } = props;
  return (
    <button type="button" disabled={disabled} onClick={onClick}>
      {text}
    </button>
  );
}
