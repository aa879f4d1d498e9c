import * as React from 'react';

/** Observes width and height of a mounted element without its borders, in CSS pixels. */
export function useSize<E extends HTMLElement>(
  element: React.RefObject<E>,
): { readonly width: number; readonly height: number } | undefined {
  const [size, setSize] = React.useState<{ width: number; height: number }>();
  React.useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: current.clientWidth, height: current.clientHeight }),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
