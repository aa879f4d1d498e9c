import * as React from 'react';

/** Facts after others in a line. */
export function Facts({ facts }: { facts: readonly string[] }): React.JSX.Element {
  return (
    <>
      {facts.map((fact) => (
        <React.Fragment key={fact}>
          {' · '}
          <bdi>{fact}</bdi>
        </React.Fragment>
      ))}
    </>
  );
}
