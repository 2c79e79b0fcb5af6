import { isLong } from '../patience';

export const allThemes = ['light', 'dark', 'hc-dark', 'hc-light'] as const;
export type Theme = (typeof allThemes)[number];

const common = { 'font-family': 'sans-serif', 'font-size': '13px', 'editor-font-family': 'monospace' };

/** Colours of the built-in themes, as VS Code gives them to a webview; only those that pages use. */
const themes: Record<Theme, Record<string, string>> = {
  light: {
    ...common,
    foreground: '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    'editor-background': '#ffffff',
    'editorWidget-background': '#f8f8f8',
    'editorWidget-border': '#e5e5e5',
    focusBorder: '#005fb8',
    'progressBar-background': '#005fb8',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    'button-border': '#0000001a',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'charts-red': '#e51400',
    'charts-blue': '#1a85ff',
    'testing-iconPassed': '#388a34',
    'editorWarning-foreground': '#bf8803',
    'editorError-foreground': '#e51400',
    'textLink-foreground': '#005fb8',
    'input-background': '#ffffff',
    'input-border': '#cecece',
    'input-foreground': '#3b3b3b',
    'input-placeholderForeground': '#767676',
    'dropdown-background': '#ffffff',
    'dropdown-border': '#cecece',
    'dropdown-foreground': '#3b3b3b',
    'inputValidation-warningBackground': '#f6f5d2',
    'inputValidation-warningBorder': '#b89500',
  },
  dark: {
    ...common,
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    'editor-background': '#1f1f1f',
    'editorWidget-background': '#202020',
    'editorWidget-border': '#313131',
    focusBorder: '#0078d4',
    'progressBar-background': '#0078d4',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    'button-border': '#ffffff12',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'charts-red': '#f14c4c',
    'charts-blue': '#3794ff',
    'testing-iconPassed': '#73c991',
    'editorWarning-foreground': '#cca700',
    'editorError-foreground': '#f14c4c',
    'textLink-foreground': '#4daafc',
    'input-background': '#313131',
    'input-border': '#3c3c3c',
    'input-foreground': '#cccccc',
    'input-placeholderForeground': '#989898',
    'dropdown-background': '#313131',
    'dropdown-border': '#3c3c3c',
    'dropdown-foreground': '#cccccc',
    'inputValidation-warningBackground': '#352a05',
    'inputValidation-warningBorder': '#b89500',
  },
  'hc-dark': {
    ...common,
    foreground: '#ffffff',
    descriptionForeground: '#ffffffb3',
    'editor-background': '#000000',
    'editorWidget-background': '#0c141f',
    'editorWidget-border': '#6fc3df',
    contrastBorder: '#6fc3df',
    focusBorder: '#f38518',
    'progressBar-background': '#6fc3df',
    'button-background': '#000000',
    'button-foreground': '#ffffff',
    'button-border': '#6fc3df',
    'button-secondaryForeground': '#ffffff',
    'charts-red': '#f48771',
    'charts-blue': '#59a4f9',
    'testing-iconPassed': '#73c991',
    'editorWarning-foreground': '#ffd370',
    'editorError-foreground': '#f48771',
    'textLink-foreground': '#21a6ff',
    'input-background': '#000000',
    'input-border': '#6fc3df',
    'input-foreground': '#ffffff',
    'input-placeholderForeground': '#ffffffb3',
    'dropdown-background': '#000000',
    'dropdown-border': '#6fc3df',
    'dropdown-foreground': '#ffffff',
    'inputValidation-warningBorder': '#6fc3df',
  },
  'hc-light': {
    ...common,
    foreground: '#292929',
    descriptionForeground: '#292929b3',
    'editor-background': '#ffffff',
    'editorWidget-background': '#ffffff',
    'editorWidget-border': '#0f4a85',
    contrastBorder: '#0f4a85',
    focusBorder: '#006bbd',
    'progressBar-background': '#0f4a85',
    'button-background': '#0f4a85',
    'button-foreground': '#ffffff',
    'button-border': '#0f4a85',
    'button-secondaryBackground': '#ffffff',
    'button-secondaryForeground': '#292929',
    'charts-red': '#b5200d',
    'charts-blue': '#0f4a85',
    'testing-iconPassed': '#007100',
    'editorWarning-foreground': '#895503',
    'editorError-foreground': '#b5200d',
    'textLink-foreground': '#0f4a85',
    'input-background': '#ffffff',
    'input-border': '#0f4a85',
    'input-foreground': '#292929',
    'input-placeholderForeground': '#292929b3',
    'dropdown-background': '#ffffff',
    'dropdown-border': '#0f4a85',
    'dropdown-foreground': '#292929',
    'inputValidation-warningBackground': '#ffffff',
    'inputValidation-warningBorder': '#0f4a85',
  },
};

/** A style sheet with the colours of a theme. */
export function themeStyle(name: Theme): string {
  const lines = Object.entries(themes[name]).map(([variable, value]) => `--vscode-${variable}: ${value};`);
  return `:root { color-scheme: ${name.includes('dark') ? 'dark' : 'light'}; ${lines.join(' ')} }`;
}

/**
 * The widths at which a page is looked at, each with its themes: light at every width, and every other theme at one, since
 * colours depend on the theme alone and what fits on the width. `npm run test:long` looks at every pair.
 */
export function looks(widths: readonly number[], usual: number): [width: number, themes: readonly Theme[]][] {
  return widths.map((width) => [width, isLong || width === usual ? allThemes : ['light']]);
}
