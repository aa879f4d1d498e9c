import * as React from 'react';
import { useHostPage } from '../host-page';
import { isMarkdown, textOf } from '../work-item';
import { valueOf, type Form } from './form';
import { htmlOfText, textOfHtml } from './html';
import { pictureMarkup, picturesIn, type TextPicture } from './text-pictures';

interface LongTextProps {
  form: Form;
  field: string;
  label: string;
}

/** A long text: its words to edit, and its pictures below. */
export function LongText({ form, field, label }: LongTextProps) {
  const { board } = useHostPage();
  const value = textOf(valueOf(form, field));
  const hasMarkdown = isMarkdown(form.item, field);
  const valueOfText = (text: string) => (hasMarkdown ? text : htmlOfText(text) + pictureMarkup(value));
  return (
    <section className="group" aria-label={label}>
      <h3>{label}</h3>
      <textarea
        aria-label={label}
        rows={7}
        placeholder={`Click to add ${label.toLowerCase()}.`}
        disabled={form.isReadOnly}
        value={hasMarkdown ? value : textOfHtml(value)}
        onChange={({ target }) => board.setValues({ [field]: valueOfText(target.value) })}
      />
      <TextPictures text={value} isMarkdown={hasMarkdown} />
    </section>
  );
}

/** Pictures of a text. Those of other organizations and hosts are not loaded. */
export function TextPictures({ text, isMarkdown }: { text: string; isMarkdown: boolean }) {
  const pictures = picturesIn(text, isMarkdown);
  if (pictures.length === 0) return null;
  return (
    <ul className="text-pictures" aria-label="Pictures in the text">
      {pictures.map((picture, index) => (
        <li key={`${index} ${picture.address}`}>
          <Picture picture={picture} />
        </li>
      ))}
    </ul>
  );
}

function Picture({ picture: { address, label } }: { picture: TextPicture }) {
  const { rest, config } = useHostPage();
  const isHere = address.startsWith(config.restBaseUrl);
  const [shown, setShown] = React.useState(address.startsWith('data:') ? address : undefined);
  const [problem, setProblem] = React.useState<string>();
  React.useEffect(() => {
    if (!isHere) return;
    let url: string | undefined;
    let current = true;
    const show = (bytes: Blob): void => {
      if (!current) return;
      url = URL.createObjectURL(bytes);
      setShown(url);
    };
    const fail = (error: unknown): void => {
      if (current) setProblem(error instanceof Error ? error.message : String(error));
    };
    rest.download(address, new URL(address).searchParams.get('fileName') ?? '').then(show, fail);
    return () => {
      current = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [address, isHere, rest]);

  if (shown !== undefined) return <img src={shown} alt={label} />;
  if (isHere) return <span className="empty">{problem ?? 'Loading…'}</span>;
  return <span className="empty">Not loaded: {URL.parse(address)?.host ?? address}</span>;
}
