import { runTask } from './run-task';
import { openVsix, type PackagedContribution } from './vsix';

const CONTEXT_MENU = 'ms.vss-work-web.work-item-context-menu';

const usual = openVsix();

function contribution(vsix: typeof usual, id: string): PackagedContribution {
  return vsix.manifest.contributions.find((one) => one.id === id)!;
}

test('The action is in the menu shown everywhere and on the toolbar of a query', () => {
  expect(contribution(usual, 'bulk-action').targets).toEqual([CONTEXT_MENU]);
  expect(contribution(usual, 'bulk-action-query-toolbar').targets).toEqual([
    'ms.vss-work-web.work-item-query-results-toolbar-menu',
  ]);
});

// Without a text, the host loads the page to open the menu, and the newer host omits the entry.
test.each(['bulk-action', 'bulk-action-query-toolbar'])(
  'The contribution %s has its own text and object',
  (id) => {
    const { properties } = contribution(usual, id);
    expect(properties).toMatchObject({ text: 'Attach files…', registeredObjectId: id });
  },
);

test('The hub is among the pages of Azure Boards', () => {
  expect(contribution(usual, 'attachments-hub')).toMatchObject({
    type: 'ms.vss-web.hub',
    targets: ['ms.vss-work-web.work-hub-group'],
    properties: { name: 'Attachments', order: 100, uri: 'dist/hub.html' },
  });
});

test('The panel is in no menu', () => {
  expect(contribution(usual, 'bulk-panel')).toMatchObject({
    type: 'ms.vss-web.external-content',
    targets: [],
  });
});

describe('The package with specific menus', () => {
  let specific: typeof usual;
  beforeAll(() => {
    const args = ['tools/package.mjs', '--no-build', '--menus', 'specific'];
    expect(runTask(args)).toMatchObject({ status: 0, stderr: 'Packing…\n' });
    specific = openVsix('stapler-specific-menus');
  });

  test('has the action once in the menus of each place', () => {
    const { targets } = contribution(specific, 'bulk-action');
    expect([...targets].sort()).toEqual(
      [
        'backlog-board-card-item-menu',
        'backlog-item-menu',
        'query-result-work-item-menu',
        'sprint-board-card-item-menu',
        'work-item-toolbar-menu',
      ].map((name) => `ms.vss-work-web.${name}`),
    );
  });

  test('equals the usual one in everything else', () => {
    const rest = ({ manifest }: typeof usual) => ({
      ...manifest,
      contributions: manifest.contributions.map((one) =>
        one.id === 'bulk-action' ? { ...one, targets: [] } : one,
      ),
    });
    expect(rest(specific)).toEqual(rest(usual));
    expect([...specific.paths].sort()).toEqual([...usual.paths].sort());
    expect([...specific.addressable].sort()).toEqual([...usual.addressable].sort());
    expect(specific.text('extension.vsixmanifest')).toBe(usual.text('extension.vsixmanifest'));
  });
});

test('The packager rejects an unknown choice of menus', () => {
  const { status, stderr } = runTask(['tools/package.mjs', '--no-build', '--menus', 'none']);
  expect(status).not.toBe(0);
  expect(stderr).toContain('--menus must be one of: context, specific; not "none".');
});
