import * as React from 'react';
import { splitName } from './format';

/** A file's name on one line. Where it does not fit its middle is left out; a right-to-left name stays in its place. */
export function FileName({ name }: { name: string }): React.JSX.Element {
  const { head, tail } = splitName(name);
  return (
    <bdi className="file-name" title={name}>
      <span className="file-name-head">{head}</span>
      <span className="file-name-tail">{tail}</span>
    </bdi>
  );
}
