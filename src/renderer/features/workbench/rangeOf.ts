/** The learning rates of the range test, and its number of steps. */

export const FROM = 1e-6;
export const TO = 10;
export const STEPS = 200;
