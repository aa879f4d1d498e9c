import { createAttachFiles } from '../../../../src/entries/bulk-action/attach-files';
import { createActionHost } from '../../../../src/azure/host/sdk-action';
import { createDeferred } from '../../../helpers/deferred';
import type * as FakeSdk from '../../azure/host/fake-sdk';
import {
  hostFailure,
  NEVER,
  panelOpens,
  refusing,
  sdk,
  serve,
  setUpFakeSdk,
  unheardDuring,
} from '../../azure/host/fake-sdk';

jest.mock(
  'azure-devops-extension-sdk',
  () => jest.requireActual<typeof FakeSdk>('../../azure/host/fake-sdk').sdk,
);

setUpFakeSdk();

const LAYOUT = 'ms.vss-features.host-page-layout-service';
const MESSAGES = 'ms.vss-tfs-web.tfs-global-messages-service';
const SELECTED = { workItemIds: [8, 12] };
const NOT_OPENED =
  "Azure DevOps didn't open the panel. Reload the page, or open the panel from a work item's menu in a query or backlog.";

type Method = jest.Mock<unknown, unknown[]>;

type Answers = Partial<Record<'openPanel' | 'openMessageDialog' | 'addToast', () => unknown>>;

/** A cooperative host that shows panels, with the given methods overridden. */
function serveHost(overrides: Answers = {}) {
  const answers: Answers = { openPanel: () => Promise.resolve().then(panelOpens), ...overrides };
  const method = (name: keyof Answers): Method => jest.fn(answers[name] ?? (() => Promise.resolve()));
  const layout = { openPanel: method('openPanel'), openMessageDialog: method('openMessageDialog') };
  const addToast = method('addToast');
  serve({ [LAYOUT]: layout, [MESSAGES]: { addToast } });
  const toasts = () => addToast.mock.calls.map(([toast]) => (toast as { message: string }).message);
  return { ...layout, toasts };
}

/** Connects the page and returns the click handler. */
async function connect(canSpeak = Promise.resolve()): Promise<(context: unknown) => Promise<void>> {
  const host = createActionHost(['bulk-action', 'bulk-action-query-toolbar']);
  await host.connect(createAttachFiles(host, () => canSpeak));
  return (sdk.register.mock.calls[0]![1] as { execute: (context: unknown) => Promise<void> }).execute;
}

/** Clicks and waits beyond all host timeouts. */
async function click(context: unknown): Promise<void> {
  const execute = await connect();
  const done = execute(context);
  await jest.advanceTimersByTimeAsync(60_000);
  await done;
}

test('createAttachFiles opens the panel with the selection', async () => {
  const { openPanel, openMessageDialog, toasts } = serveHost();
  await click({ ids: [12, 8], workItemIds: [12, 8], closeHostDialog: () => NEVER });
  expect(openPanel.mock.calls).toEqual([
    [
      'fabrikam.stapler.bulk-panel',
      {
        title: 'Attach files',
        size: 2,
        lightDismiss: false,
        resizeOptions: { userResizable: true, minWidth: 340 },
        configuration: { workItemIds: [12, 8] },
        onClose: expect.any(Function) as () => void,
      },
    ],
  ]);
  expect(openMessageDialog).not.toHaveBeenCalled();
  expect(toasts()).toEqual([]);
});

test('createAttachFiles opens the panel of an extension published under another name', async () => {
  sdk.getExtensionContext.mockReturnValue({ id: 'other.stapler-dev' });
  const { openPanel } = serveHost();
  await click(SELECTED);
  expect(openPanel.mock.calls[0]![0]).toBe('other.stapler-dev.bulk-panel');
});

describe.each([
  ['nothing is selected', { workItemIds: [] }, 'Select work items, then choose “Attach files…”.'],
  [
    'the work item is new',
    { workItemId: 0 },
    'Save the work item first, or drop the files in the Attachments group of its form.',
  ],
])('createAttachFiles if %s', (_, context, sentence) => {
  test('explains the reason in a dialog and a toast, and opens no panel', async () => {
    const { openPanel, openMessageDialog, toasts } = serveHost();
    await click(context);
    expect(openMessageDialog.mock.calls).toEqual([[sentence, { title: 'Attach files' }]]);
    expect(openPanel).not.toHaveBeenCalled();
    // A form may hide the dialog.
    expect(toasts()).toEqual([sentence]);
  });

  test.each([
    ['refuses', refusing(hostFailure('No.'))],
    ['never answers', () => NEVER],
  ])('shows a toast if the dialog of the host %s', async (_what, openMessageDialog) => {
    const { toasts } = serveHost({ openMessageDialog });
    await click(context);
    expect(toasts()).toEqual([sentence]);
  });
});

/** Removes or replaces a service of the host. */
function replaceService(id: string, service?: object): void {
  const serviceOf = sdk.getService.getMockImplementation()!;
  sdk.getService.mockImplementation((asked) => (asked === id ? Promise.resolve(service) : serviceOf(asked)));
}

const TROUBLES: [what: string, answers: Answers, more?: () => void][] = [
  ['has no service for panels', {}, () => replaceService(LAYOUT)],
  ['has a service that knows no panels', {}, () => replaceService(LAYOUT, {})],
  ['refuses', { openPanel: refusing(hostFailure('No.')) }],
  [
    'fails at once',
    {
      openPanel: () => {
        throw new Error('No.');
      },
    },
  ],
  ['never answers', { openPanel: () => NEVER }],
  ['answers and shows nothing', { openPanel: () => Promise.resolve() }],
  [
    'does not tell who we are',
    {},
    () =>
      sdk.getExtensionContext.mockImplementation(() => {
        throw new Error('Attempted to call getExtensionContext() before init() was complete.');
      }),
  ],
];

