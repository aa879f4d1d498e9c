import type { Contribution, EmulatorConfig } from '../../../contract';
import type { HostPage } from '../host-page';
import type { HostAnswers } from '../settings';
import { nameOfContribution } from '../sdk/handshake';
import { contributionsTo, registeredIdsOf } from './contributions';
import { withinTime } from './within-time';

/** Target added by the host to the targets of each place with work items. */
const contextMenu = 'work-item-context-menu';

/** Targets of each menu; ids without `ms.vss-work-web.` (host reference 2.1). */
const menuTargets = {
  queryRow: ['query-result-work-item-menu', contextMenu],
  queryToolbar: ['work-item-query-results-toolbar-menu'],
  backlogRow: ['backlog-item-menu', contextMenu],
  boardCard: ['backlog-board-card-item-menu', contextMenu],
  taskboardCard: ['sprint-board-card-item-menu', contextMenu],
  planCard: ['ms.vss-plans.card-context-menu', contextMenu],
  form: ['work-item-toolbar-menu', contextMenu],
  readOnlyForm: [contextMenu],
} as const;

/** Menu with contributions of extensions. */
export type MenuName = keyof typeof menuTargets;

/** Targets of a menu. Assumed, as a switch: they include the one of all menus. */
export function targetsOf(
  menu: MenuName,
  { contextMenuTarget }: Pick<HostAnswers, 'contextMenuTarget'>,
): string[] {
  return menuTargets[menu].filter((target) => target !== contextMenu || contextMenuTarget === 'everywhere');
}

const actionType = 'ms.vss-web.action';
const providerType = 'ms.vss-web.action-provider';

/** Contributed menu entry, or a placeholder for the entries of a provider. */
export interface MenuEntry {
  contribution: Contribution;
  text: string;
  /** Text beside the entry on a toolbar, if different. */
  toolbarText: string;
  title: string | undefined;
  /** Address of the icon for a light and for a dark theme. */
  icon: { light: string; dark: string } | undefined;
  /** Lower ones come first; those without one come last, as the manifest has them. */
  order: number;
  groupId: string | undefined;
  /** Whether its page must be asked for the items as the menu opens: a provider, or an action without a text. */
  isProvider: boolean;
}

/** One item of an open menu. */
export interface MenuItem {
  id: string;
  text: string;
  icon: MenuEntry['icon'];
  isDisabled: boolean;
  children: MenuItem[];
  run: () => Promise<void>;
}

/** How long a page may take to give the object of its action, in milliseconds. */
const actionTimeLimitMs = 5_000;

/** How long a provider may take to answer, loading included, before its items are left out. */
const providerTimeLimitMs = 2_000;

/**
 * The entries contributed to a menu, in their order.
 *
 * @param targets - the menu's targets, with or without `ms.vss-work-web.`; see `targetsOf`
 */
export function menuEntriesFor(config: EmulatorConfig, targets: readonly string[]): MenuEntry[] {
  const full = targets.map((target) => (target.includes('.') ? target : `ms.vss-work-web.${target}`));
  return contributionsTo(config, [actionType, providerType], full)
    .map((contribution) => toEntry(config, contribution))
    .sort((one, other) => one.order - other.order);
}

/**
 * Handles a click on an entry: loads its page in the background and calls `execute` with the context.
 * Failures and timeouts of the extension are only logged to the console.
 */
export async function runMenuEntry(page: HostPage, entry: MenuEntry, context: object): Promise<void> {
  try {
    const object = await objectOf(page, entry.contribution);
    await call(object, 'execute', context);
  } catch (error) {
    console.error(`The menu entry ${entry.contribution.id} did nothing.`, error);
  }
}

/** Entries of an open menu, including those of providers that answer in time. */
export async function menuItemsFor(
  page: HostPage,
  entries: readonly MenuEntry[],
  context: object,
): Promise<MenuItem[]> {
  const items = entries.map(async (entry) =>
    entry.isProvider ? await providedItems(page, entry, context) : [toItem(page, entry, context)],
  );
  return (await Promise.all(items)).flat();
}

async function providedItems(page: HostPage, entry: MenuEntry, context: object): Promise<MenuItem[]> {
  const { id } = entry.contribution;
  try {
    const ask = async () => call(await objectOf(page, entry.contribution), 'getMenuItems', context);
    const given = await withinTime(ask(), providerTimeLimitMs, 'its items');
    return toProvidedItems(given, context, id);
  } catch (error) {
    console.error(`The menu entries of ${id} are left out.`, error);
    return [];
  }
}

/** The object of the contribution, from its page in the background. */
async function objectOf({ background, config }: HostPage, contribution: Contribution) {
  const frame = background.frameOf(contribution);
  await frame.whenReady();
  return withinTime(
    frame.findObject(registeredIdsOf(config, contribution)),
    actionTimeLimitMs,
    'the object of the action',
  );
}

function call(
  object: Partial<Record<string, (...args: unknown[]) => Promise<unknown>>>,
  name: string,
  context: object,
): Promise<unknown> {
  const method = object[name];
  if (!method) throw new Error(`The registered object has no "${name}".`);
  return method(context);
}

function toEntry(config: EmulatorConfig, contribution: Contribution): MenuEntry {
  const { properties, type } = contribution;
  const text = textIn(properties, 'text');
  return {
    contribution,
    text: text ?? nameOfContribution(contribution),
    toolbarText: textIn(properties, 'toolbarText') ?? text ?? nameOfContribution(contribution),
    title: textIn(properties, 'title'),
    icon: iconFrom(config, properties['icon']),
    order: typeof properties['order'] === 'number' ? properties['order'] : Infinity,
    groupId: textIn(properties, 'groupId') ?? textIn(properties, 'group'),
    isProvider: type === providerType || text === undefined,
  };
}

function toItem(page: HostPage, entry: MenuEntry, context: object): MenuItem {
  return {
    id: entry.contribution.id,
    text: entry.text,
    icon: entry.icon,
    isDisabled: false,
    children: [],
    run: () => runMenuEntry(page, entry, context),
  };
}

/** One item as a provider gives it; functions arrive as promises of their results. */
interface ProvidedItem {
  text?: string;
  disabled?: boolean;
  childItems?: unknown;
  action?: (context: object) => Promise<unknown>;
}

function toProvidedItems(given: unknown, context: object, prefix: string): MenuItem[] {
  if (!Array.isArray(given)) return [];
  return (given as ProvidedItem[]).map(({ text = '', disabled = false, childItems, action }, index) => {
    const id = `${prefix}/${index}`;
    return {
      id,
      text,
      icon: undefined,
      isDisabled: disabled,
      children: toProvidedItems(childItems, context, id),
      run: async () => {
        await action?.(context).catch((error: unknown) =>
          console.error(`The menu item "${text}" failed.`, error),
        );
      },
    };
  });
}

/** A single icon serves both themes. */
function iconFrom({ assetsBaseUrl }: EmulatorConfig, icon: unknown): MenuEntry['icon'] {
  const at = (path: string) => new URL(path, assetsBaseUrl).href;
  if (typeof icon === 'string') return { light: at(icon), dark: at(icon) };
  if (typeof icon !== 'object' || icon === null) return undefined;
  const { light, dark = light } = icon as { light?: string; dark?: string };
  return light === undefined || dark === undefined ? undefined : { light: at(light), dark: at(dark) };
}

function textIn(properties: Contribution['properties'], name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
