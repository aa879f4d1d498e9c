import * as React from 'react';

/** Replaces the button of azure-devops-ui, whose ES modules jest does not load. */
export function Button(props: { text: string; disabled?: boolean; onClick: () => void }): React.JSX.Element {
  const { text, disabled = false, onClick } = props;
  return (
    <button type="button" disabled={disabled} onClick={onClick}>
      {text}
    </button>
  );
}
