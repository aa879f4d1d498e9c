import * as React from 'react';
import { kindOf } from '../../model/file-kind';
import { useObjectUrl } from '../use-object-url';
import type { ViewerProps } from '../viewer';
import { ViewerFrame, ViewerError } from '../viewer-frame';
import './media.css';
import { mediaType } from './media-type';

/** Plays a film or a sound with the browser's own controls. It starts when the person wants it. */
export function MediaViewer({ file }: ViewerProps): React.JSX.Element {
  const kind = kindOf(file.name) === 'audio' ? 'audio' : 'video';
  const url = useObjectUrl(file.bytes, mediaType(file.name, kind));
  const [failed, setFailed] = React.useState<string>();
  const player = React.useRef<HTMLVideoElement>(null);
  React.useEffect(() => {
    const { current } = player;
    // A player that is taken off the page goes on until it is collected.
    return () => current?.pause();
  }, [url]);
  if (url !== undefined && failed === url)
    return (
      <ViewerFrame>
        <ViewerError kind="no-media" name={file.name} />
      </ViewerFrame>
    );
  const settings = {
    ref: player,
    src: url,
    controls: true,
    preload: 'metadata',
    'aria-label': file.name,
    onError: () => setFailed(url),
  };
  return (
    <ViewerFrame>
      <div className="viewer-media">
        {url !== undefined &&
          (kind === 'audio' ? <audio {...settings} /> : <video {...settings} playsInline={true} />)}
      </div>
    </ViewerFrame>
  );
}
