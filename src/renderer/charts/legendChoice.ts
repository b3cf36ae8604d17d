/** Which curves of a chart are hidden after a click in its legend. */

/** Adds the name to the list, or removes it if it is there. */
export function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
}

/** The curves to hide so that only one is shown; none if it is already the only one. */
export function isolated(hidden: readonly string[], curves: readonly string[], curve: string): readonly string[] {
  const others = curves.filter((each) => each !== curve);
  const alone = !hidden.includes(curve) && others.every((each) => hidden.includes(each));
  return alone ? [] : others;
}
