import * as React from 'react';
import type { MenuEntry } from '../extensions/menus';
import { useHostPage } from '../host-page';
import { useStore } from '../store';

/** Icon of an extension's entry for the current theme, if any. */
export function ContributedIcon({ icon }: { icon: MenuEntry['icon'] }) {
  const { settings } = useHostPage();
  const { theme } = useStore(settings);
  if (!icon) return null;
  return <img className="contributed-icon" src={theme === 'light' ? icon.light : icon.dark} alt="" />;
}
