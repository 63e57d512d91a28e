// How VitePress makes the manual: everything is in the folder that it writes, fonts and search included, and no page asks another host.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const source = process.env.MANUAL_SOURCE;

// The table of contents is the side bar: what is added there is found here.
const sidebar = readFileSync(`${source}/docs/README.md`, 'utf8').split(/^## /m).slice(1).map((part) => ({
  text: part.slice(0, part.indexOf('\n')),
  items: [...part.matchAll(/\[([^\]]+)\]\(([^)]+\.md)\)/g)].map(([, text, link]) => ({
    text: text[0].toUpperCase() + text.slice(1),
    link: new URL(link, 'file:///docs/').pathname.replace(/\.md$/, ''),
  })),
}));

// A file or a folder of the sources that is no part of the manual is a name here, and no link.
function leadsNowhere(page, href) {
  if (/^(#|\w+:)/.test(href)) {
    return false;
  }

  const file = join(dirname(page), decodeURI(href.split('#')[0]));
  return ![file, join(source, 'public', relative(source, file))].some((one) => statSync(one, { throwIfNoEntry: false })?.isFile());
}

function leaveOut(state) {
  for (const block of state.tokens) {
    // What is indented is code as what is fenced: with a frame, and no wider than that.
    if (block.type === 'code_block') {
      Object.assign(block, { type: 'fence', info: 'text', markup: '```' });
    }

    let isNone = false;
    for (const token of block.children ?? []) {
      if (token.type === 'link_open' && leadsNowhere(state.env.path, token.attrGet('href'))) {
        isNone = true;
        token.attrs = null;
      }

      if (isNone && token.type.startsWith('link_')) {
        token.tag = 'span';
        isNone = token.type !== 'link_close';
      }
    }
  }
}

export default {
  title: 'Turbulence',
  description: 'Chaos engineering for .NET',
  srcDir: source,
  outDir: process.env.MANUAL_OUTPUT,
  cacheDir: process.env.MANUAL_CACHE,
  // The pages are Markdown and nothing else: no HTML in them, and no braces that mean something.
  markdown: {
    html: false,
    config: (md) => {
      md.core.ruler.push('leave-out', leaveOut);
      const inline = md.renderer.rules.code_inline;
      md.renderer.rules.code_inline = (...all) => inline(...all).replace('<code', '<code v-pre');
      const text = md.renderer.rules.text;
      md.renderer.rules.text = (...all) => text(...all).replaceAll('{{', '&#123;&#123;');
    },
  },
  ignoreDeadLinks: 'localhostLinks',
  themeConfig: { sidebar, outline: [2, 3], search: { provider: 'local' } },
};
