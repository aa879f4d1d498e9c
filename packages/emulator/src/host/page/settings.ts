import { Store } from './store';
import { isThemeName, type ThemeName } from './themes';

/**
 * Questions about the host that no source answers, or several, and their possible answers; the first is what is assumed.
 * `docs/assumptions.md` tells them one by one.
 */
export const hostAnswers = {
  /** In which form the handshake is answered: that of today's pages, or of the old platform's (host reference 6.3). */
  handshake: ['current', 'legacy', 'legacyWithContext'],
  /** The ids of new items: all of them 0, or -1, -2 and so on. On the older form it is only known to be no more than 0. */
  newItemId: ['0', 'negative'],
  /** What the first save of a form raises. `onLoaded` is reported of Azure DevOps Services. */
  firstSaveRaises: ['onSaved', 'onLoaded'],
  /** What becomes of a save over a newer revision in which no field clashes. A refusal is reported of Services. */
  staleSave: ['merged', 'refused'],
  /** Whether "Save & Close" closes the form when the answer has come, or at the click, before anything is sent. */
  saveAndCloseCloses: ['afterSaving', 'beforeSaving'],
  /** Whether a frame gets the height that it asks for. */
  resize: ['honoured', 'ignored'],
  /** Where `work-item-context-menu` is shown beside a place's own menu; newer pages may read those alone. */
  contextMenuTarget: ['everywhere', 'nowhere'],
  /** Whether a person may drag the edge of a panel that allows it. Older hosts do not know of that. */
  panelResize: ['honoured', 'ignored'],
  /** Whether Escape closes a panel or dialog that was opened without light dismiss. */
  escapeWithoutLightDismiss: ['closes', 'stays'],
} as const;

/** How this host answers them. */
export type HostAnswers = {
  -readonly [Question in keyof typeof hostAnswers]: (typeof hostAnswers)[Question][number];
};

/** Habits and troubles that are known of real hosts, or that an extension has to get along with. */
export interface Habits {
  /** The location service leaves the slash at the end of the base URL out. Both are seen on real hosts. */
  noTrailingSlash: boolean;
  /** `onLoaded` is raised twice for the same item, as when a form is bound while its extensions still load. */
  duplicateLoaded: boolean;
  /** Saving closes the form, so that the frame is gone before `onSaved`. */
  saveClosesForm: boolean;
  /** The handshake brings no theme, so that the frame hears of no other one either. */
  noThemeData: boolean;
  /** The handshake does not tell who the user is: `SDK.getUser` throws. */
  noUser: boolean;
  /** The handshake tells a team. */
  hasTeam: boolean;
  /** No call of the form service is ever answered. */
  formNeverAnswers: boolean;
  /** The form service answers after three seconds. */
  formAnswersLate: boolean;
  /** `save` and `refresh` do nothing and reject with nothing, which arrives as a success (host reference 6.2). */
  formRefusesWithNothing: boolean;
  /** The form service knows of no active work item, as reported of today's form. */
  noActiveItem: boolean;
  /** The extension data service is not available. */
  noExtensionData: boolean;
  /** The service for panels, dialogs and messages is not available. */
  noPanels: boolean;
}

/** Behaviour of the host that a person can switch while looking. */
export type Quirks = HostAnswers & Habits;

/** Width of the form's column that holds the extension, in pixels; `auto` shares the room there is. */
export type ColumnWidth = 'auto' | '320' | '480' | '640';

/** What the side panel sets in the page itself. */
export interface Settings {
  theme: ThemeName;
  /** What the person reads the host's pages in, as a handshake tells it: `de-DE`; empty where it does not. */
  culture: string;
  columnWidth: ColumnWidth;
  sidePanelOpen: boolean;
  quirks: Quirks;
}

/** The columns that can be chosen. */
export const columnWidths: ColumnWidth[] = ['auto', '320', '480', '640'];

/** Cultures that can be chosen; the last two let a translator see what is not translated, or has no room. */
export const cultures = ['en-US', 'de-DE', 'es-ES', 'fr-FR', 'ja-JP', 'zh-CN', 'qps-ploc', 'qps-plocm'];

/** Room below which the side panel starts closed, in pixels. */
const roomyWidth = 1200;

/**
 * The page's settings. They start from the address: `?theme=dark&culture=de-DE&width=320&panel=closed`, an answer by its question, as
 * in `newItemId=negative`, and habits together, as in `quirks=noUser,duplicateLoaded`.
 */
export class SettingsStore extends Store<Settings> {
  constructor(query: URLSearchParams, windowWidth: number) {
    super({
      theme: themeFrom(query.get('theme')),
      culture: query.get('culture') ?? 'en-US',
      columnWidth: columnWidths.find((width) => width === query.get('width')) ?? 'auto',
      sidePanelOpen: query.has('panel') ? query.get('panel') === 'open' : windowWidth >= roomyWidth,
      quirks: {
        ...answersFrom(query),
        ...habitsFrom(query.get('quirks')?.split(',').filter(Boolean) ?? []),
      },
    });
  }

  change(change: Partial<Settings>): void {
    this.update(change);
  }

  changeQuirks(change: Partial<Quirks>): void {
    this.update({ quirks: { ...this.state.quirks, ...change } });
  }
}

function themeFrom(name: string | null): ThemeName {
  return name !== null && isThemeName(name) ? name : 'light';
}

function answersFrom(query: URLSearchParams): HostAnswers {
  const answers = Object.entries(hostAnswers).map(([question, possible]) => {
    const wanted = query.get(question);
    const answer = possible.find((known) => known === wanted);
    if (wanted !== null && answer === undefined) warn(`"${question}" has no answer "${wanted}"`);
    return [question, answer ?? possible[0]];
  });
  return Object.fromEntries(answers) as HostAnswers;
}

function habitsFrom(names: string[]): Habits {
  const habits: Habits = {
    noTrailingSlash: false,
    duplicateLoaded: false,
    saveClosesForm: false,
    noThemeData: false,
    noUser: false,
    hasTeam: false,
    formNeverAnswers: false,
    formAnswersLate: false,
    formRefusesWithNothing: false,
    noActiveItem: false,
    noExtensionData: false,
    noPanels: false,
  };
  for (const name of names) {
    if (name in habits) habits[name as keyof Habits] = true;
    else warn(`there is no quirk "${name}"`);
  }
  return habits;
}

function warn(what: string): void {
  console.warn(`The address is not understood: ${what}.`);
}
