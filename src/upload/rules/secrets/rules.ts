import {
  hasBytes,
  hasChecksum,
  isBasic,
  isCard,
  isIban,
  isJwt,
  isMixed,
  isNoPlaceholder,
  isRandom,
} from './checks';

/** A kind of secret. */
export interface SecretRule {
  /** Stable name, for reports and settings. */
  readonly id: string;
  /**
   * Ends with the secret: the last group, or all. Takes a bounded number of steps from each character, or begins only
   * where a run of its own characters begins: the scanner is linear.
   */
  readonly pattern: RegExp;
  /** Whether the secret is one: by a checksum, its entropy or its parts. */
  readonly check?: ((secret: string, before: string) => boolean) | undefined;
}

/** Start of a word, and its end. */
const WORD = '(?<![\\w-])';
const END = '(?![\\w-])';
const TO = '["\']?\\s{0,3}(?:=>|:=|[=:])\\s{0,3}["\']?';

/** A token with a prefix of its own. */
function token(id: string, body: string, check: SecretRule['check'] = isRandom(3)): SecretRule {
  return { id, pattern: new RegExp(`${WORD}${body}${END}`, 'g'), check };
}

/** A value behind a name: `name = value`, `"name": "value"`. */
function named(id: string, name: string, value: string, check: SecretRule['check']): SecretRule {
  return { id, pattern: new RegExp(`(?<![a-z])(?:${name})${TO}(${value})(?![\\w+/=-])`, 'gi'), check };
}

