import * as React from 'react';
import type { Thumbnail } from '../../attached/thumbnails';
import { FileIcon } from '../../ui/icons';

/** A small picture of a file, or the icon of its kind as long as there is none. It says nothing: the name does. */
export function ThumbnailView(props: { name: string; thumbnail: Thumbnail | undefined }): React.JSX.Element {
  const { name, thumbnail } = props;
  if (thumbnail?.status === 'ready')
    return <img className="gallery-thumbnail" src={thumbnail.url} alt="" draggable={false} />;
  return (
    <span className="gallery-thumbnail">
      <FileIcon name={name} />
    </span>
  );
}
