/** The rates that the window's range test goes through. */

export const FROM = 1e-6;
export const TO = 10;
export const STEPS = 200;