/** Parts of a connection string besides the password. */
const CONNECTION =
  /(?:server|data source|host|user id|username|uid|initial catalog|database|endpoint)["']?\s{0,3}=/i;

/** All rules. If two find the same text, the first one counts. */
export const SECRET_RULES: readonly SecretRule[] = [
  // Its body is found by `find-secrets.ts`.
  { id: 'private-key', pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g },

  token(
    'aws-access-key',
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}',
    (key) => isRandom(3)(key) && !key.endsWith('EXAMPLE'),
  ),
  named('aws-secret-key', '(?:aws_?)?secret_?(?:access_?)?key', '[a-z0-9/+]{40}', isRandom(4)),
  named('azure-storage-key', 'account_?key|storage_?key', '[a-z0-9+/]{86}==', hasBytes(64)),
  named('azure-shared-access-key', 'shared_?access_?key', '[a-z0-9+/]{43}=', hasBytes(32)),
  {
    id: 'azure-sas',
    pattern: /[?&;]sig=((?:[A-Za-z0-9+/_-]|%2[BbFf]){42,46}(?:%3[Dd]|=)?)(?![\w%])/g,
    check: (sig) => isRandom(3.5)(sig),
  },
  // The mark of a checked key stands at a fixed place.
  token('azure-devops-token', '[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}', isMixed),
  token('azure-devops-token', '[a-z2-7]{52}', (key) => isRandom(3.8)(key) && /\d/.test(key)),
  token('azure-key', '[A-Za-z0-9]{42}Az(?:Se|Ca|Sm)[A-Za-z0-9]{6}', isMixed),
  {
    id: 'azure-key',
    pattern:
      /(?<![\w+/-])[A-Za-z0-9+/]{76}(?:\+ASt|\+ABa|ACDb|AIoT|ASbE|AEhS|AZEG|AAPI|ACOG|\+ACR)[A-Za-z0-9+/]{4,6}={0,2}(?![\w+/=-])/g,
    check: isMixed,
  },
  token('azure-client-secret', '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}', isMixed),
  {
    id: 'teams-webhook',
    pattern: /webhook\.office\.com\/webhookb2\/[\w@-]{73}\/IncomingWebhook\/([0-9a-f]{32}\/[0-9a-f-]{36})/g,
  },
  token('google-api-key', 'AIza[\\w-]{35}', isMixed),
  token('google-client-secret', 'GOCSPX-[\\w-]{28}'),
  token('google-access-token', 'ya29\\.[\\w-]{60,300}', isMixed),

  token('github-token', 'gh[pousr]_[A-Za-z0-9]{36}', hasChecksum),
  token('github-token', 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}', isMixed),
  token('gitlab-token', 'gl(?:pat|dt|rt|ptt|cbt|ft|soat)-[\\w-]{20,50}(?:\\.[\\w.]{4,20})?'),
  token('npm-token', 'npm_[A-Za-z0-9]{36}', isRandom(3.5)),
  token('nuget-key', 'oy2[a-z0-9]{43}', isRandom(3.5)),
  token('pypi-token', 'pypi-AgEIcHlwaS5vcmc[\\w-]{50,300}', isMixed),
  token('docker-token', 'dckr_[po]at_[\\w-]{27,32}'),
  token('slack-token', 'xox[abeoprs]-[A-Za-z0-9-]{20,200}', (key) => /\d{8}/.test(key) && isRandom(3)(key)),
  {
    id: 'slack-webhook',
    pattern:
      /hooks\.slack\.com\/(?:services|workflows|triggers)\/T[A-Z0-9]{8,12}\/[A-Z0-9]{8,20}\/([A-Za-z0-9]{24})(?!\w)/g,
  },
  token('stripe-key', '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{24,200}'),
  token('stripe-key', 'whsec_[A-Za-z0-9+/]{32,64}'),
  token('sendgrid-key', 'SG\\.[\\w-]{22}\\.[\\w-]{43}'),
  token('shopify-token', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  token('digitalocean-token', 'do[opr]_v1_[0-9a-f]{64}'),
  token('telegram-token', '\\d{8,10}:AA[\\w-]{33}', isMixed),
  token('huggingface-token', 'hf_[A-Za-z]{34}', isRandom(3.5)),
  token('openai-key', 'sk-(?:[a-z]{4,8}-)?[\\w-]{20,100}T3BlbkFJ[\\w-]{20,100}', isMixed),
  token('anthropic-key', 'sk-ant-[a-z0-9]{3,12}-[\\w-]{80,120}', isMixed),

  // Each run of characters is read once: it begins behind another character, or behind a dot.
  token('jwt', 'eyJ[\\w-]{10,4000}\\.eyJ[\\w-]{10,8000}\\.[\\w-]{20,1000}', isJwt),
  {
    id: 'basic-authentication',
    pattern: /authorization["']?\s{0,2}[:=]\s{0,2}["']?Basic\s{1,2}([a-z0-9+/]{8,400}={0,2})/gi,
    check: isBasic,
  },
  {
    id: 'bearer-token',
    pattern: /authorization["']?\s{0,2}[:=]\s{0,2}["']?Bearer\s{1,2}([a-z0-9+/=_.~-]{20,400})/gi,
    check: isRandom(3.5),
  },
  {
    id: 'url-password',
    pattern: /:\/\/[^\s:@/"'<>?#]{0,80}:([^\s@/"'<>]{3,100})(?=@[\w[])/g,
    check: isNoPlaceholder,
  },
  {
    id: 'connection-string',
    pattern: /(?<![a-z])(?:password|pwd)\s{0,2}=\s{0,2}([^;"'\s&<>]{4,100})/gi,
    check: (password, before) => isNoPlaceholder(password) && CONNECTION.test(before),
  },
  named(
    'api-key',
    '(?:api|client|app|access|auth|refresh)_?-?(?:secret|key|token)|password|passwd',
    '[\\w+/.~-]{20,100}={0,2}',
    (value) => isMixed(value) && isRandom(4)(value),
  ),

  {
    id: 'card-number',
    pattern:
      /(?<![\w.,/+-])[2-6]\d{3}(?:[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|[ -]?\d{6}[ -]?\d{4,5})(?![\w/-]|[.,]\d)/g,
    check: isCard,
  },
  {
    id: 'iban',
    pattern: /(?<![\w+/=-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\w+/=-])/g,
    check: isIban,
  },
];
