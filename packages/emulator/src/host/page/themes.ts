/** Theme variables by name without the leading `--`, as the handshake carries them. */
export type ThemeData = Record<string, string>;

/** Available themes, as named in the address. */
export type ThemeName = 'light' | 'dark' | 'high-contrast';

/** Colors as bare triplets, to be used as `rgba(var(--palette-x), a)`. */
const lightPalette: ThemeData = {
  'palette-primary': '0, 120, 212',
  'palette-primary-darkened-6': '0, 103, 181',
  'palette-primary-darkened-10': '0, 91, 161',
  'palette-primary-shade-30': '0, 69, 120',
  'palette-primary-shade-20': '0, 90, 158',
  'palette-primary-shade-10': '16, 110, 190',
  'palette-primary-tint-10': '43, 136, 216',
  'palette-primary-tint-20': '199, 224, 244',
  'palette-primary-tint-30': '222, 236, 249',
  'palette-primary-tint-40': '239, 246, 252',
  'palette-neutral-100': '0, 0, 0',
  'palette-neutral-80': '51, 51, 51',
  'palette-neutral-70': '76, 76, 76',
  'palette-neutral-60': '102, 102, 102',
  'palette-neutral-30': '166, 166, 166',
  'palette-neutral-20': '200, 200, 200',
  'palette-neutral-10': '218, 218, 218',
  'palette-neutral-8': '234, 234, 234',
  'palette-neutral-6': '239, 239, 239',
  'palette-neutral-4': '244, 244, 244',
  'palette-neutral-2': '248, 248, 248',
  'palette-neutral-0': '255, 255, 255',
  'palette-error': 'rgba(232, 17, 35, 1)',
  'palette-error-6': 'rgba(203, 15, 31, 1)',
  'palette-error-10': 'rgba(184, 14, 28, 1)',
  'palette-accent1': '218, 10, 0',
  'palette-accent1-light': '249, 235, 235',
  'palette-accent1-dark': '168, 0, 0',
  'palette-accent2': '186, 216, 10',
  'palette-accent2-light': '223, 246, 221',
  'palette-accent2-dark': '16, 124, 16',
  'palette-accent3': '248, 168, 0',
  'palette-accent3-light': '255, 244, 206',
  'palette-accent3-dark': '220, 182, 122',
};

/** Assumed: the accent and error colors missing in the captured dark theme. */
const darkPalette: ThemeData = {
  'palette-primary': '0, 120, 212',
  'palette-primary-darkened-6': '0, 103, 181',
  'palette-primary-darkened-10': '0, 91, 161',
  'palette-primary-shade-30': '184, 216, 255',
  'palette-primary-shade-20': '152, 198, 255',
  'palette-primary-shade-10': '121, 181, 255',
  'palette-primary-tint-10': '82, 143, 217',
  'palette-primary-tint-20': '73, 126, 191',
  'palette-primary-tint-30': '55, 96, 145',
  'palette-primary-tint-40': '34, 59, 89',
  'palette-neutral-100': '255, 255, 255',
  'palette-neutral-80': '225, 223, 221',
  'palette-neutral-70': '190, 187, 184',
  'palette-neutral-60': '161, 159, 157',
  'palette-neutral-30': '121, 119, 117',
  'palette-neutral-20': '96, 94, 92',
  'palette-neutral-10': '72, 70, 68',
  'palette-neutral-8': '59, 58, 57',
  'palette-neutral-6': '50, 49, 48',
  'palette-neutral-4': '41, 40, 39',
  'palette-neutral-2': '37, 36, 35',
  'palette-neutral-0': '32, 31, 30',
  'palette-error': 'rgba(241, 112, 123, 1)',
  'palette-error-6': 'rgba(244, 135, 144, 1)',
  'palette-error-10': 'rgba(246, 158, 166, 1)',
  'palette-accent1': '241, 112, 123',
  'palette-accent1-light': '68, 39, 38',
  'palette-accent1-dark': '246, 158, 166',
  'palette-accent2': '146, 195, 83',
  'palette-accent2-light': '57, 61, 27',
  'palette-accent2-dark': '146, 195, 83',
  'palette-accent3': '255, 200, 61',
  'palette-accent3-light': '67, 53, 25',
  'palette-accent3-dark': '255, 200, 61',
};

