import type { CorpusFile } from './corpus-file';
import { marked, refused } from './corpus-file';

/** Text in the bytes of an encoding: words of one of its languages. */
const WORDS: Readonly<Record<string, string>> = {
  'utf-8': 'c3a920e697a5e69cac20f09f9880',
  'windows-1252': 'e9e8fc80',
  shift_jis: '93fa967b8cea',
  'euc-jp': 'c6fccbdcb8ec',
  gb18030: 'c8d5b1bed3ef',
  big5: 'a4e9a5bbbb79',
  'euc-kr': 'c7d1b1b9bee6',
  'windows-1250': '8e9ae8f8',
  'windows-1251': 'cff0e8e2e5f2',
  'windows-1253': 'cae1ebe7ece5f1e1',
  'windows-1254': 'fdf0fee7f6fc',
  'windows-1255': 'f9ece5ed',
  'windows-1256': 'e3d1cde8c7',
};

const LINE_ENDS = { lf: '\n', crlf: '\r\n', cr: '\r' };

/** Texts in each encoding, with each kind of line end. */
function encodedTexts(): readonly CorpusFile[] {
  return Object.entries(LINE_ENDS).flatMap(([ends, lineEnd]) => [
    ...Object.entries(WORDS).map(([encoding, words]) =>
      marked(`text ${encoding} ${ends}.txt`, (mark) =>
        Buffer.concat([
          Buffer.from(`${mark}${lineEnd}`),
          Buffer.from(words, 'hex'),
          Buffer.from(`${lineEnd}the end${lineEnd}`),
        ]),
      ),
    ),
    marked(`text utf-8 with a mark ${ends}.txt`, (mark) => `\ufeff${mark}${lineEnd}é${lineEnd}`),
    marked(`text utf-16le ${ends}.txt`, (mark) => Buffer.from(`\ufeff${mark}${lineEnd}日本`, 'utf16le')),
    marked(`text utf-16be ${ends}.txt`, (mark) =>
      Buffer.from(`\ufeff${mark}${lineEnd}日本`, 'utf16le').swap16(),
    ),
    marked(`text utf-16le without a mark ${ends}.txt`, (mark) =>
      Buffer.from(`${mark}${lineEnd}more`, 'utf16le'),
    ),
  ]);
}

/** Code by the extensions of its language. `%` is replaced by words to find. */
const CODE: Readonly<Record<string, string>> = {
  'cs csx':
    'using System;\n// %\nnamespace Shop { public sealed class Cart { string Name => $"{1:N2} \\"x\\""; } }\n',
  vb: '\' %\nPublic Class Cart\n  Public ReadOnly Name As String = "x"\nEnd Class\n',
  'fs fsx': '// %\nlet add (a: int) b = a + b\nprintfn "%d" (add 1 2)\n',
  'js mjs cjs': '/* %\n   over two lines */\nexport const add = (a, b) => `${a}\n${b}` + /[/"]/.source;\n',
  'ts tsx jsx':
    '// %\ninterface Cart<T> { readonly items: readonly T[] }\nconst view = <div title="a">{1}</div>;\n',
  'py pyw':
    '# %\n@cached\ndef add(a: int, b=1) -> int:\n    """Adds\n    two."""\n    return f"{a}" + r\'\\d\'\n',
  'java groovy':
    '/** % */\npublic class Cart { private final String name = "x"; @Override public int hashCode() { return 0x1F; } }\n',
  'kt kts scala': '// %\ndata class Cart(val name: String = "x")\n',
  go: '// %\npackage main\n\nfunc main() { s := `raw\ntext`; println(s) }\n',
  rs: '// %\nfn main() { let s: &\'static str = r#"raw"#; println!("{s}"); }\n',
  'c h cpp cc cxx hpp hh m mm':
    '/* % */\n#include <stdio.h>\nint main(void) { printf("%%d\\n", 1); return 0; }\n',
  swift: '// %\nstruct Cart { let name = "x"; func add(_ a: Int) -> Int { a + 1 } }\n',
  php: '<?php\n// %\nfunction add(int $a): string { return "{$a}" . \'x\'; }\n',
  rb: '# %\nclass Cart\n  def name = "#{1 + 1}"\nend\n',
  'pl pm': '# %\nmy %cart = (name => "x"); print $cart{name} =~ m/x/;\n',
  sql: "-- %\nSELECT [Name], 'it''s' FROM dbo.Cart WHERE Price >= 1.10; /* end */\n",
  'ps1 psm1 psd1': '# %\nfunction Get-Cart { param([string]$Name = "x") Write-Host "$Name" }\n',
  'sh bash zsh': '#!/bin/bash\n# %\nfor f in *.log; do echo "${f%.log}"; done <<EOF\ntext\nEOF\n',
  'bat cmd': '@echo off\nrem %\nset NAME=x\necho %NAME%\n',
  'yml yaml': '# %\ntrigger:\n  - main\nsteps:\n  - script: |\n      echo "x"\n',
  toml: '# %\n[cart]\nname = "x"\nprices = [1.1, 2]\n',
  'ini cfg conf config properties env editorconfig': '; %\n[cart]\nname = x\n',
  'html htm xhtml vue cshtml razor':
    '<!doctype html>\n<!-- % -->\n<p class="a">A <b>word</b></p>\n<script>const a = 1;</script>\n',
  'csproj vbproj fsproj props targets nuspec resx xaml xml':
    '<?xml version="1.0"?>\n<!-- % -->\n<Project Sdk="x"><Name a="1">text</Name></Project>\n',
  'css scss less': '/* % */\n.cart > a:hover { color: #fff; margin: 0 1.5em; }\n',
  dockerfile: '# %\nFROM node:20\nRUN npm ci && echo "x"\n',
  makefile: '# %\nall: cart.o\n\tcc -o cart $^\n',
  tf: '# %\nresource "a" "b" { name = "x" }\n',
  bicep: "// %\nparam name string = 'x'\n",
  proto: '// %\nsyntax = "proto3"; message Cart { string name = 1; }\n',
  graphql: '# %\ntype Cart { name: String! }\n',
  'dart lua r jl gradle sln reg ics vcf': '# %\nname = "x"\n',
  'diff patch': '--- a/cart.ts\n+++ b/cart.ts\n@@ -1 +1 @@ %\n-old\n+new\n',
  'rst adoc tex srt vtt': '%\n=====\n\nA paragraph.\n',
  'log out err trace text': '2026-03-14 10:15:02 INFO %\n2026-03-14 10:15:03 ERROR failed\n',
  gitignore: '# %\nnode_modules\n',
};

