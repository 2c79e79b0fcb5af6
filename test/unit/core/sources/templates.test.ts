import { describe, expect, it } from 'vitest';
import type { ReportedElement } from '../../../../src/core/sources/sources';
import { candidatesIn, onlyBest, soughtOf, Templates, templateFile } from '../../../../src/core/sources/templates';

const linesIn = (text: string, element: ReportedElement) => {
  const sought = soughtOf(element);
  return sought ? candidatesIn(text, sought).map(({ line }) => line) : undefined;
};

describe('the places of a template that an element may come from', () => {
  it.each([
    [
      'JSX',
      '<a className="btn" href="/cart" onClick={() => a > b}>Cart</a>\n<a className={x} href="/help">Help</a>',
      { snippet: '<a class="y" href="/help">', nodeLabel: 'Help' },
      [2],
    ],
    [
      'JSX with computed parts',
      '<img src={hero} alt="One" />\n<img src={other} alt={text} />\n<img {...rest} />',
      { snippet: '<img src="/assets/hero-1b2c3d4e.png" alt="One">' },
      [1, 2, 3],
    ],
    [
      'Vue',
      '<button :class="kind" @click="a > b">Save</button>\n<button type="submit" v-if="x">Send {{ name }}</button>',
      { snippet: '<button type="submit" data-v-1a2b3c4d="">', nodeLabel: 'Send Anna' },
      [2],
    ],
    [
      'Svelte',
      '<input id="a" bind:value={item.a} {disabled}>\n<input id={item.id} placeholder="Name">',
      { snippet: '<input id="x-1" placeholder="Name" class="svelte-1a2b3c">' },
      [2],
    ],
    [
      'PHP',
      '<a href="/a/<?= $home ?>" class="brand">Home</a>\n<a href="/shop" <?php if ($a > 1): ?>id="x"<?php endif ?>>Shop</a>',
      { snippet: '<a href="/shop" id="x">', nodeLabel: 'Shop' },
      [2],
    ],
    [
      'ERB',
      '<p class="<%= kind %>">One</p>\n<p class="note"><%= text %></p>',
      { snippet: '<p class="note">', nodeLabel: 'Two' },
      [2],
    ],
    [
      'Twig',
      '<li class="item">{{ item.title }}</li>\n<li class="{{ kind }}">{% if a %}One{% endif %}</li>',
      { snippet: '<li class="item">', nodeLabel: 'Lamp' },
      [1],
    ],
  ])('are read of %s', (_, text, element, lines) => {
    expect(linesIn(text, element)).toEqual(lines);
  });

  it('are none where an attribute or a text says otherwise', () => {
    const of = (text: string) => linesIn(text, { snippet: '<a id="x" href="/a" class="one two">', nodeLabel: 'Cart' });
    expect(of('<a id="y">')).toEqual([]);
    expect(of('<a href="/a">Cart</a>')).toEqual([]); // nothing gives it the id
    expect(of('<a id="x" class="three">Cart</a>')).toEqual([]);
    expect(of('<a id="x" href="/a">Help</a>')).toEqual([]);
    expect(of('<abbr id="x">Cart</abbr>')).toEqual([]);
    expect(of('<a id="x" href={to} class="two">Cart</a>')).toEqual([1]);
    expect(of('<a id={id} href="/a">{title}</a>')).toEqual([1]);
  });

  it('do not run on in what is not closed', () => {
    for (const text of ['<a ', '<a href="', '<a {', '<a <?', '<a {...', '<a '.repeat(3_000), '<a {'.repeat(3_000)])
      expect(linesIn(text, { snippet: '<a href="#">' })).toBeDefined();
  });
});

type Files = ConstructorParameters<typeof Templates>[0];
const guess = (element: ReportedElement, files: Files) =>
  new Templates(files, ['a', 'button', 'div', 'html']).guess(element);

describe('a guess', () => {
  const files = [
    { file: 'src/Cart.tsx', text: '<div>\n  <button className="btn">Buy now</button>\n</div>' },
    { file: 'src/Nav.tsx', text: '<nav>\n  <a id="help" href="/help">Help</a>\n</nav>' },
    { file: 'index.html', text: '<!doctype html>\n<html>\n<body></body></html>' },
  ];

  it('is the place with the most in common', () => {
    const best = (element: ReportedElement) => onlyBest(guess(element, files));
    expect(best({ snippet: '<button class="btn">', nodeLabel: 'Buy now' })).toMatchObject({
      file: 'src/Cart.tsx',
      line: 2,
    });
    expect(best({ snippet: '<a id="help" href="/help">', nodeLabel: 'Help' })).toMatchObject({ line: 2, column: 3 });
    expect(best({ snippet: '<html>' })).toMatchObject({ file: 'index.html', line: 2 });
  });

  it('is none where several places have as much, or none has enough', () => {
    const twice = [...files, { file: 'src/Copy.tsx', text: files[0]?.text ?? '' }];
    const button = { snippet: '<button class="btn">', nodeLabel: 'Buy now' };
    expect(guess(button, twice)).toHaveLength(2);
    expect(onlyBest(guess(button, twice))).toBeUndefined();
    expect(guess({ snippet: '<div>' }, files)).toEqual([]);
    expect(guess({ nodeLabel: 'Buy now' }, files)).toEqual([]);
  });

  it('looks into files of templates alone', () => {
    const endings = ['html', 'jsx', 'tsx', 'vue', 'svelte', 'astro', 'php', 'html.erb', 'twig', 'ts', 'css', 'json'];
    expect(endings.filter((ending) => !templateFile.test(`a.${ending}`))).toEqual(['ts', 'css', 'json']);
  });
});
