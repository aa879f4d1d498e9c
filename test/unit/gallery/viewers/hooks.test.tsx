/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { useKeys } from '../../../../src/gallery/viewers/hooks';
import { clearAll } from '../../../helpers/render';

afterEach(clearAll);

test('useKeys handles a key that is pressed as soon as the viewer is shown', () => {
  const handled: string[] = [];
  function Viewer(): React.JSX.Element {
    useKeys(({ key }) => handled.push(key) > 0);
    return <p>content</p>;
  }
  const place = document.body.appendChild(document.createElement('div'));
  // Without `act`, which would run effects that a browser delays until after it has painted.
  ReactDOM.render(<Viewer />, place);
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', bubbles: true }));
  expect(handled).toEqual(['f']);
});
