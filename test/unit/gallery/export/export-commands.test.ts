import type { CommandOrder } from '../../../../src/gallery/export/export-commands';
import { exportCommands } from '../../../../src/gallery/export/export-commands';

const ORDER: CommandOrder = {
  organization: 'https://dev.azure.com/fabrikam/',
  workItemIds: [7, 1234],
  layout: 'folders',
  include: new Set(),
};

test('exportCommands returns a command with the choices', () => {
  expect(exportCommands(ORDER)).toEqual([
    'stapler export 7,1234 --organization https://dev.azure.com/fabrikam/ --out attachments',
  ]);
  expect(
    exportCommands({ ...ORDER, layout: 'flat', include: new Set(['inline', 'removed'] as const) }),
  ).toEqual([
    'stapler export 7,1234 --organization https://dev.azure.com/fabrikam/ --out attachments --flat --include inline,removed',
  ]);
});

test('exportCommands distributes many work items to lines that Windows takes', () => {
  const workItemIds = Array.from({ length: 5_000 }, (_, index) => 100_000 + index);
  const commands = exportCommands({ ...ORDER, workItemIds });
  expect(Math.max(...commands.map(({ length }) => length))).toBeLessThan(8_191);
  const ids = commands.flatMap((command) => command.split(' ')[2]!.split(',').map(Number));
  expect(ids).toEqual(workItemIds);
});

test.each(['https://dev.azure.com/fabrikam/$(reboot)', 'https://devops.test/a b/', 'https://x/"'])(
  'exportCommands returns no command for the address %s, which a shell would change',
  (organization) => {
    expect(exportCommands({ ...ORDER, organization })).toEqual([]);
  },
);
