import * as React from 'react';
import { IsSearchedContext } from './in-chunks';
import { SearchField } from './search-field';
import { useContentSearch } from './use-content-search';
import { ViewerFrame } from './viewer-frame';

/** Layout of a viewer with rendered content, which scrolls and has a search. */
export function ContentFrame(props: {
  /** Controls before the search field. */
  leadingControls: React.ReactNode;
  /** Facts after the search field. */
  facts?: React.ReactNode;
  /** Messages above the content. */
  messages?: React.ReactNode;
  /** Accessible name of the content. */
  label: string;
  className: string;
  /** Whether the file has more content than is shown. */
  isCut?: boolean;
  dir?: 'auto';
  children: React.ReactNode;
}): React.JSX.Element {
  const { leadingControls, facts, messages, label, className, isCut = false, dir, children } = props;
  const content = React.useRef<HTMLDivElement>(null);
  const search = useContentSearch(content, isCut);
  return (
    <ViewerFrame
      controls={
        <>
          {leadingControls}
          <SearchField search={search} status={search.status} />
          {facts}
        </>
      }
    >
      {messages}
      <div
        ref={content}
        className={`viewer-scroll ${className}`}
        role="region"
        aria-label={label}
        dir={dir}
        tabIndex={0}
      >
        <IsSearchedContext.Provider value={search.query !== ''}>{children}</IsSearchedContext.Provider>
      </div>
    </ViewerFrame>
  );
}
