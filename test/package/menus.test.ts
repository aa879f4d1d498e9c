import { runTask } from './run-task';
import { openVsix, type PackagedContribution } from './vsix';

const CONTEXT_MENU = 'ms.vss-work-web.work-item-context-menu';

const usual = openVsix();

function contribution(vsix: typeof usual, id: string): PackagedContribution {
  return vsix.manifest.contributions.find((one) => one.id === id)!;
}

test('the action stands in the menu that is shown everywhere, and on the toolbar of a query', () => {
  expect(contribution(usual, 'bulk-action').targets).toEqual([CONTEXT_MENU]);
  expect(contribution(usual, 'bulk-action-query-toolbar').targets).toEqual([
    'ms.vss-work-web.work-item-query-results-toolbar-menu',
  ]);
});

// Without a text, the host would load the page as a menu opens, and the newer one leaves the entry out.
test.each(['bulk-action', 'bulk-action-query-toolbar'])('%s has a text and an object of its own', (id) => {
  const { properties } = contribution(usual, id);
  expect(properties).toMatchObject({ text: 'Attach files…', registeredObjectId: id });
});

test('the panel stands nowhere by itself', () => {
  expect(contribution(usual, 'bulk-panel')).toMatchObject({
    type: 'ms.vss-web.external-content',
    targets: [],
  });
});

describe('the package with specific menus', () => {
  let specific: typeof usual;
  beforeAll(() => {
    const args = ['tools/package.mjs', '--no-build', '--menus', 'specific'];
    expect(runTask(args)).toMatchObject({ status: 0, stderr: '' });
    specific = openVsix('stapler-specific-menus');
  });

  test('has the action in the menus of each place, and not twice in one', () => {
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

  test('is the usual one in all else', () => {
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

test('a choice of menus that there is not is refused', () => {
  const { status, stderr } = runTask(['tools/package.mjs', '--no-build', '--menus', 'none']);
  expect(status).not.toBe(0);
  expect(stderr).toContain('--menus must be context or specific.');
});
