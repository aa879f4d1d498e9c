import * as React from 'react';

/**
 * Follows which of the elements with a `data-key` inside a container are on the screen.
 *
 * @param onChange Told their keys, in no order. Always the same function.
 * @param what Changes when there are other elements to follow.
 * @returns The ref of the container.
 */
export function useVisible<E extends HTMLElement>(
  onChange: (keys: ReadonlySet<string>) => void,
  what: unknown,
): React.RefObject<E> {
  const container = React.useRef<E>(null);
  React.useEffect(() => {
    const keys = new Set<string>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const key = target instanceof HTMLElement ? target.dataset['key'] : undefined;
        if (key === undefined) continue;
        if (isIntersecting) keys.add(key);
        else keys.delete(key);
      }
      onChange(new Set(keys));
    });
    for (const element of container.current?.querySelectorAll('[data-key]') ?? []) observer.observe(element);
    return () => observer.disconnect();
  }, [onChange, what]);
  return container;
}
