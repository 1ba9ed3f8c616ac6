import { describe, expect, it } from 'vitest';
import { parseInline } from './inline';
import { written } from './test/written';

const read = (text: string) => written(parseInline(text));

describe('marks within a line', () => {
  it.each([
    ['*a* and _b_', '<em a> and <em b>'],
    ['**<@7>**, a<@12>', '<strong <mention 7>>, a<mention 12>'],
    ['<@room> and <@here>, <@Room>', '<crowd room> and <crowd here>, <@Room>'],
    ['<@&design>, <@&дизайн_2>, <@&a b>', '<crowd &design>, <crowd &дизайн_2>, <@&a b>'],
    [':party: a:ship-it::c++:', '<emoji party> a<emoji ship-it><emoji c++>'],
    ['**b :a_b: _c_**', '<strong b <emoji a_b> <em c>>'],
    ['`:party:` :a: :A: :a b: ::', '<code :party:> :a: :A: :a b: ::'],
    ['[:party:](https://a.example)', '<link https://a.example/ <emoji party>>'],
    ['see #general, (#тест) and #a-b.', 'see <room general>, (<room тест>) and <room a-b>.'],
    ['a#b ##c # d /#e &#39;', 'a#b ##c # d /#e &#39;'],
    ['[#42](https://a.example)', '<link https://a.example/ #42>'],
    ['`#general`', '<code #general>'],
    ['**a b**, ~~c~~ ||d||.', '<strong a b>, <del c> <spoiler d>.'],
    ['***a***', '<strong <em a>>'],
    ['***a* b**', '<strong <em a> b>'],
    ['***a** b*', '<em <strong a> b>'],
    ['**a *b***', '<strong a <em b>>'],
    ['**a _b ~~c~~ d_**', '<strong a <em b <del c> d>>'],
    ['||**a** *b*||', '<spoiler <strong a> <em b>>'],
    ['*a\nb*', '<em a\nb>'],
    ['(*a*) "**b**" „_c_“', '(<em a>) "<strong b>" „<em c>“'],
    ['中文**粗体**中文', '中文<strong 粗体>中文'],
    ['**נכון** و*نعم*؟', '<strong נכון> و*نعم*؟'],
    ['**wichtig**-Liste', '<strong wichtig>-Liste'],
    ['**🎉**', '<strong 🎉>'],
    ['`a*b*` and ``c`d``', '<code a*b*> and <code c`d>'],
    ['`` ` ``', '<code `>'],
    ['`:(`', '<code :(>'],
    ['**`a`**', '<strong <code a>>'],
    ['\\*a\\* \\`b\\` \\*\\*c\\*\\* \\||d\\||', '*a* `b` **c** ||d||'],
  ])('%s', (text, nodes) => {
    expect(read(text)).toBe(nodes);
  });

  it.each([
    'snake_case_word',
    '_private and __init__.py',
    '__init__',
    '2*3*4 = 24',
    '2**3**4',
    '2 * 3 * 4',
    'f(x)*g(y)*h(z)',
    ':) :* ;_; -_- and -_- ^_^',
    '(*_*) hi (*_*)',
    '*_* *_*',
    '¯\\_(ツ)_/¯',
    '\\\\server\\share C:\\dir\\*',
    'src/*.ts,test/*.ts',
    '*.ts, b and *.js',
    'int *p, *q;',
    '/* a comment */ x /* more */',
    'a || b || c',
    'if (a||b||c)',
    '|a| ~b~ ~~ c ~~',
    '**a',
    'a**',
    '** a **',
    '****',
    '*****a*****',
    '*a\n\nb*',
    '`a\nb`',
    'don`t and can`t',
    '```',
    '[a] (b) [c](d) [x]( y )',
    '[](https:/',
    '*️⃣ and #️⃣',
    '<@> <@x> <@07> <#12> <b>',
    '*…*',
    '\\[a-z\\]\\*',
  ])('leaves %s alone', (text) => {
    expect(parseInline(text)).toEqual([{ kind: 'text', text }]);
  });
});

describe('links', () => {
  it.each([
    ['[a *b*](https://example.org/x_y_z)', '<link https://example.org/x_y_z a <em b>>'],
    ['**[a](http://example.org)**', '<strong <link http://example.org/ a>>'],
    ['[a](mailto:alex@example.org)', '<link mailto:alex@example.org a>'],
    [
      '[a](https://en.wikipedia.org/wiki/Rust_(fungus)).',
      '<link https://en.wikipedia.org/wiki/Rust_(fungus) a>.',
    ],
    ['[a [b](https://b.example) c', '[a <link https://b.example/ b> c'],
    [
      'https://example.org/a_b_c *d*',
      '<link https://example.org/a_b_c https://example.org/a_b_c> <em d>',
    ],
    ['**https://example.org/**', '<strong <link https://example.org/ https://example.org/>>'],
    ['||https://example.org/||', '<spoiler <link https://example.org/ https://example.org/>>'],
    ['`https://example.org`', '<code https://example.org>'],
  ])('%s', (text, nodes) => {
    expect(read(text)).toBe(nodes);
  });

  it.each([
    '[a](javascript:alert(1))',
    '[a](JAVASCRIPT:alert(1))',
    '[a](java\tscript:alert(1))',
    '[a](data:text/html,<script>1</script>)',
    '[a](vbscript:x)',
    '[a](file:///etc/passwd)',
    '[a](https://x.example](https://b.example)',
    '[a](//evil)',
    '[a](/rooms/x)',
    '[ ](https:x)',
  ])('leaves %s alone', (text) => {
    expect(parseInline(text)).toEqual([{ kind: 'text', text }]);
  });

  it('have a text that can be seen, and that is no other address', () => {
    for (const text of [
      '[\u3164](https://evil.example)',
      '[https://bank.example](https://evil.example)',
      '[see bank.com](https://evil.example)',
    ]) {
      const masked = parseInline(text).filter(
        (node) =>
          node.kind === 'link' &&
          node.href.includes('evil') &&
          !written([node]).includes(' https://'),
      );
      expect(masked).toEqual([]);
    }
  });
});

describe('a letter under many marks', () => {
  const stack = `Z${'\u0351'.repeat(12)}`;

  it('is a part of its own', () => {
    expect(read(`a ${stack} *b${stack}*`)).toBe(`a <stack ${stack}> <em b<stack ${stack}>>`);
    expect(read(`${'\u0489'.repeat(9)}x`)).toBe(`<stack ${'\u0489'.repeat(9)}>x`);
  });

  it.each(['Việt', 'שָׁלוֹם', 'عَرَبِيّ', 'ᾄ', 'བསྒྲུབས', 'น้ำ', '👩‍👩‍👧‍👦 ❤️ 👍🏽'])(
    'is none in %s',
    (text) => {
      for (const each of [text, text.normalize('NFD')]) {
        expect(parseInline(each)).toEqual([{ kind: 'text', text: each }]);
      }
    },
  );

  it('is found at once in a long run of marks', () => {
    expect(parseInline('\u0301'.repeat(200_000))).toHaveLength(1);
  });
});
