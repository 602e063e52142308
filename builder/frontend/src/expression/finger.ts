/** Where there may be no keys: on glass, and in windows as narrow as a phone. */
export const FINGER = "(hover: none), (max-width: 640px)";
