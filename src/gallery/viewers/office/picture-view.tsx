import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { useLoading, useObjectUrl } from '../hooks';
import type { Picture } from './nodes';
import type { Pictures } from './pictures';
import { PicturesContext } from './pictures';
import type { PictureContent } from './read-picture';

/** Look of a picture, whether it is loaded or not. */
interface PictureLook {
  /** Name for screen readers. */
  readonly words: string;
  /** Size on the page; `undefined` until the picture tells. */
  readonly size: React.CSSProperties | undefined;
}

/**
 * A picture of a document, loaded while it is near the screen. Its place keeps the size, and a picture that cannot be
 * shown is not tried again: the text around would move, and the picture with it.
 */
export function PictureView({ picture }: { picture: Picture }): React.JSX.Element {
  const { part, alt } = picture;
  const pictures = React.useContext(PicturesContext);
  const place = React.useRef<HTMLSpanElement>(null);
  const [isNear, setIsNear] = React.useState(false);
  const [isMissing, setIsMissing] = React.useState(false);
  const [size, setSize] = React.useState(() => sizeOf(picture));
  React.useEffect(
    () =>
      place.current && part !== undefined && !isMissing
        ? pictures?.watch(place.current, setIsNear)
        : undefined,
    [pictures, part, isMissing],
  );
  const onLoad = React.useCallback(
    (loaded: PictureContent) => setSize((known) => known ?? sizeOf(loaded)),
    [],
  );
  const onMissing = React.useCallback(() => setIsMissing(true), []);
  if (part === undefined || !pictures || isMissing) return <MissingPicture alt={alt} />;
  const look = { words: alt === '' ? t('Image') : makeVisible(alt), size };
  return (
    <span ref={place} className="viewer-office-picture">
      {isNear ? (
        <NearPicture {...look} load={pictures.load} {...{ part, alt, onLoad, onMissing }} />
      ) : (
        <Place {...look} />
      )}
    </span>
  );
}

/** Place of a picture that is not loaded. */
function Place({ words, size }: PictureLook): React.JSX.Element {
  return <span className="viewer-office-picture-place" role="img" aria-label={words} style={size} />;
}

function NearPicture(
  props: PictureLook & {
    readonly part: string;
    readonly alt: string;
    readonly load: Pictures['load'];
    readonly onLoad: (loaded: PictureContent) => void;
    readonly onMissing: () => void;
  },
): React.JSX.Element {
  const { part, alt, words, size, load, onLoad, onMissing } = props;
  const loading = useLoading(React.useCallback((signal: AbortSignal) => load(part, signal), [load, part]));
  const isFull = loading.status === 'ready' && loading.value === undefined;
  React.useEffect(() => {
    if (loading.status === 'failed') onMissing();
    else if (loading.status === 'ready' && loading.value) onLoad(loading.value);
  }, [loading, onLoad, onMissing]);
  if (loading.status === 'ready' && loading.value)
    return <LoadedPicture content={loading.value} words={words} size={size} onMissing={onMissing} />;
  return isFull ? (
    <span className="viewer-office-picture-place" style={size}>
      <MissingPicture alt={alt} />
    </span>
  ) : (
    <Place words={words} size={size} />
  );
}

function LoadedPicture(
  props: PictureLook & { readonly content: PictureContent; readonly onMissing: () => void },
): React.JSX.Element {
  const { content, words, size, onMissing } = props;
  const { bytes, type } = content;
  const url = useObjectUrl(
    React.useMemo(() => new Blob([bytes]), [bytes]),
    type,
  );
  if (url === undefined) return <Place words={words} size={size} />;
  return (
    <img className="viewer-office-picture-place" style={size} src={url} alt={words} onError={onMissing} />
  );
}

function MissingPicture({ alt }: { alt: string }): React.JSX.Element {
  return (
    <span className="quiet">
      {alt === '' ? t('[image not shown]') : t('[image not shown: {words}]', { words: makeVisible(alt) })}
    </span>
  );
}

function sizeOf(picture: Pick<Picture, 'width' | 'height'>): React.CSSProperties | undefined {
  const { width, height } = picture;
  return width === undefined || height === undefined
    ? undefined
    : { width, aspectRatio: `${width} / ${height}` };
}
