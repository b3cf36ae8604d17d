/** `/home/ada/cats.zip/train` -> `train` */
export function lastOfPath(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
}
