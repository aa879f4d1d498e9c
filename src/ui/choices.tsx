import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import './save-line.css';

/** An answer to a question, as a button. */
export interface Choice<Answer extends string> {
  readonly answer: Answer;
  readonly text: string;
  readonly isDefault?: boolean;
}

/** A question about the first of several files, which can be answered for all. */
export function Choices<Answer extends string>(props: {
  label: string;
  icon: React.JSX.Element;
  text: string;
  choices: readonly Choice<Answer>[];
  /** Ids of the files, the first one first. */
  ids: readonly string[];
  isDisabled?: boolean;
  onAnswer: (ids: readonly string[], answer: Answer) => void;
  /** Details below the question. */
  children?: React.ReactNode;
}): React.JSX.Element {
  const { label, icon, text: question, choices, ids, isDisabled = false, onAnswer, children } = props;
  const [isForAll, setForAll] = React.useState(false);
  return (
    <div className="save-line" role="group" aria-label={label} data-keeps-focus="">
      <p className="line-text" role="status">
        {icon}
        <span>{question}</span>
      </p>
      {children}
      <div className="save-line-choices">
        {choices.map(({ answer, text, isDefault }) => (
          <Button
            key={answer}
            text={text}
            primary={isDefault === true}
            disabled={isDisabled}
            onClick={() => onAnswer(isForAll ? ids : ids.slice(0, 1), answer)}
          />
        ))}
        {ids.length > 1 && (
          <label className="save-line-remember">
            <input type="checkbox" checked={isForAll} onChange={(event) => setForAll(event.target.checked)} />
            {t('Do this for all {count, number} files', { count: ids.length })}
          </label>
        )}
      </div>
    </div>
  );
}