/** A file of code for each extension. */
function code(): readonly CorpusFile[] {
  return Object.entries(CODE).flatMap(([extensions, text]) =>
    extensions
      .split(' ')
      .map((extension) => marked(`code.${extension}`, (mark) => text.replace('%', () => mark))),
  );
}

/** Logs of programs that teams use. */
function logs(): readonly CorpusFile[] {
  const lines: Readonly<Record<string, string>> = {
    pipeline:
      '2026-03-14T10:15:02.1234567Z ##[section]Starting: %\n2026-03-14T10:15:03.0000000Z ##[error]failed',
    actions: '::group::%\n::error file=cart.ts,line=1::failed\n::endgroup::',
    log4j:
      '2026-03-14 10:15:02,123 ERROR [main] shop.Cart - %\njava.lang.IllegalStateException: x\n\tat shop.Cart.add(Cart.java:12)',
    serilog:
      '[10:15:02 ERR] %\nSystem.InvalidOperationException: x\n   at Shop.Cart.Add() in C:\\src\\Cart.cs:line 12',
    python:
      'ERROR:root:%\nTraceback (most recent call last):\n  File "cart.py", line 1, in <module>\nValueError: x',
    nginx: '2026/03/14 10:15:02 [error] 12#0: *1 %, client: 192.0.2.1',
    syslog: 'Mar 14 10:15:02 host app[1]: %',
    glog: 'E0314 10:15:02.000000 1 cart.go:12] %',
    android: '03-14 10:15:02.123  1234  1240 E Cart: %',
    npm: 'npm ERR! code ENOENT\nnpm ERR! %',
    colored: '\u001b[31mERROR\u001b[0m \u001b[1m%\u001b[0m',
    progress: '10 %%\r20 %%\r%\r\n',
    'json lines': '{"level":"error","msg":"%"}',
    logfmt: 'level=error msg="%"',
    'right to left': '\u202e%\u202c',
    controls: 'a\u0007b\u0008 % is what the terminal of the build machine wrote to the log',
  };
  return Object.entries(lines).map(([name, text]) =>
    marked(`${name}.log`, (mark) => `${text.replace(/%(?!%)/, () => mark)}\n`),
  );
}

/** Texts, code and logs. */
export function texts(): readonly CorpusFile[] {
  return [
    ...encodedTexts(),
    ...code(),
    ...logs(),
    marked('long line.txt', (mark) => `${mark} ${'x'.repeat(2_000_000)}`),
    marked('many lines.log', (mark) => `${mark}\n${'line\n'.repeat(300_000)}`),
    marked('bad bytes.txt', (mark) =>
      Buffer.concat([Buffer.from(`${mark} ${'é'.repeat(50)}`), Buffer.from([0xff])]),
    ),
    marked('no line end.txt', (mark) => mark),
    marked('blank lines.txt', (mark) => `\n\n\n${mark}\n\n\n`),
    refused('nothing.txt', '', /is empty/),
    refused('binary.log', Uint8Array.from([0, 1, 2, 3]), /doesn't look like text/),
  ];
}
