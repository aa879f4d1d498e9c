import type { Scope } from './scope';
import type { Stage, Window } from './story';

/** Attachments of a work item, in the tab beside the form. */
export class Gallery {
  constructor(readonly tab: Window) {}

  /** Opens a browser tab with the attachments of a work item. */
  static async open(
    { emulator, ...stage }: Stage,
    id: number,
    query: Record<string, string> = {},
  ): Promise<Gallery> {
    const gallery = new Gallery(await stage.newTab());
    const search = new URLSearchParams({ item: String(id), panel: 'closed', ...query });
    await gallery.tab.goto(`${emulator.hostUrl}?${search}`);
    await gallery.show();
    return gallery;
  }

  async show(): Promise<void> {
    await this.tab.page.get('tab', 'Files').click();
    await this.content.get('main').shown();
  }

  get content(): Scope {
    return this.tab.page.inside('iframe[title="Files"]');
  }

  get preview(): Scope {
    return this.content.get('dialog', /^Preview of /);
  }

  row(name: string): Scope {
    return this.content
      .get('grid', 'Attachments')
      .get('row')
      .having(`[title=${JSON.stringify(name)}]`);
  }

  /** Selects a file by a click on the cell of its size; with Control, beside others. */
  async select(name: string, options: { readonly isWithControl?: boolean } = {}): Promise<void> {
    // WebKit's driver cannot click a row.
    await this.row(name).css('td').at(1).click(options);
  }

  button(name: string | RegExp): Scope {
    return this.content.get('button', name);
  }

  get search(): Scope {
    return this.content.get('searchbox', 'Search attachments');
  }

  /** Chooses a value in the menu of a filter, such as "Images (9)". */
  async filterBy(filter: string, choice: string): Promise<void> {
    await this.button(filter).click();
    await this.content.get('menuitemcheckbox', choice).click();
    await this.tab.press(['Escape']);
  }

  /** Waits for this count of files, such as "3 of 37 files". */
  async counts(text: string): Promise<void> {
    await this.content.get('status').including(text).shown();
  }

  /** Opens the preview of a file. */
  async look(name: string): Promise<void> {
    await this.row(name).get('button', name).click();
    await this.preview.shown(({ name: shown }) => shown === `Preview of ${name}`);
  }

  /** Closes the preview by keyboard. */
  async leave(): Promise<void> {
    await this.tab.press(['Escape']);
    await this.preview.gone();
  }
}
