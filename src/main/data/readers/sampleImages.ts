/** Images for the readers' sample files: PNG, two pixels wide, one high. Made by tests/data/fixtures/samples/make.py. */
export const RED = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP8z8DAwMAAAAYIAQHLR3Z1AAAAAElFTkSuQmCC", "base64");
export const BLUE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGNkYPjPwMAAAAQKAQHOAd3hAAAAAElFTkSuQmCC", "base64");

/** Their values, channels first. */
export const RED_VALUES = [255, 255, 0, 0, 0, 0];
export const BLUE_VALUES = [0, 0, 0, 0, 255, 255];
