import { Store } from './store';

/** Temporary message. */
export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

/** Levels in the order of the SDK's `MessageBannerLevel`. */
export const bannerLevels = ['info', 'warning', 'error', 'success'] as const;

/** A bar above the form. */
export interface Banner {
  level: (typeof bannerLevels)[number];
  text: string;
  dismissable: boolean;
}

/** A question in the middle of the page. */
export interface Question {
  title: string;
  text: string;
  answer: (agreed: boolean) => void;
}

/** Messages for the user beside the contents. */
export interface MessagesState {
  toasts: Toast[];
  banner: Banner | undefined;
  question: Question | undefined;
}

const toastMs = 5_000;

/** Visible toasts, banner and question. */
export class Messages extends Store<MessagesState> {
  #toastCount = 0;
  #error: Banner | undefined;

  constructor() {
    super({ toasts: [], banner: undefined, question: undefined });
  }

  addToast(toast: Omit<Toast, 'id'>, durationMs = toastMs): void {
    const id = ++this.#toastCount;
    this.update({ toasts: [...this.state.toasts, { ...toast, id }] });
    window.setTimeout(() => this.closeToast(id), durationMs);
  }

  closeToast(id: number): void {
    this.update({ toasts: this.state.toasts.filter((toast) => toast.id !== id) });
  }

  showBanner(banner: Banner): void {
    this.update({ banner });
  }

  readonly showError = (error: unknown): void => {
    const text = error instanceof Error ? error.message : String(error);
    this.#error = { level: 'error', text, dismissable: true };
    this.showBanner(this.#error);
  };

  /** Takes the page's own error away once something worked; a banner of an extension stays. */
  clearError(): void {
    if (this.#error && this.state.banner === this.#error) this.closeBanner();
  }

  closeBanner(): void {
    this.update({ banner: undefined });
  }

  /** Asks, and resolves whether the person agrees. */
  confirm(question: { title: string; text: string }): Promise<boolean> {
    this.state.question?.answer(false);
    return new Promise((resolve) => {
      const answer = (agreed: boolean): void => {
        this.update({ question: undefined });
        resolve(agreed);
      };
      this.update({ question: { ...question, answer } });
    });
  }
}
