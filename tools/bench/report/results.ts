import type { Run } from '../measurement';
import { describeWorkload, MODE_TITLES } from '../workloads';
import type { Workload } from '../workloads';
import { journalTable } from './journal-table';
import { phasesTable } from './phases-table';
import { targetsTable } from './targets-table';
import { workloadTable } from './workload-table';

/** Measurements with their machine and method. */
export interface Report {
  readonly runs: readonly Run[];
  /** `2026-11-24`. */
  readonly date: string;
  /** Machine and versions, one a line. */
  readonly facts: readonly string[];
  /** Whether the workloads are large enough to compare with the targets. */
  readonly isTelling: boolean;
}

/** All tables as Markdown. */
function renderTables(runs: readonly Run[]): string {
  const workloads = [...new Set(runs.map(({ workload }) => workload))];
  return workloads
    .map((workload, at) => {
      const heading = workload.mode === workloads[at - 1]?.mode ? '' : `## ${MODE_TITLES[workload.mode]}\n\n`;
      const own = runs.filter((run) => run.workload === workload);
      const tables = [captionOf(workload), workloadTable(workload, own), phasesTable(own)];
      return heading + tables.filter((table) => table !== '').join('\n\n');
    })
    .join('\n\n');
}

/** The whole results file. */
export function renderResults({ runs, date, facts, isTelling }: Report): string {
  const targets = isTelling ? `## Targets\n\n${TARGETS_NOTE}\n\n${targetsTable(runs)}\n\n` : '';
  return `# Results of ${date}

Made by \`npm run bench\`. [README.md](README.md) explains the figures and their limits.

${facts.map((fact) => `- ${fact}`).join('\n')}

${targets}${renderTables(runs)}
${renderJournal(runs)}`;
}

function renderJournal(runs: readonly Run[]): string {
  const table = journalTable(runs);
  return table === '' ? '' : `\n## The journal\n\n${JOURNAL_NOTE}\n\n${table}\n`;
}

const JOURNAL_NOTE = `The cost of recording uploads. Time and CPU are ratios to the same contestant without the journal in the same round, as
median and quartiles; everything else is the median with / without.`;

const TARGETS_NOTE = `Times are medians of the ratio to \`limit\` in the same round; everything else is the worst of all runs. “Engine” is
Stapler without its page; “in its page” is the complete form group or bulk panel.`;

function captionOf(workload: Workload): string {
  const rounds = workload.rounds === 1 ? '1 round' : `${workload.rounds} rounds`;
  return `**${workload.id}**: ${describeWorkload(workload)}, ${rounds}`;
}
