// What an operation on numbers reports, as NumPy counts it (NPY_FPE_…).

export const DIVIDE = 1
export const OVERFLOW = 2
export const INVALID = 8
