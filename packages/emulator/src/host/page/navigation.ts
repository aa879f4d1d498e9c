import type { EmulatorConfig } from '../../contract';
import { allWorkItems } from '../../saved-queries';
import { contributionNamed } from './extensions/contributions';
import type { Board } from './form/board';
import { captionOf } from './form/form';
import { placeIn, placePath, teamName, workItemIdIn, workItemPath, type Place } from './routing';
import { nameOfContribution } from './sdk/handshake';
import { Store } from './store';

/** Title of a page. */
export function titleOfPlace({ page, hub = '' }: Place, config: EmulatorConfig): string {
  switch (page) {
    case 'work-items':
      return 'Work items';
    case 'query':
      return allWorkItems.name;
    case 'backlog':
      return `Backlog of ${teamName(config)}`;
    case 'board':
      return teamName(config);
    case 'sprint':
      return 'Sprint 1';
    case 'plan':
      return 'Delivery plan';
    case 'settings':
      return 'Project settings';
    case 'hub':
      return nameOfHub(config, hub) ?? 'Extension';
  }
}

function nameOfHub(config: EmulatorConfig, hub: string): string | undefined {
  const contribution = contributionNamed(config, hub);
  return contribution && nameOfContribution(contribution);
}

/** Current page. Keeps the address and the window's title in sync with it and with the open work item. */
export class Navigation extends Store<Place> {
  #written: string;
  #steps = 0;

  constructor(
    private readonly board: Board,
    private readonly config: EmulatorConfig,
    private readonly onError: (error: unknown) => void,
  ) {
    super(placeIn(window.location));
    this.#written = this.#path();
    this.#writeTitle();
    this.subscribe(() => this.#write());
    board.subscribe(() => this.#write());
    window.addEventListener('popstate', () => void this.#follow().catch(this.onError));
  }

  /** Navigates to another page and closes the forms. The user may stay to keep unsaved changes. */
  async go(place: Place): Promise<void> {
    await this.#inOneStep(async () => {
      if (await this.board.leave()) this.update({ hub: undefined, ...place });
    });
  }

  /** Work item beside the list; one in a dialog does not change the place. */
  get #item() {
    return this.state.page === 'work-items' ? this.board.state.forms[0]?.item : undefined;
  }

  get #id(): number | undefined {
    const id = this.#item?.id ?? 0;
    return id > 0 ? id : undefined;
  }

  #path(): string {
    return this.#id === undefined ? placePath(this.config, this.state) : workItemPath(this.config, this.#id);
  }

  #write(): void {
    this.#writeTitle();
    const path = this.#path();
    // While a work item is being read, the address names it already.
    if (path === this.#written) return;
    this.#written = path;
    if (this.#steps === 0) this.#push();
  }

  #push(): void {
    const { location, history } = window;
    const isRight =
      this.#isAt(placeIn(location)) &&
      (this.state.page !== 'work-items' || this.#id === workItemIdIn(location));
    if (!isRight) history.pushState(null, '', this.#path() + settingsQuery());
  }

  #isAt(place: Place): boolean {
    return placePath(this.config, place) === placePath(this.config, this.state);
  }

  #writeTitle(): void {
    const name = this.#item ? captionOf(this.#item) : titleOfPlace(this.state, this.config);
    document.title = this.#item ? name : `${name} – ${this.config.project.name}`;
  }

  /** Follows Back and Forward of the browser; if the user stays, restores the address. */
  async #follow(): Promise<void> {
    const place = placeIn(window.location);
    const id = workItemIdIn(window.location);
    await this.#inOneStep(async () => {
      if (!this.#isAt(place)) await this.go(place);
      if (this.#isAt(place) && place.page === 'work-items')
        await (id === undefined ? this.board.close() : this.board.open(id));
    });
  }

  /** A closing form and the next page share one history entry. */
  async #inOneStep(move: () => Promise<void>): Promise<void> {
    this.#steps++;
    try {
      await move();
    } finally {
      if (--this.#steps === 0) this.#push();
    }
  }
}

/** Query without the work item, now part of the path. */
function settingsQuery(): string {
  const query = new URLSearchParams(window.location.search);
  query.delete('item');
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
