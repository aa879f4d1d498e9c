import { Store } from './store';
import { isThemeName, type ThemeName } from './themes';

/**
 * Open questions about the host with their possible answers, the default first. `docs/assumptions.md`
 * describes each one.
 */
export const hostAnswers = {
  /** Format of the handshake: of current pages, or of the old platform (host reference 6.3). */
  handshake: ['current', 'legacy', 'legacyWithContext'],
  /** The ids of new items: all of them 0, or -1, -2 and so on. On the older form it is only known to be no more than 0. */
  newItemId: ['0', 'negative'],
  /** Event of the first save of a form. `onLoaded` is reported of Azure DevOps Services. */
  firstSaveRaises: ['onSaved', 'onLoaded'],
  /** Whether a save or refresh also raises `onFieldChanged` for the fields set by the service, before and after its event. */
  serviceFieldChanges: ['raised', 'silent'],
  /** Result of a save over a newer revision without conflicting fields. A refusal is reported of Services. */
  staleSave: ['merged', 'refused'],
  /** Whether "Save & Close" closes the form when the answer has come, or at the click, before anything is sent. */
  saveAndCloseCloses: ['afterSaving', 'beforeSaving'],
  /**
   * Language of the form service in a field with Markdown: the text itself, or HTML, to which the host converts it, and
   * back.
   */
  markdownFieldTakes: ['markdown', 'html'],
  /** Whether a frame gets its requested height. */
  resize: ['honoured', 'ignored'],
  /** Menus with the contributions to `work-item-context-menu`; newer pages may read only their own target. */
  contextMenuTarget: ['everywhere', 'nowhere'],
  /** Whether the edge of a resizable panel can be dragged. Older hosts do not support it. */
  panelResize: ['honoured', 'ignored'],
  /** Whether Escape closes a panel or dialog without light dismiss. */
  escapeWithoutLightDismiss: ['closes', 'stays'],
  /** Whether panels, dialogs and messages opened in a form appear. Reports say that calls are answered and nothing is seen. */
  dialogsFromForm: ['shown', 'invisible'],
  /** Whether the navigation service for forms exists. Azure DevOps Server 2019 has none. */
  formNavigation: ['available', 'missing'],
  /** Scheme of the REST address for extensions. A server reachable by both may name the one that is not in use. */
  restAddress: ['as configured', 'http'],
  /**
   * Whether a window opened by a frame keeps its opener. An opener policy of the page cuts it off: the frame gets no
   * reference to the window. The address decides when the page is loaded.
   */
  windowsOfFrames: ['connected', 'severed'],
} as const;

/** How this host answers them. */
export type HostAnswers = {
  -readonly [Question in keyof typeof hostAnswers]: (typeof hostAnswers)[Question][number];
};

/** Known quirks and problems of real hosts. */
export interface Habits {
  /** The location service leaves the slash at the end of the base URL out. Both are seen on real hosts. */
  noTrailingSlash: boolean;
  /** `onLoaded` is raised twice for the same item, as when a form is bound while its extensions still load. */
  duplicateLoaded: boolean;
  /** Saving closes the form, so the frame is removed before `onSaved`. */
  saveClosesForm: boolean;
  /** The handshake contains no theme, so the frame receives no later one either. */
  noThemeData: boolean;
  /** The handshake does not contain the user: `SDK.getUser` throws. */
  noUser: boolean;
  /** The handshake contains a team. */
  hasTeam: boolean;
  /** No call of the form service is ever answered. */
  formNeverAnswers: boolean;
  /** The form service answers after three seconds. */
  formAnswersLate: boolean;
  /**
   * `save` and `refresh` do nothing and reject with `undefined`; it arrives as a success (host reference
   * 6.2).
   */
  formRefusesWithNothing: boolean;
  /** The form service knows of no active work item, as reported of today's form. */
  noActiveItem: boolean;
  /** Long texts are read-only, as by a rule of the process. */
  readOnlyTexts: boolean;
  /** The extension data service is not available. */
  noExtensionData: boolean;
  /** The service for panels, dialogs and messages is not available. */
  noPanels: boolean;
}

/** Behavior of the host, changeable at run time. */
export type Quirks = HostAnswers & Habits;

/** Width of the extension's column in the form, in pixels; `auto` shares the available space. */
export type ColumnWidth = 'auto' | '320' | '480' | '640';

/** Settings of the page in the side panel. */
export interface Settings {
  theme: ThemeName;
  /** Language of the host's pages in the handshake: `de-DE`; empty if it has none. */
  culture: string;
  columnWidth: ColumnWidth;
  sidePanelOpen: boolean;
  quirks: Quirks;
}

/** Available column widths. */
export const columnWidths: ColumnWidth[] = ['auto', '320', '480', '640'];

/** Available cultures; the last two show translators missing texts and missing space. */
export const cultures = [
  ...[
    'en-US',
    'cs-CZ',
    'de-DE',
    'es-ES',
    'fr-FR',
    'it-IT',
    'ja-JP',
    'ko-KR',
    'pl-PL',
    'pt-BR',
    'ru-RU',
    'tr-TR',
  ],
  ...['zh-CN', 'zh-TW', 'qps-ploc', 'qps-plocm'],
];

/** Minimum width for an open side panel at the start, in pixels. */
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
    readOnlyTexts: false,
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
