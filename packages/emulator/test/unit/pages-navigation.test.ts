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
  /** Addresses of the added history entries. */
  const pushed = () => push.mock.calls.map(([, , path]) => path);
  return { board, confirm, events, navigation, onError, openIds, pushed, rest };
}

/** Back and Forward of the browser; jsdom's own history is too slow for tests. */
async function comeTo(address: string): Promise<void> {
  window.history.replaceState(null, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Listeners of the page under test; they live as long as its window. */
let listeners: [name: string, listener: EventListener][] = [];

afterEach(() => {
  for (const [name, listener] of listeners) window.removeEventListener(name, listener);
  jest.restoreAllMocks();
});

test('an address opens its page and sets the window title', () => {
  const { navigation, pushed } = openAt(queryPath);
  expect(navigation.state).toMatchObject({ page: 'query' });
  expect(document.title).toBe('All work items – Fabrikam');
  expect(pushed()).toEqual([]);
});

test.each([workItem(7), '/?item=7'])('opening the work item of %s adds no history entry', async (address) => {
  const { board, pushed } = openAt(address);
  await board.open(7);
  expect(document.title).toBe('Bug 7: Bug number 7');
  expect(pushed()).toEqual([]);
});

test('each navigation adds one history entry and keeps the settings', async () => {
  const { board, navigation, pushed } = openAt('/?item=7&theme=dark');
  await board.open(7);
  await board.open(9);
  await board.close();
  await navigation.go({ page: 'query' });
  expect(pushed()).toEqual([`${workItem(9)}?theme=dark`, '/?theme=dark', `${queryPath}?theme=dark`]);
});

test('navigation to another page closes the form and keeps its unsaved changes', async () => {
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

test('closing a form with its page is one history entry, and Back restores the form', async () => {
  const { board, navigation, pushed } = openAt(workItem(7));
  await board.open(7);
  await navigation.go({ page: 'query' });
  expect(pushed()).toEqual([queryPath]);
});

test('the user can stay to keep a new work item', async () => {
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

test('a work item in a dialog changes neither address nor title', async () => {
  const { board, pushed } = openAt(queryPath);
  await board.openOnTop(7);
  await board.close();
  expect(pushed()).toEqual([]);
  expect(document.title).toBe('All work items – Fabrikam');
});

test('Back and Forward show pages and work items and add no history entry', async () => {
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

test('an unreadable work item is reported', async () => {
  const { onError, rest } = openAt('/');
  rest.read.mockRejectedValueOnce(new Error('TF401232'));
  await comeTo(workItem(4711));
  expect(onError).toHaveBeenCalledWith(new Error('TF401232'));
});

test('a work item saved before the list was loaded is in the list', async () => {
  const { board } = openAt('/');
  await board.open(7);
  board.setValues({ 'System.Title': 'Changed' });
  await board.save();
  expect(board.workItems.state.items.get(7)).toEqual(bug(7, 2));
});