/** Assumed: white on black with the cyan and yellow of the black contrast theme of Windows. */
const highContrastPalette: ThemeData = {
  'palette-primary': '26, 235, 255',
  'palette-primary-darkened-6': '99, 242, 255',
  'palette-primary-darkened-10': '140, 246, 255',
  'palette-primary-shade-30': '140, 246, 255',
  'palette-primary-shade-20': '99, 242, 255',
  'palette-primary-shade-10': '63, 239, 255',
  'palette-primary-tint-10': '26, 235, 255',
  'palette-primary-tint-20': '0, 78, 86',
  'palette-primary-tint-30': '0, 62, 69',
  'palette-primary-tint-40': '0, 46, 51',
  'palette-neutral-100': '255, 255, 255',
  'palette-neutral-80': '255, 255, 255',
  'palette-neutral-70': '255, 255, 255',
  'palette-neutral-60': '255, 255, 255',
  'palette-neutral-30': '255, 255, 255',
  'palette-neutral-20': '255, 255, 255',
  'palette-neutral-10': '200, 200, 200',
  'palette-neutral-8': '160, 160, 160',
  'palette-neutral-6': '38, 38, 38',
  'palette-neutral-4': '24, 24, 24',
  'palette-neutral-2': '12, 12, 12',
  'palette-neutral-0': '0, 0, 0',
  'palette-error': 'rgba(255, 150, 150, 1)',
  'palette-error-6': 'rgba(255, 170, 170, 1)',
  'palette-error-10': 'rgba(255, 190, 190, 1)',
  'palette-accent1': '255, 150, 150',
  'palette-accent1-light': '51, 0, 0',
  'palette-accent1-dark': '255, 190, 190',
  'palette-accent2': '63, 242, 63',
  'palette-accent2-light': '0, 41, 0',
  'palette-accent2-dark': '63, 242, 63',
  'palette-accent3': '255, 255, 0',
  'palette-accent3-light': '46, 46, 0',
  'palette-accent3-dark': '255, 255, 0',
};

/** Variables common to all themes, derived from their palettes. */
const derived: ThemeData = {
  'background-color': 'rgba(var(--palette-neutral-0), 1)',
  'text-primary-color': 'rgba(var(--palette-neutral-100), .9)',
  'text-secondary-color': 'rgba(var(--palette-neutral-100), .55)',
  'text-disabled-color': 'rgba(var(--palette-neutral-100), .38)',
  'text-on-communication-background': 'rgba(255, 255, 255, 1)',
  'communication-background': 'rgba(var(--palette-primary), 1)',
  'communication-foreground': 'rgba(var(--palette-primary-shade-20), 1)',
  'border-subtle-color': 'rgba(var(--palette-neutral-100), .08)',
  'focus-border-color': 'rgba(var(--palette-primary), 1)',
  'focus-pulse-max-color': 'rgba(var(--palette-primary), .23)',
  'status-error-background': 'rgba(var(--palette-accent1-light), 1)',
  'status-error-text': 'rgba(var(--palette-accent1), 1)',
  'status-error-strong': 'rgba(var(--palette-accent1-dark), 1)',
  'status-success-background': 'rgba(var(--palette-accent2-light), 1)',
  'status-success-foreground': 'rgba(var(--palette-accent2-dark), 1)',
  'status-warning-background': 'rgba(var(--palette-accent3-light), 1)',
  'callout-background-color': 'rgba(var(--palette-neutral-0), 1)',
  'callout-filtered-background-color': 'rgba(var(--palette-neutral-0), .86)',
  'callout-shadow-color': 'rgba(0, 0, 0, .132)',
  'callout-shadow-secondary-color': 'rgba(0, 0, 0, .108)',
  'panel-shadow-color': 'rgba(0, 0, 0, .22)',
  'panel-shadow-secondary-color': 'rgba(0, 0, 0, .18)',
  'splitter-border-color': 'rgba(var(--palette-neutral-100), .42)',
  'component-grid-row-hover-color': 'rgba(var(--palette-neutral-100), .04)',
  'component-grid-selected-row-color': 'rgba(var(--palette-primary-tint-30), 1)',
  'component-grid-action-selected-cell-hover-color': 'rgba(var(--palette-primary-tint-30), 1)',
  'component-grid-focus-border-color': 'rgba(var(--palette-primary), 1)',
  'component-grid-cell-bottom-border-color': 'rgba(var(--palette-neutral-8), 1)',
  'component-label-default-color': 'rgba(var(--palette-neutral-6), 1)',
  'component-label-default-color-hover': 'rgba(var(--palette-neutral-10), 1)',
  'palette-black-alpha-2': 'rgba(var(--palette-neutral-100), .02)',
  'palette-black-alpha-4': 'rgba(var(--palette-neutral-100), .04)',
  'palette-black-alpha-6': 'rgba(var(--palette-neutral-100), .06)',
  'palette-black-alpha-8': 'rgba(var(--palette-neutral-100), .08)',
  'palette-black-alpha-10': 'rgba(var(--palette-neutral-100), .1)',
  'palette-black-alpha-20': 'rgba(var(--palette-neutral-100), .2)',
  'palette-black-alpha-30': 'rgba(var(--palette-neutral-100), .3)',
  'palette-black-alpha-60': 'rgba(var(--palette-neutral-100), .6)',
};

