import * as React from 'react';
import { useHostPage } from './host-page';
import type { Question } from './messages';
import { useStore } from './store';

/** The bar above the form. */
export function BannerBar() {
  const { messages } = useHostPage();
  const { banner } = useStore(messages);
  if (!banner) return null;
  return (
    <div className={`banner banner-${banner.level}`} role={banner.level === 'error' ? 'alert' : 'status'}>
      <p>{banner.text}</p>
      {banner.dismissable && (
        <button type="button" className="quiet" onClick={() => messages.closeBanner()}>
          Dismiss
        </button>
      )}
    </div>
  );
}

/** Temporary messages in the corner. */
export function Toasts() {
  const { messages } = useHostPage();
  const { toasts } = useStore(messages);
  return (
    <div className="toasts" role="status" aria-label="Messages">
      {toasts.map(({ id, text, action }) => (
        <div key={id} className="toast">
          <p>{text}</p>
          {action && (
            <button
              type="button"
              className="link"
              onClick={() => {
                action.run();
                messages.closeToast(id);
              }}
            >
              {action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

/** The question in the middle of the page, if one is asked. */
export function QuestionDialog() {
  const { messages } = useHostPage();
  const { question } = useStore(messages);
  return question ? <OpenDialog key={question.title} question={question} /> : null;
}

function OpenDialog({ question }: { question: Question }) {
  const dialog = React.useRef<HTMLDialogElement>(null);
  React.useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      role="dialog"
      aria-modal="true"
      aria-labelledby="question-title"
      aria-describedby="question-text"
      onCancel={() => question.answer(false)}
    >
      <h2 id="question-title">{question.title}</h2>
      <p id="question-text">{question.text}</p>
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={() => question.answer(true)}>
          OK
        </button>
        <button type="button" onClick={() => question.answer(false)}>
          Cancel
        </button>
      </div>
    </dialog>
  );
}
