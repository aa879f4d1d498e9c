import * as React from 'react';
import { drawDifference } from './difference';

/** A picture to be compared. */
export interface ComparedImage {
  readonly name: string;
  /** Of its bytes, on this page. */
  readonly url: string;
}

const MODES = [
  ['side-by-side', 'Side by side'],
  ['slider', 'Slider'],
  ['difference', 'Difference'],
] as const;

/** Two pictures side by side, one above the other with an edge that moves, or what they differ in. */
export function CompareImages(props: { before: ComparedImage; after: ComparedImage }): React.JSX.Element {
  const { before, after } = props;
  const [mode, setMode] = React.useState<(typeof MODES)[number][0]>('side-by-side');
  const [broken, setBroken] = React.useState<string>();
  const picture = ({ name, url }: ComparedImage): React.JSX.Element => (
    <img src={url} alt={name} draggable={false} onError={() => setBroken(name)} />
  );
  if (broken !== undefined) return <p role="alert">“{broken}” is no picture that this browser can show.</p>;
  return (
    <>
      <div className="tabs" role="group" aria-label="Compare by">
        {MODES.map(([each, text]) => (
          <button key={each} type="button" aria-pressed={mode === each} onClick={() => setMode(each)}>
            {text}
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
        <Slider before={picture(before)} after={picture(after)} label={`${before.name} and ${after.name}`} />
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
        aria-label={`How much is seen of ${label}`}
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

function DifferenceView({ before, after }: { before: string; after: string }): React.JSX.Element {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const [words, setWords] = React.useState('Comparing…');
  React.useEffect(() => {
    let isWanted = true;
    Promise.all([before, after].map(load))
      .then(([first, second]) => {
        if (!isWanted || !canvas.current || !first || !second) return;
        setWords(describeShare(drawDifference(canvas.current, first, second).share));
      })
      .catch(() => setWords('These pictures cannot be compared here.'));
    return () => {
      isWanted = false;
    };
  }, [before, after]);
  return (
    <>
      <p className="quiet" role="status">
        {words}
      </p>
      <div className="compare-canvas">
        <canvas ref={canvas} role="img" aria-label={`What differs. ${words}`} />
      </div>
    </>
  );
}

/** @throws DOMException where it is no picture that the browser knows */
async function load(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function describeShare(share: number | undefined): string {
  if (share === undefined) return 'What is not black differs.';
  if (share === 0) return 'Both pictures look the same.';
  const percent = 100 * share;
  return `${percent < 0.1 ? 'Less than 0.1' : percent.toFixed(1)} % of the pixels differ: those that are not black.`;
}
