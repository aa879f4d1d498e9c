/** @jest-environment jsdom */
import '../../../helpers/browser-parts';
import * as React from 'react';
import { ContentFrame } from '../../../../src/gallery/viewers/content-frame';
import { InChunks } from '../../../../src/gallery/viewers/in-chunks';
import { LongText } from '../../../../src/gallery/viewers/long-text';
import { clearAll, click, press, render, type, until } from '../../../helpers/render';

/** jsdom lays nothing out. */
Range.prototype.getBoundingClientRect = () => new DOMRect();

afterEach(() => {
  clearAll();
  Reflect.deleteProperty(globalThis, 'CSS');
  Reflect.deleteProperty(globalThis, 'Highlight');
});

async function show(children: React.ReactNode, isCut = false): Promise<HTMLElement> {
  return render(
    <ContentFrame leadingControls={undefined} label="Text" className="" isCut={isCut}>
      {children}
    </ContentFrame>,
  );
}

function search(place: HTMLElement, query: string): HTMLInputElement {
  const field = place.querySelector('input')!;
  type(field, query);
  return field;
}

function status(place: HTMLElement): string {
  return place.querySelector('[role=status]')!.textContent;
}

const THREE = (
  <>
    <p>One match</p>
    <p>
      An<b>other match</b>
    </p>
    <p>Match</p>
  </>
);

test('ContentFrame counts the matches, and goes through them by keys and buttons', async () => {
  const place = await show(THREE);
  const field = search(place, 'match');
  await until(() => status(place) === '1 of 3');
  press('Enter', field);
  expect(status(place)).toBe('2 of 3');
  press('Enter', field, { shiftKey: true });
  press('Enter', field, { shiftKey: true });
  expect(status(place)).toBe('3 of 3');
  click(place, 'Next match');
  expect(status(place)).toBe('1 of 3');
  press('Escape', field);
  expect(status(place)).toBe('');
});

test('ContentFrame marks the matches', async () => {
  const highlights = new Map<string, Set<StaticRange>>();
  class Marked extends Set<StaticRange> {
    constructor(...ranges: StaticRange[]) {
      super(ranges);
    }
  }
  Object.assign(globalThis, { CSS: { highlights }, Highlight: Marked });
  const place = await show(THREE);
  search(place, 'match');
  await until(() => highlights.get('viewer-match')?.size === 3);
  expect(highlights.get('viewer-current-match')?.size).toBe(1);
  search(place, '');
  expect([...highlights.values()].every(({ size }) => size === 0)).toBe(true);
  clearAll();
  expect(highlights.size).toBe(0);
});

test('ContentFrame selects the chosen match if the browser cannot mark texts', async () => {
  const place = await show(THREE);
  const field = search(place, 'match');
  await until(() => status(place) === '1 of 3');
  expect(String(getSelection())).toBe('');
  press('Enter', field);
  expect(String(getSelection())).toBe('match');
});

test('ContentFrame counts again when content arrives, and keeps the current match', async () => {
  const place = await show(THREE);
  const field = search(place, 'match');
  await until(() => status(place) === '1 of 3');
  press('Enter', field);
  place.querySelector('p')!.before('A new match');
  await until(() => status(place) === '3 of 4');
});

test('ContentFrame searches items that are not rendered yet', async () => {
  const place = await show(
    <ul>
      <InChunks count={350} renderItem={(index) => <li key={index}>{`Item ${index}.`}</li>} />
    </ul>,
  );
  search(place, 'item 349.');
  await until(() => status(place) === '1 of 1');
});

test('ContentFrame says that a part of the text is not searched', async () => {
  const place = await show(<LongText text={`word ${'x'.repeat(50)} end`} first={10} more={10} />);
  search(place, 'end');
  await until(() => status(place) === 'Nothing found in the part shown');
  search(place, 'word');
  await until(() => status(place) === '1 of 1+');
});

test('ContentFrame says that it searches only the part shown of a file', async () => {
  const place = await show(<p>word</p>, true);
  search(place, 'end');
  await until(() => status(place) === 'Nothing found in the part shown');
});
