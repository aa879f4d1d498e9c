import * as React from 'react';

/** Time between two announcements, in milliseconds: a screen reader needs it to finish a sentence. */
const PAUSE_MS = 5_000;

/** Tells screen readers now and then how a run goes. */
export function RunNews({ text }: { text: string }): React.JSX.Element {
  const [spoken, speak] = React.useState(text);
  const latest = React.useRef(text);
  latest.current = text;
  React.useEffect(() => {
    const timer = setInterval(() => speak(latest.current), PAUSE_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="for-screen-readers" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}
