/** Adds `by` times the outer product of a row of ones at `columns` to a symmetric matrix of `size` rows. */
export function addOuter(matrix: Float64Array, size: number, columns: readonly number[], by: number): void {
  for (const i of columns) for (const j of columns) matrix[i * size + j]! += by;
}

/**
 * Solves a system with a symmetric positive definite matrix (row after row) by Cholesky's decomposition: Golub &
 * Van Loan 2013, "Matrix Computations", 4th ed., section 4.2. Gives a function, so that several right-hand sides
 * need one decomposition. Throws a RangeError where the matrix is not positive definite.
 */
export function solver(matrix: Float64Array, size: number): (right: Float64Array) => Float64Array {
  const lower = matrix.slice();
  for (let j = 0; j < size; j += 1) {
    for (let i = j; i < size; i += 1) {
      let sum = lower[i * size + j]!;
      for (let k = 0; k < j; k += 1) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (i > j) lower[i * size + j] = sum / lower[j * size + j]!;
      else if (sum > 0) lower[j * size + j] = Math.sqrt(sum);
      else throw new RangeError('The matrix is not positive definite.');
    }
  }
  return (right) => {
    const x = right.slice();
    for (let i = 0; i < size; i += 1) {
      for (let k = 0; k < i; k += 1) x[i]! -= lower[i * size + k]! * x[k]!;
      x[i]! /= lower[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i -= 1) {
      for (let k = i + 1; k < size; k += 1) x[i]! -= lower[k * size + i]! * x[k]!;
      x[i]! /= lower[i * size + i]!;
    }
    return x;
  };
}
