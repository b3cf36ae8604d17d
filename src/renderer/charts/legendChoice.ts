/** Which curves of a chart are hidden after a choice in its legend. */

/** The names with one more, or without it. */
export function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
}

/** What is hidden so that one curve is alone; nothing where it is alone already. */
export function isolated(hidden: readonly string[], curves: readonly string[], curve: string): readonly string[] {
  const others = curves.filter((each) => each !== curve);
  const alone = !hidden.includes(curve) && others.every((each) => hidden.includes(each));
  return alone ? [] : others;
}
