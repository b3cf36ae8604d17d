/** Why one of many files is left out: the end of the sentence "left out because it …". Reported with the file's place; the other files are still read. */
export class BadFile extends Error {}
