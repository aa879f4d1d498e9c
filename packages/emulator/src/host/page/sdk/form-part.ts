import type { Contribution } from '../../../contract';
import type { FormEvent } from '../form/board';
import type { HostPage } from '../host-page';
import { FrameConnection, type RegisteredObject } from './frame-connection';
import { fullIdOf } from './handshake';
import { createServices } from './host-services';

/** Each open form has a view for each type of its work items. */
export interface FormView {
  place: number;
  workItemType: string;
}

let partCount = 0;

/** Group, page or observer of the form: a frame that receives the events of the form. */
export class FormPart {
  readonly connection: FrameConnection;
  #object: RegisteredObject | undefined;

  /**
   * @param view - view of the part, the only source of its events. Observers have none and receive all
   * events.
   */
  constructor(
    private readonly page: HostPage,
    private readonly contribution: Contribution,
    private readonly view: FormView | undefined,
  ) {
    const instanceId = `work-item-form-contribution-${++partCount}`;
    this.connection = new FrameConnection(
      { contribution, initialConfig: { instanceId }, onReady: () => void this.#meet() },
      { ...page, services: createServices(page, instanceId) },
    );
  }

  /** Tells the extension; lost if it has not registered its object yet, as in the real host. */
  readonly hear = (event: FormEvent): void => {
    if (this.view && !isIn(this.view, event)) return;
    this.#object?.[event.name]?.(event.args).catch((error: unknown) => {
      // A closed frame no longer answers.
      if (this.#object) console.warn(`The extension failed in ${event.name}.`, error);
    });
  };

  dispose(): void {
    this.#object = undefined;
  }

  /** The form was opened before the extension could hear of it. */
  async #meet(): Promise<void> {
    this.#object = undefined;
    const ids = [fullIdOf(this.page.config, this.contribution), this.contribution.id];
    this.#object = await this.connection.findObject(ids).catch((error: unknown) => {
      console.warn(error);
      return undefined;
    });
    if (this.#object) this.page.board.introduce(this.hear);
  }
}

function isIn({ place, workItemType }: FormView, event: FormEvent): boolean {
  return event.place === place && event.workItemType === workItemType;
}
