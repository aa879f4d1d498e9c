import * as React from 'react';
import type { Contribution } from '../../../contract';
import { useHostPage } from '../host-page';
import { useStore } from '../store';
import { FormPart, type FormView } from './form-part';
import { FrameView } from './frame-view';

/** Assumed: a contribution without a height gets the browser's own for a frame. */
const defaultHeight = 150;

interface ExtensionFrameProps {
  contribution: Contribution;
  /** View of the frame; observers have none. */
  view: FormView | undefined;
  /** Whether the view is the one on the screen. */
  shown: boolean;
}

/** A part of the form in its frame, for as long as this component is mounted. The width is always the column's. */
export function ExtensionFrame({ contribution, view, shown }: ExtensionFrameProps) {
  const page = useHostPage();
  const [part] = React.useState(() => new FormPart(page, contribution, view));
  const { height } = useStore(part.connection);
  const isPage = contribution.type === 'ms.vss-work-web.work-item-form-page';
  const { container, rest } = useRestOfViewport(isPage);

  React.useLayoutEffect(() => {
    const endEvents = page.board.onEvent(part.hear);
    return () => {
      endEvents();
      part.dispose();
    };
  }, [part, page]);

  return (
    <div ref={container} className="extension-frame" data-work-item-type={view?.workItemType} hidden={!shown}>
      <FrameView
        contribution={contribution}
        connection={part.connection}
        // A page gets the rest of the screen, regardless of its request (host reference 4.3).
        height={isPage ? rest : (height ?? initialHeight(contribution))}
      />
    </div>
  );
}

function initialHeight({ properties }: Contribution): number {
  return typeof properties['height'] === 'number' ? properties['height'] : defaultHeight;
}

/** Space between the frame of a page and the bottom of the screen, in CSS pixels. */
const belowPage = 16;

/** How high an element can be without going below the end of the screen, in CSS pixels; 150 at least. */
function useRestOfViewport(isPage: boolean) {
  const container = React.useRef<HTMLDivElement>(null);
  const [rest, setRest] = React.useState(defaultHeight);
  React.useEffect(() => {
    if (!isPage) return undefined;
    const measure = (): void => {
      const { top = 0, width = 0 } = container.current?.getBoundingClientRect() ?? {};
      // Hidden, it has no place.
      if (width > 0) setRest(Math.max(defaultHeight, window.innerHeight - top - window.scrollY - belowPage));
    };
    // Shown for the first time, or again, it has a place at last.
    const observer = new IntersectionObserver(measure);
    if (container.current) observer.observe(container.current);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [isPage]);
  return { container, rest };
}