const lightStatus: ThemeData = {
  'status-error-foreground': 'rgba(205, 74, 69, 1)',
  'status-info-foreground': 'rgba(0, 120, 212, 1)',
  'status-warning-foreground': 'rgba(250, 157, 45, 1)',
  'status-warning-icon-foreground': 'rgba(177, 133, 37, 1)',
  'status-warning-text': 'rgba(184, 94, 6, 1)',
  'component-status-error': 'rgba(205, 74, 69, 1)',
  'component-status-info': 'rgba(0, 120, 212, 1)',
  'component-status-neutral': 'rgba(102, 102, 102, 1)',
  'component-status-success': 'rgba(85, 163, 98, 1)',
  'component-status-warning': 'rgba(214, 127, 60, 1)',
};

/** Assumed: on a dark ground a status has the color of its accent. */
const accentStatus: ThemeData = {
  'status-error-foreground': 'rgba(var(--palette-accent1), 1)',
  'status-info-foreground': 'rgba(var(--palette-primary-shade-10), 1)',
  'status-warning-foreground': 'rgba(var(--palette-accent3), 1)',
  'status-warning-icon-foreground': 'rgba(var(--palette-accent3), 1)',
  'status-warning-text': 'rgba(var(--palette-accent3), 1)',
  'component-status-error': 'rgba(var(--palette-accent1), 1)',
  'component-status-info': 'rgba(var(--palette-primary-shade-10), 1)',
  'component-status-neutral': 'rgba(var(--palette-neutral-60), 1)',
  'component-status-success': 'rgba(var(--palette-accent2), 1)',
  'component-status-warning': 'rgba(var(--palette-accent3), 1)',
};

const highContrastText: ThemeData = {
  'text-primary-color': 'rgba(255, 255, 255, 1)',
  'text-secondary-color': 'rgba(255, 255, 255, 1)',
  'text-disabled-color': 'rgba(63, 242, 63, 1)',
  'text-on-communication-background': 'rgba(0, 0, 0, 1)',
  'border-subtle-color': 'rgba(255, 255, 255, 1)',
  'focus-border-color': 'rgba(255, 255, 0, 1)',
  'component-grid-cell-bottom-border-color': 'rgba(255, 255, 255, 1)',
};

/** Name of a theme, and its variables. */
export const themes: Record<ThemeName, { label: string; data: ThemeData }> = {
  light: { label: 'Light', data: { ...lightPalette, ...derived, ...lightStatus } },
  dark: { label: 'Dark', data: { ...darkPalette, ...derived, ...accentStatus } },
  'high-contrast': {
    label: 'High contrast',
    data: { ...highContrastPalette, ...derived, ...accentStatus, ...highContrastText },
  },
};

export function isThemeName(name: string): name is ThemeName {
  return name in themes;
}

/** Applies the theme of the frames to the host page. */
export function applyTheme(name: ThemeName, root: HTMLElement = document.documentElement): void {
  root.dataset['theme'] = name;
  root.style.colorScheme = name === 'light' ? 'light' : 'dark';
  for (const [variable, value] of Object.entries(themes[name].data))
    root.style.setProperty(`--${variable}`, value);
}
