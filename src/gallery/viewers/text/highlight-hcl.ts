import type { HLJSApi, Language, Mode } from 'highlight.js';

/**
 * Grammar of the configuration language of Terraform (HCL 2). highlight.js has none. Heredocs are not told apart from
 * code.
 */
export function hcl(hljs: HLJSApi): Language {
  const expression: Mode = { scope: 'subst', begin: /[$%]\{/, end: /\}/ };
  const string: Mode = {
    scope: 'string',
    begin: '"',
    end: '"',
    contains: [hljs.BACKSLASH_ESCAPE, expression],
  };
  const values: Mode[] = [
    hljs.HASH_COMMENT_MODE,
    hljs.C_LINE_COMMENT_MODE,
    hljs.C_BLOCK_COMMENT_MODE,
    string,
    { scope: 'number', begin: /\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/ },
  ];
  expression.contains = ['self', ...values];
  return {
    name: 'HCL',
    keywords: {
      keyword:
        'resource data variable output provider module locals terraform backend moved import check dynamic for in if else endif endfor for_each each',
      literal: 'true false null',
      type: 'string number bool list map set object tuple any',
    },
    contains: [...values, { scope: 'attr', begin: /^[ \t]*[\w-]+(?=[ \t]*=(?!=))/m }],
  };
}
