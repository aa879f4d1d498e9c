import * as React from 'react';
import type { PanelResize } from './layout';

interface PanelEdgeProps {
  resize: PanelResize;
  onWidth: (widthPx: number) => void;
}

/** How far an arrow key moves the edge. */
const stepPx = 20;

/** Resizable edge of a panel, by pointer or arrow keys. */
export function PanelEdge({ resize, onWidth }: PanelEdgeProps) {
  const { minWidth, maxWidth, onWidthChanged } = resize;
  const edge = React.useRef<HTMLDivElement>(null);
  const [width, setWidth] = React.useState<number>();
  /** Distance of the pointer from the edge. */
  const grip = React.useRef(0);
  const panelBox = (): DOMRect => edge.current!.parentElement!.getBoundingClientRect();

  const change = (wanted: number): void => {
    const within = Math.max(minWidth, Math.min(wanted, maxWidth, window.innerWidth));
    setWidth(within);
    onWidth(within);
  };
  const tell = (): void => {
    Promise.resolve(onWidthChanged?.(panelBox().width)).catch((error: unknown) =>
      console.warn('The opener failed in onWidthChanged.', error),
    );
  };
  React.useEffect(() => setWidth(panelBox().width), []);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const direction = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    change(panelBox().width + direction * stepPx);
  };
  return (
    <div
      ref={edge}
      className="panel-edge"
      role="separator"
      aria-label="Width of the panel"
      aria-orientation="vertical"
      aria-valuemin={minWidth}
      aria-valuemax={Math.min(maxWidth, window.innerWidth)}
      aria-valuenow={width && Math.round(width)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onKeyUp={({ key }) => key.startsWith('Arrow') && tell()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = event.clientX - panelBox().left;
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          change(panelBox().right - event.clientX + grip.current);
      }}
      onPointerUp={tell}
    />
  );
}
