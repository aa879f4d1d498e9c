import * as React from 'react';
import { assumptionAnswers, type Assumptions, type ClockState } from '../../../contract';
import { control } from '../control';
import { useHostPage, useTask } from '../host-page';

/** Enough for a purge. */
const purgeDays = 28;

/** Question with the names of its answers, in their order. */
const questions: Record<keyof Assumptions, readonly [question: string, ...answers: string[]]> = {
  repeatedChunk: ['A chunk sent again', 'is refused', 'is written again'],
  unnamedUpload: ['An upload without a name', 'is accepted', 'is refused'],
  nameInRelation: ['The name given in a link', 'is kept', 'is ignored'],
  nameChange: ['A new name of a link', 'is kept', 'is ignored', 'is refused'],
  contentRangeInPreflight: ['Content-Range in a preflight', 'is allowed', 'is refused'],
  retryAfterReadable: ['Retry-After', 'is hidden from pages', 'can be read'],
  relationUrlTest: ['A test of a relation’s url', 'is allowed', 'is refused'],
  batchFromExtension: [
    'A batch from an extension',
    'is taken',
    'is refused (403)',
    'is unknown (404)',
    'is refused without CORS (401)',
    'gets a page (404)',
    'gets a page (405)',
  ],
  batchFailure: ['What fails in a batch', 'leaves the others alone', 'undoes all of it'],
  expiredSignIn: ['An expired sign-in', 'is redirected', 'is refused (401)'],
  uploadWithoutProject: ['An upload without a project', 'is accepted', 'is refused (403)'],
  downloadRange: ['A part of a file', 'is sent as the whole', 'is sent', 'is refused by CORS'],
  largestFile: ['The largest file', '60 MB', '4 MB', '2 GB', 'is of any size'],
  textFormats: ['The format of texts', 'is in answers from version 7.2', 'is in all answers'],
  relinkStopsPurge: ['A removed file that is linked again', 'is purged after 28 days', 'is kept'],
  secondLinkStopsPurge: ['A file removed from one of two work items', 'is kept', 'is purged after 28 days'],
  inlineAloneIsPurged: ['A picture only in a text', 'is kept', 'is purged'],
  filesMoveChangedDate: ['The changed date', 'moves with files', 'ignores files'],
  topOfManyResults: ['$top of too many results', 'cuts them', 'is refused'],
  fileCountInQueries: ['A query on the number of files', 'knows it at once', 'knows it 10 s later'],
  extensionDataByToken: ['Extension data outside the browser', 'can be read', 'is refused'],
};

/** Controls for open questions about the service. */
export function ServiceControls() {
  const { messages } = useHostPage();
  const run = useTask();
  const [assumptions, setAssumptions] = React.useState<Assumptions>();
  React.useEffect(() => {
    control.readAssumptions().then(setAssumptions, messages.showError);
  }, [messages]);

  if (!assumptions) return null;
  const change = (part: Partial<Assumptions>): void => {
    const changed = { ...assumptions, ...part };
    setAssumptions(changed);
    run(() => control.writeAssumptions(changed));
  };
  return (
    <details className="choices">
      <summary>Service behavior</summary>
      <div className="controls">
        {(Object.keys(questions) as (keyof Assumptions)[]).map((name) => {
          const [question, ...answers] = questions[name];
          const possible: readonly unknown[] = assumptionAnswers[name];
          return (
            <label key={name}>
              <span>{question}</span>
              <select
                name={name}
                value={possible.indexOf(assumptions[name])}
                onChange={({ target }) => change({ [name]: possible[Number(target.value)] })}
              >
                {answers.map((answer, index) => (
                  <option key={answer} value={index}>
                    {answer}
                  </option>
                ))}
              </select>
            </label>
          );
        })}
        <ClockControl />
      </div>
    </details>
  );
}

/** Moves the clock of the data. There is no way back but a reset. */
function ClockControl() {
  const { messages } = useHostPage();
  const run = useTask();
  const [clock, setClock] = React.useState<ClockState>();
  React.useEffect(() => {
    control.readClock().then(setClock, messages.showError);
  }, [messages]);
  const advance = async (): Promise<void> => setClock(await control.advanceClock(purgeDays));
  return (
    <label>
      <span>Clock{clock && clock.daysAhead > 0 ? `, ${clock.daysAhead} days ahead` : ''}</span>
      <button type="button" title="Removed files are purged after 28 days" onClick={() => run(advance)}>
        Advance {purgeDays} days
      </button>
    </label>
  );
}
