// How what a reader wrote is recognised, before the code that reads it is loaded.

/** What the fragment of a link with code begins with. */
export const SHARED_PREFIX = "#kp="

/** What the key of a kept edit begins with. */
export const EDIT_PREFIX = "kamipen:edit:"
