/** The look of the HTML report: light, dark and printed. */
export const style = `
:root { color-scheme: light dark;
  --text: #1b1f24; --quiet: #545c66; --ground: #ffffff; --raised: #f5f6f8; --line: #cdd3da;
  --link: #0a58b0; --s4: #8c0f1f; --s3: #b3261e; --s2: #8a5300; --s1: #3d5a80; --s0: #545c66; --done: #1f6b36; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --quiet: #a9b1bb; --ground: #16191d; --raised: #20242a;
  --line: #414852; --link: #8ab8f5; --s4: #ff8f9b; --s3: #ff9d94; --s2: #f2bb66; --s1: #a3c4ee; --s0: #a9b1bb;
  --done: #8fd6a5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 0 0 .4rem; }
h4, h5 { font-size: 1rem; margin: 1rem 0 .2rem; }
h5 { font-weight: 500; }
ol { margin: .4rem 0; padding-inline-start: 1.5rem; }
.tables + table { margin-top: 1.5rem; }
p { margin: .4rem 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.lead { font-size: 1.2rem; }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.5rem;
  align-items: start; margin-top: 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: 600; padding-bottom: .35rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line);
  font-weight: 400; }
thead th { color: var(--quiet); font-size: .9rem; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; }
article { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-inline-start: .4rem solid var(--s0);
  border-radius: .4rem; background: var(--raised); }
article.s4 { border-inline-start-color: var(--s4); } article.s3 { border-inline-start-color: var(--s3); }
article.s2 { border-inline-start-color: var(--s2); } article.s1 { border-inline-start-color: var(--s1); }
article.done { border-inline-start-color: var(--done); }
.tags { display: flex; flex-wrap: wrap; gap: .25rem .5rem; margin: 0 0 .5rem; padding: 0; list-style: none; }
.tags li { border: 1px solid currentcolor; border-radius: 1rem; padding: 0 .6rem; font-size: .9rem; font-weight: 600; }
.s4 .severity { color: var(--s4); } .s3 .severity { color: var(--s3); } .s2 .severity { color: var(--s2); }
.s1 .severity { color: var(--s1); } .s0 .severity { color: var(--s0); } .done .status { color: var(--done); }
code { font: .88em/1.5 ui-monospace, Consolas, "Liberation Mono", monospace; }
details { margin: .6rem 0; } summary { cursor: pointer; }
figure { margin: .8rem 0 0; } figcaption { color: var(--quiet); font-size: .9rem; }
img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); }
ol.steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11.5rem), 1fr)); gap: .6rem;
  padding: 0; list-style: none; }
ol.steps > li { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .75rem; background: var(--raised); }
ol.steps > li.worst { border: 2px solid var(--s3); }
ol.steps h4 { margin: 0; } ol.steps dl { margin: .4rem 0 0; } ol.steps dd { margin: 0 0 .4rem; }
ol.steps dt, .facts .quiet { font-size: .9rem; } ol.steps dt { color: var(--quiet); }
ol.steps ul { margin: 0; padding-inline-start: 1rem; } .scroll { overflow-x: auto; } .scroll td { min-width: 5rem; }
.steps .mark { color: var(--s3); font-weight: 600; white-space: nowrap; } .facts { padding: 0; list-style: none; }
.bar { display: block; width: 100%; height: 6px; } .bar rect { fill: var(--s1); } .bar .stop { fill: var(--s3); }
@media print { ol.steps > li { break-inside: avoid; } }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } article { background: none; }
  h2, h3, h4, h5, summary { break-after: avoid; } figure, tr, .tags { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; } img { max-height: 6.8cm; width: auto; } }
@media print { article { break-inside: avoid; } @page { margin: 14mm; } }
`;
