import * as React from 'react';
import { perLanguage } from '../../base/i18n/language';
import { t } from '../../base/i18n/translate';
import { makeVisible } from '../../base/visible-text';
import { useSize } from '../viewers/hooks';
import type { Size } from '../viewers/image/zoom';
import { describeViewerProblem } from '../viewers/sentences';
import type { ImageDiff } from './diff-images';
import { diffImages } from './diff-images';

/** Image to compare. */
export interface ComparedImage {
  readonly name: string;
  /** When it was attached, to tell versions with the same name apart; may be empty. */
  readonly date: string;
  /** Object URL of its bytes. */
  readonly url: string;
}

interface Pair {
  readonly before: ComparedImage;
  readonly after: ComparedImage;
}

/** Sizes of the loaded images, by address. */
interface Sizes {
  readonly sizes: ReadonlyMap<string, Size>;
  readonly onLoad: (url: string, image: HTMLImageElement) => void;
}

const MODES = [
  ['side-by-side', () => t('Side by side')],
  ['slider', () => t('Slider')],
  ['difference', () => t('Difference')],
] as const;

/** Buttons to download the images. */
interface Downloads {
  readonly downloads: React.ReactNode;
}

/** Two images side by side, on top of each other with a slider, or with their differences. */
export function CompareImages({ before, after, downloads }: Pair & Downloads): React.JSX.Element {
  const [mode, setMode] = React.useState<(typeof MODES)[number][0]>('side-by-side');
  const [broken, setBroken] = React.useState<string>();
  const [sizes, setSizes] = React.useState<Sizes['sizes']>(new Map());
  const onLoad: Sizes['onLoad'] = (url, image) =>
    setSizes((known) => new Map(known).set(url, naturalSizeOf(image)));
  if (broken !== undefined)
    return (
      <p role="alert">
        {describeViewerProblem('no-image', broken)} {downloads}
      </p>
    );
  return (
    <>
      <div className="tabs" role="group" aria-label={t('Compare by')}>
        {MODES.map(([each, nameMode]) => (
          <button key={each} type="button" aria-pressed={mode === each} onClick={() => setMode(each)}>
            {nameMode()}
          </button>
        ))}
      </div>
      {mode === 'side-by-side' && (
        <div className="compare-pair">
          {[before, after].map((each) => (
            <figure key={each.url}>
              <figcaption>
                <Caption image={each} size={sizes.get(each.url)} />
              </figcaption>
              <img
                src={each.url}
                alt={each.name}
                draggable={false}
                onLoad={({ currentTarget }) => onLoad(each.url, currentTarget)}
                onError={() => setBroken(each.name)}
              />
            </figure>
          ))}
        </div>
      )}
      {mode === 'slider' && (
        <SliderView before={before} after={after} sizes={sizes} onLoad={onLoad} onBroken={setBroken} />
      )}
      {mode === 'difference' && <DifferenceView {...{ before, after, sizes, downloads }} />}
    </>
  );
}

function Caption(props: { image: ComparedImage; size: Size | undefined }): React.JSX.Element {
  const { image, size } = props;
  return (
    <span className="quiet compare-caption">
      <bdi>{makeVisible(image.name)}</bdi>
      {size && ` · ${size.width} × ${size.height}`}
      {image.date && ` · ${image.date}`}
    </span>
  );
}

/** Captions at the sides of their pictures: the older one on the left in all languages. */
function Captions({ before, after, sizes }: Pair & Pick<Sizes, 'sizes'>): React.JSX.Element {
  return (
    <div className="compare-captions">
      <Caption image={before} size={sizes.get(before.url)} />
      <Caption image={after} size={sizes.get(after.url)} />
    </div>
  );
}

