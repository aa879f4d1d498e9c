import { attachmentCount } from '../e2e/board';
import type { Scope } from './scope';
import { until } from './scope';
import type { Stage, Window } from './story';

/** Work item form with Stapler's group, as the user sees it. */
export class Form {
  constructor(
    readonly tab: Window,
    readonly stage: Stage,
  ) {}

  /** Opens a tab with the form of a work item. */
  static async open(stage: Stage, id = 7, query: Record<string, string> = {}): Promise<Form> {
    const form = new Form(await stage.newTab(), stage);
    await form.goto(id, query);
    return form;
  }

  async goto(id: number, query: Record<string, string> = {}): Promise<void> {
    const search = new URLSearchParams({ item: String(id), panel: 'closed', ...query });
    await this.tab.goto(`${this.stage.emulator.hostUrl}?${search}`);
    await this.ready();
  }

  /** Waits until Stapler shows the number of attachments, in any language. */
  async ready(): Promise<void> {
    await this.stapler.css('.attached-count').shown();
  }

  /** The number of attachments in the form. */
  count(attachments: number): Scope {
    return this.stapler.text(attachmentCount(attachments));
  }

  get stapler(): Scope {
    return this.tab.page.inside('iframe[title="Attachments"]');
  }

  get dropZone(): Scope {
    return this.stapler.get('button', /drop or paste files/i);
  }

  /** Row of one upload. */
  row(name: string): Scope {
    return this.stapler.css('.upload-list').get('listitem').including(name);
  }

  /** Picks files in the drop zone. */
  async pick(paths: readonly string[]): Promise<void> {
    await this.dropZone.shown();
    await this.stapler.hidden('input[type="file"]:not([webkitdirectory])').pick(paths);
  }

  /** Waits for the confirmation with the number of attached files. */
  async finished(text: string): Promise<void> {
    await this.stapler.css('.just-attached > span').including(text).shown();
  }

  get interrupted(): Scope {
    return this.stapler.get('group', 'Interrupted uploads');
  }

  /**
   * Waits until the journal holds this number of uploads, with their files. The sessions of WebKit's driver are
   * ephemeral: there, it holds fingerprints.
   */
  async journaled(count: number): Promise<void> {
    await until(
      async () => {
        const { uploads = [], files = 0 } = (await this.stapler.journal()) ?? {};
        const isKept = uploads.every(
          ({ isFileKept, fingerprint }) => isFileKept || fingerprint !== undefined,
        );
        const isComplete = this.stage.driver.engine === 'webkit' || files >= count;
        return (uploads.length === count && isKept && isComplete) || undefined;
      },
      async () => `The journal is ${JSON.stringify(await this.stapler.journal())}.`,
    );
  }

  /** Waits until interrupted uploads end. Picks the files again if Stapler asks for them. */
  async resumed(paths: readonly string[], text: string): Promise<void> {
    if (this.stage.driver.engine === 'webkit') {
      await this.stapler.text(/^Choose .* again to resume/).shown();
      await this.pick(paths);
    }
    await this.finished(text);
  }
}
