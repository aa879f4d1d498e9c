/** @jest-environment jsdom */
import '../../helpers/browser-parts';
import * as React from 'react';
import { CompareImages } from '../../../src/gallery/compare/compare-images';
import { clearAll, click, render, tell } from '../../helpers/render';

afterEach(clearAll);

function show(): Promise<HTMLElement> {
  const image = (name: string) => ({ name, date: '', url: `blob:${name}` });
  const downloads = <button type="button">Download</button>;
  return render(<CompareImages before={image('a.png')} after={image('b.png')} downloads={downloads} />);
}

test('CompareImages offers downloads when the browser cannot show an image', async () => {
  const place = await show();
  tell(place.querySelector('img')!, 'error');
  expect(place.textContent.replace(/[\u2068\u2069]/g, '')).toBe(
    "Can't preview “a.png”. Download it to open it in another app. Download",
  );
});

test('CompareImages offers downloads when the images cannot be compared', async () => {
  HTMLImageElement.prototype.decode = () => Promise.reject(new Error('Broken.'));
  const place = await show();
  click(place, 'Difference');
  await new Promise((resolve) => setTimeout(resolve));
  expect(place.querySelector('[role=status]')?.textContent).toBe(
    "Can't compare these images. Download them to compare them in another app. Download",
  );
});
