/** @jest-environment jsdom */
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { act } from 'react-dom/test-utils';
import type { EmulatorConfig } from '../../src/contract';
import { App } from '../../src/host/page/app';
import { Layout } from '../../src/host/page/extensions/layout';
import { HostPageContext, type HostPage } from '../../src/host/page/host-page';
import { Messages } from '../../src/host/page/messages';
import { Navigation } from '../../src/host/page/navigation';
import { placeIn } from '../../src/host/page/routing';
import { savedQueries } from '../../src/saved-queries';
import { flush } from '../../../../test/helpers/deferred';
import { bug, setUp } from './host-board';

// The panel asks the server at once, and there is none.
jest.mock('../../src/host/page/side-panel/side-panel', () => ({ SidePanel: () => null }));

const contributions = [
  { id: 'group', type: 'ms.vss-work-web.work-item-form-group' },
  { id: 'observer', type: 'ms.vss-work-web.work-item-notifications' },
].map((contribution) => ({
  ...contribution,
  targets: [],
  properties: { name: contribution.id, uri: `${contribution.id}.html` },
}));

let place: HTMLElement;

beforeEach(() => {
  // jsdom knows no modal dialogs.
  HTMLDialogElement.prototype.showModal = function (): void {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (): void {
    this.open = false;
  };
  place = document.body.appendChild(document.createElement('div'));
});
afterEach(() => {
  ReactDOM.unmountComponentAtNode(place);
  place.remove();
});

/** The page with Bug 7 beside the list; it is related to Bug 9. */
async function open(mode: EmulatorConfig['mode'] = 'services') {
  const { board, confirm, rest, settings } = setUp();
  rest.list.mockResolvedValue([bug(7), bug(9)]);
  const link = { rel: 'System.LinkTypes.Related', url: '/workItems/9', attributes: {} };
  rest.read.mockResolvedValueOnce({ ...bug(7), relations: [link] });
  const config = {
    mode,
    isSandboxed: mode === 'server',
    assetsBaseUrl: 'http://assets.test/',
    organization: { name: 'fabrikam' },
    project: { name: 'Fabrikam' },
    user: { displayName: 'Jamal Hartnett' },
    extension: { publisherId: 'fabrikam', extensionId: 'probe', version: '1.2.3', contributions },
  } as unknown as EmulatorConfig;
  const messages = new Messages();
  const navigation = new Navigation(board, config, messages.showError);
  const layout = new Layout(config);
  const page = { board, config, layout, messages, navigation, rest, settings } as unknown as HostPage;
  await act(async () => {
    await board.loadList([7, 9]);
    await board.open(7);
    ReactDOM.render(
      <HostPageContext.Provider value={page}>
        <App />
      </HostPageContext.Provider>,
      place,
    );
  });
  return { board, confirm, page, rest };
}

const frames = (title: string, within: ParentNode = place) => [
  ...within.querySelectorAll<HTMLIFrameElement>(`iframe[title="${title}"]`),
];
const dialog = () => place.querySelector<HTMLDialogElement>('dialog.form-dialog')!;
const button = (name: string, within: ParentNode = place) =>
  [...within.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
const click = (element: HTMLElement) =>
  act(async () => {
    element.click();
    await flush();
  });
const press = (init: KeyboardEventInit) =>
  act(async () => {
    document.dispatchEvent(new KeyboardEvent('keydown', init));
    await flush();
  });

test('a related work item opens in a dialog with its own frame, removed on close', async () => {
  await open();
  const [frame] = frames('group');
  await click(button('Bug 9: Bug number 9'));
  expect(dialog().open).toBe(true);
  expect(dialog().getAttribute('aria-label')).toBe('Bug 9: Bug number 9');
  expect(frames('group', dialog())).toHaveLength(1);
  await click(button('Close', dialog()));
  expect(dialog()).toBeNull();
  expect(frames('group')).toEqual([frame]);
});

test('Escape asks before it discards edits in the dialog', async () => {
  const { board, confirm } = await open();
  await click(button('Bug 9: Bug number 9'));
  act(() => void board.setValues({ 'System.Title': 'Changed' }));
  confirm.mockResolvedValueOnce(false);
  const escape = () =>
    act(async () => {
      dialog().dispatchEvent(new Event('cancel', { cancelable: true }));
      await flush();
    });
  await escape();
  expect(confirm).toHaveBeenCalledTimes(1);
  expect(dialog().open).toBe(true);
  await escape();
  expect(dialog()).toBeNull();
});

test('Save & Close and Ctrl+S affect only the dialog, and its banner is the only one', async () => {
  const { board, page, rest } = await open();
  act(() => void board.setValues({ 'System.Title': 'Below' }));
  await click(button('Bug 9: Bug number 9'));
  act(() => void board.setValues({ 'System.Title': 'Changed' }));
  rest.update.mockRejectedValueOnce(new Error('TF401320: Rule Error'));
  await press({ key: 's', ctrlKey: true });
  expect(rest.update.mock.calls.map(([id]) => id)).toEqual([9]);
  expect([...place.querySelectorAll('[role=alert]')].map((alert) => dialog().contains(alert))).toEqual([
    true,
  ]);
  act(() => page.messages.closeBanner());
  await click(button('Save & Close', dialog()));
  expect(rest.update.mock.calls.map(([id]) => id)).toEqual([9, 9]);
  expect(dialog()).toBeNull();
  expect(board.activeForm).toMatchObject({ item: { id: 7 }, edits: { 'System.Title': 'Below' } });
});

test.each(['services', 'server'] as const)(
  'the page on %s has one observer frame for all forms',
  async (mode) => {
    const { board } = await open(mode);
    const observers = frames('observer');
    expect(observers).toHaveLength(1);
    expect(observers[0]!.getAttribute('sandbox')).toBe(frames('group')[0]!.getAttribute('sandbox'));
    expect(observers[0]!.hasAttribute('sandbox')).toBe(mode === 'server');
    await click(button('Bug 9: Bug number 9'));
    await act(() => board.close());
    await act(() => board.close());
    expect(frames('group')).toEqual([]);
    expect(frames('observer')).toEqual(observers);
  },
);

test('the page shows the addresses of saved queries for copying', async () => {
  const { page } = await open();
  await act(async () => {
    await page.navigation.go({ page: 'query' });
  });
  const addresses = [...place.querySelectorAll<HTMLInputElement>('.saved-queries input')];
  expect(addresses.map(({ value }) => placeIn(new URL(value)).page)).toEqual(savedQueries.map(() => 'query'));
  for (const [at, { id }] of savedQueries.entries())
    expect(addresses[at]!.value).toContain(`/_queries/query/${id}/`);
});
