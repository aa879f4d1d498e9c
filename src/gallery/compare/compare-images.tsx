import * as React from 'react';
import { perLanguage, t } from '../../base/i18n/translate';
import type { ImageDiff } from './diff-images';
import { diffImages } from './diff-images';

/** Image to compare. */
export interface ComparedImage {
  readonly name: string;
  /** Object URL of its bytes. */
  readonly url: string;
}

const MODES = [
  ['side-by-side', () => t('Side by side')],
  ['slider', () => t('Slider')],
  ['difference', () => t('Difference')],
] as const;

/** Two images side by side, on top of each other with a slider, or as their difference. */
export function CompareImages(props: { before: ComparedImage; after: ComparedImage }): React.JSX.Element {
  const { before, after } = props;
  const [mode, setMode] = React.useState<(typeof MODES)[number][0]>('side-by-side');
  const [broken, setBroken] = React.useState<string>();
  const picture = ({ name, url }: ComparedImage): React.JSX.Element => (
    <img src={url} alt={name} draggable={false} onError={() => setBroken(name)} />
  );
  if (broken !== undefined)
    return <p role="alert">{t('“{name}” is no picture that this browser can show.', { name: broken })}</p>;
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
              {picture(each)}
              <figcaption className="quiet">{each.name}</figcaption>
            </figure>
          ))}
        </div>
      )}
      {mode === 'slider' && (
        <Slider
          before={picture(before)}
          after={picture(after)}
          label={t('How much is seen of {name} and {otherName}', {
            name: before.name,
            otherName: after.name,
          })}
        />
      )}
      {mode === 'difference' && <DifferenceView before={before.url} after={after.url} />}
    </>
  );
}

function Slider(props: {
  before: React.JSX.Element;
  after: React.JSX.Element;
  label: string;
}): React.JSX.Element {
  const { before, after, label } = props;
  const [percent, setPercent] = React.useState(50);
  return (
    <>
      <input
        type="range"
        className="compare-range"
        aria-label={label}
        min={0}
        max={100}
        value={percent}
        onChange={({ target }) => setPercent(Number(target.value))}
      />
      <div className="compare-stack">
        {before}
        <div className="compare-above" style={{ clipPath: `inset(0 0 0 ${percent}%)` }}>
          {after}
        </div>
        <div className="compare-edge" style={{ left: `${percent}%` }} />
      </div>
    </>
  );
}

/** State of the comparison of two images. */
type Comparison =
  { readonly status: 'comparing' | 'failed' } | (Pick<ImageDiff, 'share'> & { readonly status: 'drawn' });

function DifferenceView({ before, after }: { before: string; after: string }): React.JSX.Element {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const [comparison, setComparison] = React.useState<Comparison>({ status: 'comparing' });
  React.useEffect(() => {
    let isWanted = true;
    Promise.all([before, after].map(load))
      .then(([first, second]) => {
        if (!isWanted || !canvas.current || !first || !second) return;
        const { share } = diffImages(canvas.current, first, second);
        setComparison({ status: 'drawn', share });
      })
      .catch(() => setComparison({ status: 'failed' }));
    return () => {
      isWanted = false;
    };
  }, [before, after]);
  const message = describeComparison(comparison);
  return (
    <>
      <p className="quiet" role="status">
        {message}
      </p>
      <div className="compare-canvas">
        <canvas ref={canvas} role="img" aria-label={`${t('What differs.')} ${message}`} />
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
      return t('These pictures cannot be compared here.');
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
  if (share === undefined) return t('What is not black differs.');
  if (share === 0) return t('Both pictures look the same.');
  const percent = 100 * share;
  return percent < MIN_PERCENT
    ? t('Less than {percent} % of the pixels differ: those that are not black.', {
        percent: tenths().format(MIN_PERCENT),
      })
    : t('{percent} % of the pixels differ: those that are not black.', { percent: tenths().format(percent) });
}
