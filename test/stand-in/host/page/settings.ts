import { Store } from './store';
import { isThemeName, type ThemeName } from './themes';

/** Behaviour of the host that real hosts disagree about, and that a person can switch while looking. */
export interface Quirks {
  /** The location service leaves the slash at the end of the base URL out. Both are seen on real hosts. */
  noTrailingSlash: boolean;
  /** The first save of a form raises `onLoaded` in place of `onSaved`, as reported of Azure DevOps Services. */
  firstSaveRaisesLoaded: boolean;
  /** `onLoaded` is raised twice for the same item, as when a form is bound while its extensions still load. */
  duplicateLoaded: boolean;
  /** New items have the ids -1, -2 and so on, and not all of them 0. */
  newItemsAreNegative: boolean;
  /** Saving over a newer revision is refused even if no field clashes, as reported of Azure DevOps Services. */
  refuseStaleSave: boolean;
  /** Saving closes the form, so that the frame is gone before `onSaved`. */
  saveClosesForm: boolean;
  /** "Save & Close" closes the form at the click, before anything is sent, and not after the answer. */
  closesBeforeSaving: boolean;
  /** The frame keeps its first height. */
  ignoreResize: boolean;
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
}

/** Width of the form's column that holds the extension, in pixels; `auto` shares the room there is. */
export type ColumnWidth = 'auto' | '320' | '480' | '640';

/** What the side panel sets in the page itself. */
export interface Settings {
  theme: ThemeName;
  columnWidth: ColumnWidth;
  sidePanelOpen: boolean;
  quirks: Quirks;
}

/** The columns that can be chosen. */
export const columnWidths: ColumnWidth[] = ['auto', '320', '480', '640'];

/** Room below which the side panel starts closed, in pixels. */
const roomyWidth = 1200;

/** The page's settings. They start from the address: `?theme=dark&width=320&panel=closed&quirks=ignoreResize`. */
export class SettingsStore extends Store<Settings> {
  constructor(query: URLSearchParams, windowWidth: number) {
    super({
      theme: themeFrom(query.get('theme')),
      columnWidth: columnWidths.find((width) => width === query.get('width')) ?? 'auto',
      sidePanelOpen: query.has('panel') ? query.get('panel') === 'open' : windowWidth >= roomyWidth,
      quirks: quirksFrom(query.get('quirks')?.split(',') ?? []),
    });
  }

  change(change: Partial<Settings>): void {
    this.update(change);
  }

  setQuirk(name: keyof Quirks, on: boolean): void {
    this.update({ quirks: { ...this.state.quirks, [name]: on } });
  }
}

function themeFrom(name: string | null): ThemeName {
  return name !== null && isThemeName(name) ? name : 'light';
}

function quirksFrom(names: string[]): Quirks {
  return {
    noTrailingSlash: names.includes('noTrailingSlash'),
    firstSaveRaisesLoaded: names.includes('firstSaveRaisesLoaded'),
    duplicateLoaded: names.includes('duplicateLoaded'),
    newItemsAreNegative: names.includes('newItemsAreNegative'),
    refuseStaleSave: names.includes('refuseStaleSave'),
    saveClosesForm: names.includes('saveClosesForm'),
    closesBeforeSaving: names.includes('closesBeforeSaving'),
    ignoreResize: names.includes('ignoreResize'),
    formNeverAnswers: names.includes('formNeverAnswers'),
    formAnswersLate: names.includes('formAnswersLate'),
    formRefusesWithNothing: names.includes('formRefusesWithNothing'),
    noActiveItem: names.includes('noActiveItem'),
    noExtensionData: names.includes('noExtensionData'),
  };
}
