/** @jest-environment jsdom */
import type { EmulatorConfig } from '../../src/contract';
import { Navigation } from '../../src/host/page/navigation';
import { placePath } from '../../src/host/page/routing';
import { bug, setUp } from './host-board';

const config = {
  mode: 'services',
  organization: { name: 'fabrikam' },
  project: { name: 'Fabrikam' },
  extension: { contributions: [] },
} as unknown as EmulatorConfig;
const queryPath = placePath(config, { page: 'query' });
const workItem = (id: number): string => `/fabrikam/Fabrikam/_workitems/edit/${id}`;

/** The page, opened at an address. */
function openAt(address: string) {
  window.history.replaceState(null, '', address);
  const { board, confirm, events, openIds, rest } = setUp();
  const push = jest.spyOn(window.history, 'pushState');
  const onError = jest.fn();
  const listen = jest.spyOn(window, 'addEventListener');
  const navigation = new Navigation(board, config, onError);
  listeners = listen.mock.calls.map(([name, listener]) => [name, listener as EventListener]);
  /** The address as it was at each entry that was added. */
  const pushed = () => push.mock.calls.map(([, , path]) => path);
  return { board, confirm, events, navigation, onError, openIds, pushed, rest };
}

/** What the browser does at Back and Forward; jsdom's own history is slower than a test wants. */
async function comeTo(address: string): Promise<void> {
  window.history.replaceState(null, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Those of the page under test, which lives as long as its window. */
let listeners: [name: string, listener: EventListener][] = [];

afterEach(() => {
  for (const [name, listener] of listeners) window.removeEventListener(name, listener);
  jest.restoreAllMocks();
});

test('an address opens its page, and the window bears its name', () => {
  const { navigation, pushed } = openAt(queryPath);
  expect(navigation.state).toMatchObject({ page: 'query' });
  expect(document.title).toBe('All work items – Fabrikam');
  expect(pushed()).toEqual([]);
});

test.each([workItem(7), '/?item=7'])(
  'a work item that %s names adds no entry while it is opened',
  async (address) => {
    const { board, pushed } = openAt(address);
    await board.open(7);
    expect(document.title).toBe('Bug 7: Bug number 7');
    expect(pushed()).toEqual([]);
  },
);

test('another work item, its closing and another page each add one entry, which keeps the settings', async () => {
  const { board, navigation, pushed } = openAt('/?item=7&theme=dark');
  await board.open(7);
  await board.open(9);
  await board.close();
  await navigation.go({ page: 'query' });
  expect(pushed()).toEqual([`${workItem(9)}?theme=dark`, '/?theme=dark', `${queryPath}?theme=dark`]);
});

test('going to another page closes the form, whose unsaved changes are kept for the return', async () => {
  const { board, confirm, events, navigation, openIds } = openAt('/');
  await board.open(7);
  board.setValues({ 'System.Title': 'Changed' });
  await navigation.go({ page: 'board' });
  expect(openIds()).toEqual([]);
  expect(events.at(-1)).toEqual(['onUnloaded', 7]);
  expect(confirm).not.toHaveBeenCalled();
  await navigation.go({ page: 'work-items' });
  await board.open(7);
  expect(board.activeForm.edits).toEqual({ 'System.Title': 'Changed' });
});

test('a form and its page go in one step, and Back finds the form', async () => {
  const { board, navigation, pushed } = openAt(workItem(7));
  await board.open(7);
  await navigation.go({ page: 'query' });
  expect(pushed()).toEqual([queryPath]);
});

test('a person who will not lose a new work item stays', async () => {
  const { board, confirm, navigation } = openAt('/');
  confirm.mockResolvedValue(false);
  await board.openNew('Bug', { 'System.Title': 'New' });
  await navigation.go({ page: 'query' });
  expect(navigation.state.page).toBe('work-items');
  expect(board.state.forms).toHaveLength(1);
  await comeTo(queryPath);
  expect(navigation.state.page).toBe('work-items');
  expect(window.location.pathname).toBe('/');
});

test('a work item in a dialog over another page changes neither address nor name', async () => {
  const { board, pushed } = openAt(queryPath);
  await board.openOnTop(7);
  await board.close();
  expect(pushed()).toEqual([]);
  expect(document.title).toBe('All work items – Fabrikam');
});

test('Back and Forward go to pages and work items, and add nothing', async () => {
  const { navigation, openIds, pushed } = openAt(queryPath);
  await comeTo(workItem(7));
  expect(navigation.state.page).toBe('work-items');
  expect(openIds()).toEqual([7]);
  await comeTo('/');
  expect(openIds()).toEqual([]);
  await comeTo(queryPath);
  expect(navigation.state.page).toBe('query');
  expect(pushed()).toEqual([]);
});

test('a work item that cannot be read is told of', async () => {
  const { onError, rest } = openAt('/');
  rest.read.mockRejectedValueOnce(new Error('TF401232'));
  await comeTo(workItem(4711));
  expect(onError).toHaveBeenCalledWith(new Error('TF401232'));
});

test('a work item that was saved while nothing was known of the list is a part of it', async () => {
  const { board } = openAt('/');
  await board.open(7);
  board.setValues({ 'System.Title': 'Changed' });
  await board.save();
  expect(board.workItems.state.items.get(7)).toEqual(bug(7, 2));
});
