import { CliError } from '../cli-error';
import type { Command, Option } from '../command';
import { COMMON_OPTIONS } from '../command';
import { EXIT } from '../exit-codes';

/**
 * Creates `stapler completion`.
 *
 * @param getCommands All commands, this one included.
 */
export function createCompletionCommand(getCommands: () => readonly Command[]): Command {
  const command: Command = {
    name: 'completion',
    usage: 'bash | zsh',
    purpose: 'Prints a script that completes commands and options in a shell.',
    options: {},
    examples: ['source <(stapler completion bash)', 'stapler completion zsh > "${fpath[1]}/_stapler"'],
    run({ positionals, environment }) {
      const [shell] = positionals;
      if (shell !== 'bash' && shell !== 'zsh')
        throw new CliError('Which shell: bash or zsh?', command.examples[0]);
      environment.stdout.write(shell === 'bash' ? bashScript(getCommands()) : zshScript(getCommands()));
      return Promise.resolve(EXIT.ok);
    },
  };
  return command;
}

function optionsOf({ options }: Command): readonly (readonly [string, Option])[] {
  return Object.entries({ ...options, ...COMMON_OPTIONS });
}

function bashScript(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const names = optionsOf(command).map(([name]) => `--${name}`);
    return `    ${command.name}) words="${names.join(' ')}" ;;`;
  });
  const choices = commands.flatMap((command) =>
    optionsOf(command).flatMap(([name, option]) =>
      option.choices ? [`    --${name}) words="${option.choices.join(' ')}" ;;`] : [],
    ),
  );
  return `_stapler() {
  local words word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) return ;;
  esac
  case "$before" in
${[...new Set(choices)].join('\n')}
    *) case "$word" in -*) ;; *) return ;; esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _stapler stapler
`;
}

function zshScript(commands: readonly Command[]): string {
  const list = commands.map(({ name, purpose }) => `    ${quoted(`${name}:${purpose}`)}`);
  const cases = commands.map((command) => {
    const specs = optionsOf(command).map(([name, option]) => `      ${quoted(specOf(name, option))}`);
    return `    ${command.name})\n      _arguments \\\n${[...specs, "      '*:file:_files'"].join(' \\\n')}\n      ;;`;
  });
  return `#compdef stapler
_stapler() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _stapler stapler
`;
}

/** `--name[help]:value:(choices)` */
function specOf(name: string, { help, value, choices }: Option): string {
  const escaped = help.replace(/[\\[\]:]/g, '\\$&');
  if (value === undefined) return `--${name}[${escaped}]`;
  return `--${name}[${escaped}]:${value.replace(/[<>]/g, '')}:${choices ? `(${choices.join(' ')})` : '_files'}`;
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
