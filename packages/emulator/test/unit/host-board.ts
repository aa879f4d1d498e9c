import { Board, type FormEvent } from '../../src/host/page/form/board';
import type { RestClient } from '../../src/host/page/rest';
import { createFormService } from '../../src/host/page/sdk/form-service';
import { SettingsStore, type Quirks } from '../../src/host/page/settings';
import type { WorkItem } from '../../src/host/page/work-item';

/** A work item as the faked service gives it. */
export const bug = (id: number, rev = 1): WorkItem => ({
  id,
  rev,
  fields: { 'System.WorkItemType': 'Bug', 'System.Title': `Bug number ${id}` },
});

/**
 * Forms of the host page without the page: the service always answers, and the user always agrees. Fields set by the
 * service raise no event, unless `quirks` say so.
 */
export function setUp(quirks: Partial<Quirks> = {}) {
  const settings = new SettingsStore(new URLSearchParams(), 1280);
  settings.changeQuirks({ serviceFieldChanges: 'silent', ...quirks });
  const rest = {
    read: jest.fn((id: number) => Promise.resolve(bug(id))),
    update: jest.fn((id: number) => Promise.resolve(bug(id, 2))),
    list: jest.fn(() => Promise.resolve<WorkItem[]>([])),
    create: jest.fn(() => Promise.resolve(bug(101))),
  };
  const confirm = jest.fn(() => Promise.resolve(true));
  const board = new Board(rest as unknown as RestClient, {
    project: 'Fabrikam',
    readOnlyIds: [],
    quirks: () => settings.state.quirks,
    confirm,
  });
  const events: [FormEvent['name'], number][] = [];
  board.onEvent(({ name, args }) => events.push([name, args.id]));
  const service = createFormService(
    board,
    rest as unknown as RestClient,
    () => settings.state.quirks,
    'frame',
  );
  /** The ids of the open forms, the active one last. */
  const openIds = () => board.state.forms.map(({ item }) => item.id);
  return { board, confirm, events, openIds, rest, service, settings };
}
