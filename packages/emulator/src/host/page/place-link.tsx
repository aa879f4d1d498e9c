import * as React from 'react';
import { useHostPage, useTask } from './host-page';
import { placePath, type Place } from './routing';
import { useStore } from './store';

interface PlaceLinkProps {
  place: Place;
  children: React.ReactNode;
}

/** A link to a page, followed without loading the host anew. */
export function PlaceLink({ place, children }: PlaceLinkProps) {
  const { config, navigation } = useHostPage();
  const run = useTask();
  const present = useStore(navigation);
  const path = placePath(config, place);
  const isHere = place.hub === undefined ? present.page === place.page : path === placePath(config, present);
  return (
    <a
      href={path}
      aria-current={isHere ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        run(() => navigation.go(place));
      }}
    >
      {children}
    </a>
  );
}
