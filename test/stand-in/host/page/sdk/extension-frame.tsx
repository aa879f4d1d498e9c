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
  /** The view that the frame belongs to; observers have none. */
  view: FormView | undefined;
  /** Whether the view is the one on the screen. */
  shown: boolean;
}

/** A part of the form in its frame, for as long as this component is mounted. The width is always the column's. */
export function ExtensionFrame({ contribution, view, shown }: ExtensionFrameProps) {
  const page = useHostPage();
  const [part] = React.useState(() => new FormPart(page, contribution, view));
  const { height } = useStore(part.connection);

  React.useLayoutEffect(() => {
    const endEvents = page.board.onEvent(part.hear);
    return () => {
      endEvents();
      part.dispose();
    };
  }, [part, page]);

  return (
    <div className="extension-frame" data-work-item-type={view?.workItemType} hidden={!shown}>
      <FrameView
        contribution={contribution}
        connection={part.connection}
        height={height ?? initialHeight(contribution)}
      />
    </div>
  );
}

function initialHeight({ properties }: Contribution): number {
  return typeof properties['height'] === 'number' ? properties['height'] : defaultHeight;
}