/** Both pictures on top of each other, as large as there is room, with a handle on them. */
function SliderView({
  before,
  after,
  sizes,
  onLoad,
  onBroken,
}: Pair & Sizes & { onBroken: (name: string) => void }): React.JSX.Element {
  const [percent, setPercent] = React.useState(50);
  const stage = React.useRef<HTMLDivElement>(null);
  const room = useSize(stage);
  const scale = room && scaleFor([...sizes.values()], room);
  const [width, height] = boundsOf([...sizes.values()]);
  const isReady = scale !== undefined && sizes.size === 2;
  const picture = ({ name, url }: ComparedImage): React.JSX.Element => {
    const size = sizes.get(url);
    return (
      <img
        src={url}
        alt={name}
        draggable={false}
        style={size && scale !== undefined ? { width: size.width * scale, height: size.height * scale } : {}}
        onLoad={({ currentTarget }) => onLoad(url, currentTarget)}
        onError={() => onBroken(name)}
      />
    );
  };
  return (
    <>
      <Captions before={before} after={after} sizes={sizes} />
      <div ref={stage} className="compare-stage">
        <div
          className="compare-stack"
          style={
            isReady ? { width: width * scale, height: height * scale } : { visibility: 'hidden' as const }
          }
        >
          {picture(before)}
          <div className="compare-above" style={{ clipPath: `inset(0 0 0 ${percent}%)` }}>
            {picture(after)}
          </div>
          <input
            type="range"
            className="compare-range"
            aria-label={t('Divider between {name} and {otherName}', {
              name: before.name,
              otherName: after.name,
            })}
            min={0}
            max={100}
            value={percent}
            onChange={({ target }) => setPercent(Number(target.value))}
          />
          <div className="compare-edge" style={{ left: `${percent}%` }}>
            <span className="compare-handle" />
          </div>
        </div>
      </div>
    </>
  );
}

/** Size of a vector image without dimensions. */
const DEFAULT_SIZE: Size = { width: 512, height: 512 };

function naturalSizeOf({ naturalWidth: width, naturalHeight: height }: HTMLImageElement): Size {
  return width > 0 && height > 0 ? { width, height } : DEFAULT_SIZE;
}

/** Returns the width and height of the smallest box around both pictures. */
function boundsOf(sizes: readonly Size[]): readonly [number, number] {
  return [Math.max(1, ...sizes.map(({ width }) => width)), Math.max(1, ...sizes.map(({ height }) => height))];
}

/** Returns the same scale for both pictures, so that equal pixels overlap. */
function scaleFor(sizes: readonly Size[], room: Size): number {
  const [width, height] = boundsOf(sizes);
  return Math.min(room.width / width, room.height / height);
}

/** State of the comparison of two images. */
type Comparison =
  { readonly status: 'comparing' | 'failed' } | (Pick<ImageDiff, 'share'> & { readonly status: 'drawn' });

function DifferenceView({
  before,
  after,
  sizes,
  downloads,
}: Pair & Pick<Sizes, 'sizes'> & Downloads): React.JSX.Element {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const stage = React.useRef<HTMLDivElement>(null);
  const room = useSize(stage);
  const scale = room && scaleFor([...sizes.values()], room);
  const [width, height] = boundsOf([...sizes.values()]);
  const [comparison, setComparison] = React.useState<Comparison>({ status: 'comparing' });
  React.useEffect(() => {
    let isWanted = true;
    Promise.all([before.url, after.url].map(load))
      .then(([first, second]) => {
        if (!isWanted || !canvas.current || !first || !second) return;
        const { share } = diffImages(canvas.current, first, second);
        setComparison({ status: 'drawn', share });
      })
      .catch(() => setComparison({ status: 'failed' }));
    return () => {
      isWanted = false;
    };
  }, [before.url, after.url]);
  const message = describeComparison(comparison);
  return (
    <>
      <p className="quiet" role="status">
        {message} {comparison.status === 'failed' && downloads}
      </p>
      <Captions before={before} after={after} sizes={sizes} />
      <div ref={stage} className="compare-canvas">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${t('Image of the differences.')} ${message}`}
          // As large as on the slider.
          style={
            scale !== undefined && sizes.size === 2 ? { width: width * scale, height: height * scale } : {}
          }
        />
      </div>
    </>
  );
}

/** @throws DOMException when the browser cannot decode the image. */
async function load(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function describeComparison(comparison: Comparison): string {
  switch (comparison.status) {
    case 'comparing':
      return t('Comparing…');
    case 'failed':
      return t("Can't compare these images. Download them to compare them in another app.");
    case 'drawn':
      return describeShare(comparison.share);
  }
}

const tenths = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);

/** Smallest share to show as a number, in percent. */
const MIN_PERCENT = 0.1;

function describeShare(share: number | undefined): string {
  if (share === undefined) return t('Differences are shown in color.');
  if (share === 0) return t('Both images look the same.');
  const percent = 100 * share;
  return percent < MIN_PERCENT
    ? t('Less than {percent}% of pixels differ (shown in color).', { percent: tenths().format(MIN_PERCENT) })
    : t('{percent}% of pixels differ (shown in color).', { percent: tenths().format(percent) });
}
