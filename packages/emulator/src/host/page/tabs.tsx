import * as React from 'react';

/** Tab and its contents. */
export interface Tab {
  id: string;
  label: string;
  content: React.ReactNode;
  /** Once shown, the content stays mounted behind other tabs. */
  keepMounted?: boolean;
}

let rowCount = 0;

/** A row of tabs, moved through with the arrow keys, and the panel of the selected one. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const [selected, setSelected] = React.useState(tabs[0]?.id);
  const [visited, setVisited] = React.useState(() => new Set([selected]));
  const [prefix] = React.useState(() => `tabs-${++rowCount}`);
  const row = React.useRef<HTMLDivElement>(null);

  const select = (id: string): void => {
    setSelected(id);
    setVisited(new Set([...visited, id]));
  };
  const moveByKey = (event: React.KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const index = tabs.findIndex((tab) => tab.id === selected);
    const next = tabs[(index + step + tabs.length) % tabs.length]!;
    select(next.id);
    row.current?.querySelector<HTMLElement>(`#${prefix}-tab-${next.id}`)?.focus();
  };

  return (
    <>
      <div ref={row} className="tab-row" role="tablist" aria-label={label} onKeyDown={moveByKey}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${prefix}-tab-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === selected}
            aria-controls={`${prefix}-panel-${tab.id}`}
            tabIndex={tab.id === selected ? 0 : -1}
            onClick={() => select(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          id={`${prefix}-panel-${tab.id}`}
          className="tab-panel"
          role="tabpanel"
          aria-labelledby={`${prefix}-tab-${tab.id}`}
          hidden={tab.id !== selected}
        >
          {(tab.id === selected || (tab.keepMounted && visited.has(tab.id))) && tab.content}
        </div>
      ))}
    </>
  );
}