test.each(TROUBLES)(
  'createAttachFiles explains a missing panel if the host %s',
  async (_, answers, more = () => undefined) => {
    const { toasts } = serveHost(answers);
    more();
    await click(SELECTED);
    expect(toasts()).toEqual([NOT_OPENED]);
  },
);

test.each([
  ['at once', 0],
  ['after nine seconds', 9_000],
])('createAttachFiles shows no toast if the panel confirms %s', async (_, delayMs) => {
  const openPanel = () => void setTimeout(panelOpens, delayMs);
  const { toasts } = serveHost({ openPanel });
  await click(SELECTED);
  expect(toasts()).toEqual([]);
});

test('createAttachFiles takes other messages for no confirmation', async () => {
  const { toasts } = serveHost({
    openPanel: () => {
      for (const data of [null, undefined, 'open', {}, { stapler: 1, role: 'group' }])
        window.dispatchEvent(new MessageEvent('message', { data }));
    },
  });
  await click(SELECTED);
  expect(toasts()).toEqual([NOT_OPENED]);
});

test('createAttachFiles shows no toast if the panel is open before the host answers', async () => {
  const { toasts } = serveHost({
    openPanel: () => {
      panelOpens();
      return NEVER;
    },
  });
  await click(SELECTED);
  expect(toasts()).toEqual([]);
});

test.each<[string, () => void]>([
  ['has no services', () => serve({})],
  ['refuses all services', () => void sdk.getService.mockRejectedValue(hostFailure())],
  ['gives no service in time', () => void sdk.getService.mockReturnValue(NEVER)],
  [
    'refuses everything',
    () => void serveHost({ openPanel: refusing(), openMessageDialog: refusing(), addToast: refusing() }),
  ],
  [
    'answers nothing',
    () => void serveHost({ openPanel: () => NEVER, openMessageDialog: () => NEVER, addToast: () => NEVER }),
  ],
])('createAttachFiles leaves no unhandled rejection if the host %s', async (_, prepare) => {
  prepare();
  expect(await unheardDuring(() => click(SELECTED))).toBe(false);
  jest.useFakeTimers();
  expect(await unheardDuring(() => click({}))).toBe(false);
});

test('createAttachFiles tolerates a host that refuses notifyLoadSucceeded', async () => {
  sdk.notifyLoadSucceeded.mockImplementation(refusing(hostFailure()));
  expect(await unheardDuring(connect)).toBe(false);
});

describe('createAttachFiles: double click', () => {
  test.each([
    ['opens one panel', SELECTED, 'openPanel'],
    ['asks one time', {}, 'openMessageDialog'],
  ] as const)('%s', async (_, context, method) => {
    const host = serveHost();
    const execute = await connect();
    const clicks = [execute(context), execute(context)];
    await jest.advanceTimersByTimeAsync(0);
    await Promise.all(clicks);
    expect(host[method]).toHaveBeenCalledTimes(1);
  });

  test('opens one panel even if it is open before the second click', async () => {
    const { openPanel } = serveHost();
    const execute = await connect();
    await execute(SELECTED);
    await jest.advanceTimersByTimeAsync(250);
    await execute(SELECTED);
    expect(openPanel).toHaveBeenCalledTimes(1);
  });

  test('opens another panel at once after one that took longer than a double click', async () => {
    const { openPanel } = serveHost();
    openPanel.mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      panelOpens();
    });
    const execute = await connect();
    const first = execute(SELECTED);
    await jest.advanceTimersByTimeAsync(500);
    await first;
    void execute(SELECTED);
    await jest.advanceTimersByTimeAsync(500);
    expect(openPanel).toHaveBeenCalledTimes(2);
  });

  test('counts as two clicks if the first one opened nothing', async () => {
    const { openMessageDialog, openPanel } = serveHost();
    const execute = await connect();
    await execute({});
    await execute(SELECTED);
    expect([openMessageDialog.mock.calls.length, openPanel.mock.calls.length]).toEqual([1, 1]);
  });

  test.each([
    ['has opened', undefined],
    ['was refused', refusing(hostFailure('No.'))],
    ['was not answered', () => NEVER],
  ])('allows the next click to open a panel after the first one %s', async (_, openPanel) => {
    const first = serveHost({ ...(openPanel && { openPanel }) });
    const execute = await connect();
    void execute(SELECTED);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(first.openPanel).toHaveBeenCalledTimes(1);
    const { openPanel: next } = serveHost();
    await execute({ id: 7 });
    expect(next.mock.calls).toEqual([
      ['fabrikam.stapler.bulk-panel', expect.objectContaining({ configuration: { workItemIds: [7] } })],
    ]);
  });
});

test('createAttachFiles shows nothing before the language is loaded', async () => {
  const { openPanel, openMessageDialog } = serveHost();
  const language = createDeferred<undefined>();
  const execute = await connect(language.promise.then(() => undefined));
  void execute({});
  await jest.advanceTimersByTimeAsync(2_000);
  expect(openMessageDialog).not.toHaveBeenCalled();
  language.resolve(undefined);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(openMessageDialog).toHaveBeenCalledTimes(1);
  expect(openPanel).not.toHaveBeenCalled();
});
