import * as React from 'react';
import { useHostPage } from '../host-page';
import { hostAnswers, type Habits, type HostAnswers } from '../settings';
import { useStore } from '../store';

/** Question with the names of its answers, in their order. */
const questions: Record<keyof HostAnswers, readonly [question: string, ...answers: string[]]> = {
  handshake: ['The handshake', 'is today’s', 'is the old platform’s', 'is the old one with context'],
  newItemId: ['New items have the ids', '0', '-1, -2, …'],
  firstSaveRaises: ['The first save raises', 'onSaved', 'onLoaded'],
  serviceFieldChanges: ['Fields set by the service', 'raise onFieldChanged', 'are silent'],
  staleSave: ['A save over a newer revision', 'is merged', 'is refused'],
  saveAndCloseCloses: ['Save & Close closes', 'after it has saved', 'before it saves'],
  markdownFieldTakes: ['A field with Markdown takes', 'Markdown', 'HTML'],
  resize: ['The height a frame asks for', 'is given', 'is ignored'],
  contextMenuTarget: ['The menu of all work items', 'is shown everywhere', 'is not read'],
  panelResize: ['The edge of a panel that allows it', 'can be dragged', 'stays'],
  escapeWithoutLightDismiss: ['Escape, without light dismiss', 'closes', 'does nothing'],
  dialogsFromForm: ['Panels and dialogs of a form', 'are shown', 'are invisible'],
  restAddress: ['The REST address for extensions', 'has the configured scheme', 'is http'],
  windowsOfFrames: ['Windows opened by frames', 'know their opener', 'are cut off'],
  formNavigation: ['The navigation service for forms', 'is available', 'is missing'],
};

const habits: Record<keyof Habits, string> = {
  noTrailingSlash: 'Base URL without trailing slash',
  duplicateLoaded: 'Raise onLoaded twice',
  saveClosesForm: 'Saving closes the form',
  noThemeData: 'Tell no theme',
  noUser: 'Do not tell who the user is',
  hasTeam: 'Tell a team',
  formNeverAnswers: 'Never answer calls of the form service',
  formAnswersLate: 'Answer calls of the form service after 3 s',
  formRefusesWithNothing: 'Refuse save and refresh with nothing',
  noActiveItem: 'Know of no active work item',
  readOnlyTexts: 'Make long texts read-only',
  noExtensionData: 'Have no extension data service',
  noPanels: 'Have no service for panels and messages',
};

/** Controls for open questions about the host, and for its quirks. */
export function HostControls() {
  const { settings } = useHostPage();
  const { quirks } = useStore(settings);
  const change = (name: keyof HostAnswers, value: string): void => {
    settings.changeQuirks({ [name]: value });
    // A header of the page.
    if (name === 'windowsOfFrames') reloadWith(name, value);
  };
  return (
    <details className="choices">
      <summary>Host behavior</summary>
      <div className="controls">
        {(Object.keys(questions) as (keyof HostAnswers)[]).map((name) => {
          const [question, ...answers] = questions[name];
          return (
            <label key={name}>
              <span>{question}</span>
              <select name={name} value={quirks[name]} onChange={({ target }) => change(name, target.value)}>
                {hostAnswers[name].map((value, index) => (
                  <option key={value} value={value}>
                    {answers[index]}
                  </option>
                ))}
              </select>
            </label>
          );
        })}
      </div>
      {(Object.keys(habits) as (keyof Habits)[]).map((name) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={quirks[name]}
            onChange={({ target }) => settings.changeQuirks({ [name]: target.checked })}
          />
          {habits[name]}
        </label>
      ))}
    </details>
  );
}

/** Loads the page again with an answer in its address. */
function reloadWith(name: string, value: string): void {
  const url = new URL(location.href);
  url.searchParams.set(name, value);
  location.assign(url);
}
