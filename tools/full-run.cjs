/**
 * Whether the whole matrix runs: every story in both modes, and all combinations. Pipelines set `CI`; without it,
 * combinations are covered by pairs, and Server mode by the stories tagged `@both` or `@server-only`.
 */
exports.isFullRun = !['', '0', 'false'].includes((process.env['CI'] ?? '').toLowerCase());
