/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { createStateStore } from '../../../../../src/base/store';
import type { AuthorsState } from '../../../../../src/gallery/project/authors/author-reading';
import type { AuthorCost } from '../../../../../src/gallery/project/project-index';
import { AuthorLines } from '../../../../../src/gallery/project/view/author-lines';
import { clearAll, click, render } from '../../../../helpers/render';

afterEach(clearAll);

const IDLE: AuthorsState = { phase: 'idle', done: 0, total: 0, found: 0, problem: undefined };

async function show(state: Partial<AuthorsState> = {}, cost: AuthorCost = { files: 12, requests: 7 }) {
  const store = createStateStore<AuthorsState>({ ...IDLE, ...state }, { notify: 'at-once' });
  const reading = { ...store, start: jest.fn(), pause: jest.fn(), resume: jest.fn(), cancel: jest.fn() };
  const onStart = jest.fn();
  const place = await render(<AuthorLines {...{ reading, cost, onStart }} />);
  const set = (facts: Partial<AuthorsState>): void => act(() => store.setState({ ...IDLE, ...facts }));
  return { place, reading, onStart, set, text: (): string => place.textContent };
}

test('AuthorLines tells the cost before anything is read', async () => {
  const { place, text, onStart } = await show();
  expect(text()).toBe('Find the authors of 12 files…');
  click(place, 'Find the authors of 12 files…');
  expect(text()).toContain('Stapler reads the histories of the work items in about 7 requests.');
  expect(onStart).not.toHaveBeenCalled();
  click(place, 'Cancel');
  expect(text()).toBe('Find the authors of 12 files…');
  click(place, 'Find the authors of 12 files…');
  click(place, 'Start');
  expect(onStart).toHaveBeenCalledTimes(1);
});

test('AuthorLines shows the progress with Pause, Resume and Cancel', async () => {
  const { place, text, reading, set } = await show({ phase: 'reading' });
  expect(text()).toContain('Reading the list');
  set({ phase: 'reading', done: 3, total: 12 });
  expect(text()).toContain('3 of 12 work items read');
  const bar = place.querySelector('[role=progressbar]');
  expect([bar?.getAttribute('aria-label'), bar?.getAttribute('aria-valuenow')]).toEqual([
    ...['Finding authors', '25'],
  ]);
  click(place, 'Pause');
  set({ phase: 'paused', done: 3, total: 12 });
  expect(text()).toContain('Paused · 3 of 12 work items read');
  click(place, 'Resume');
  click(place, 'Cancel');
  expect([reading.pause, reading.resume, reading.cancel].map(({ mock }) => mock.calls.length)).toEqual([
    ...[1, 1, 1],
  ]);
});

test('AuthorLines tells how many authors were found, and how many are still unknown', async () => {
  const { text } = await show({ phase: 'done', found: 10 }, { files: 2, requests: 1 });
  expect(text()).toContain('The authors of 10 files were found. 2 files still have no known author.');
  expect(text()).toContain('Find the authors of 2 files…');
});

test('AuthorLines tells why a reading stopped, and retries it', async () => {
  const { place, text, reading } = await show({ phase: 'failed', problem: { kind: 'network' } });
  expect(place.querySelector('[role=alert]')).not.toBeNull();
  click(place, 'Retry');
  expect(reading.resume).toHaveBeenCalledTimes(1);
  expect(text()).toContain('Cancel');
});

test('AuthorLines offers another start after the list has changed', async () => {
  const { text } = await show({ phase: 'outdated' });
  expect(text()).toContain('The list changed meanwhile. Start again.');
  expect(text()).toContain('Find the authors of 12 files…');
});

test('AuthorLines shows nothing without unknown authors', async () => {
  const { text } = await show({}, { files: 0, requests: 0 });
  expect(text()).toBe('');
});
