/** Why one file among many is left out. */

/** What is wrong with a file: the end of the sentence "left out because it …". Told with the file's place; the others go on. */
export class BadFile extends Error {}
