import * as React from 'react';

/** Steps by key in a row of tabs. */
const STEPS: Readonly<Partial<Record<string, number>>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Row of tabs. Only the chosen one is in the tab order; the arrows, Home and End choose another. */
export function Tabs<Id extends string>(props: {
  label: string;
  tabs: readonly { readonly id: Id; readonly text: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
}): React.JSX.Element {
  const { label, tabs, chosen, onChoose } = props;
  const list = React.useRef<HTMLDivElement>(null);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const from = tabs.findIndex(({ id }) => id === chosen);
    const isRightToLeft = list.current !== null && getComputedStyle(list.current).direction === 'rtl';
    const step = (STEPS[event.key] ?? 0) * (isRightToLeft ? -1 : 1);
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : from + step;
    if (to === from && step === 0) return;
    // Otherwise, an arrow leads to the next file.
    event.preventDefault();
    event.stopPropagation();
    const index = (to + tabs.length) % tabs.length;
    const next = tabs[index];
    if (!next) return;
    onChoose(next.id);
    list.current?.querySelectorAll('button')[index]?.focus();
  }

  return (
    <div ref={list} className="tabs viewer-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map(({ id, text }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
