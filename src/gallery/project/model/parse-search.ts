import { t } from '../../../base/i18n/translate';
import type { SearchProblem } from '../project-index';
import type { Condition, ConditionName } from './conditions';
import { readConditions, UNKNOWN } from './conditions';
import { readDuplicateAnswer } from './duplicate-answer';
import { readAnswer, readPeriod, readSizes, readWorkItemId } from './ranges';

/** Search that was understood, at least in part. */
export interface ParsedSearch {
  readonly conditions: readonly Condition[];
  /** Conditions left out. */
  readonly problems: readonly SearchProblem[];
}

/** Parses a search; see `readConditions` for its syntax. */
export function parseSearch(text: string): ParsedSearch {
  const conditions: Condition[] = [];
  const problems: SearchProblem[] = [];
  for (const { condition, source } of readConditions(text)) {
    const check = CHECKS[condition.name];
    const wrong = check && condition.values.find(({ text: value }) => !check.holds(value));
    if (!wrong) conditions.push(condition);
    else problems.push({ condition: source, message: check.message(wrong.text, condition.name) });
  }
  return { conditions, problems };
}

interface Check {
  readonly holds: (value: string) => boolean;
  readonly message: (value: string, name: ConditionName) => string;
}

const isUnknown = (value: string): boolean => value.toLowerCase() === UNKNOWN;

const DATE: Check = {
  holds: (value) => readPeriod(value) !== undefined,
  message: (value) => t("“{value}” isn't a date. Write it like 2026-01-31 or 2026-01.", { value }),
};

const ANSWER: Check = {
  holds: (value) => readAnswer(value) !== undefined,
  message: (_, name) => t('Write yes or no after “{name}”.', { name: `${name}:` }),
};

/** Conditions that take some values only. */
const CHECKS: Partial<Record<ConditionName, Check>> = {
  size: {
    holds: (value) => isUnknown(value) || readSizes(value) !== undefined,
    message: (value) => t("“{value}” isn't a size. Write it like >10mb or 1mb..10mb.", { value }),
  },
  before: DATE,
  after: DATE,
  month: { ...DATE, holds: (value) => isUnknown(value) || DATE.holds(value) },
  on: {
    holds: (value) => readWorkItemId(value) !== undefined,
    message: (value) => t("“{value}” isn't the number of a work item.", { value }),
  },
  inline: ANSWER,
  duplicate: {
    holds: (value) => readDuplicateAnswer(value) !== undefined,
    message: (_, name) => t('Write yes, no, same, or probable after “{name}”.', { name: `${name}:` }),
  },
};
