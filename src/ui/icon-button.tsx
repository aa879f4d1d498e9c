import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';

/** A small button that shows a picture; its name says what it does, and to which file. */
export function IconButton(props: {
  label: string;
  icon: React.JSX.Element;
  onClick: () => void;
}): React.JSX.Element {
  return (
    <Button
      className="icon-button"
      subtle={true}
      ariaLabel={props.label}
      tooltipProps={{ text: props.label }}
      iconProps={{ render: () => props.icon }}
      onClick={props.onClick}
    />
  );
}
