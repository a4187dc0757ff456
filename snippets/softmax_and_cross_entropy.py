"""Softmax and cross-entropy: scores to probabilities, and the price of the truth."""

# %% three-scores
import matplotlib.pyplot as plt
import numpy as np

cat = 2.0  # score of the truth
z = np.array([cat, 1.0, 0.0])  # (3,), scores of cat, dog and bird

p = np.exp(z) / np.exp(z).sum()  # (3,), softmax
loss = -np.log(p[0])  # cross-entropy: it is a cat
print(f"p = {p[0]:.3f} {p[1]:.3f} {p[2]:.3f}   loss = {loss:.3f}")

# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2))
left.bar(["cat", "dog", "bird"], p, color=["C0", "C2", "C2"])
left.set_ylim(0, 1)
left.set_ylabel("probability")
chance = np.linspace(0.01, 1, 200)
right.plot(chance, -np.log(chance))
right.plot(p[0], loss, "o", color="C1")
right.set_xlabel("probability of cat")
right.set_ylabel("loss")
right.set_ylim(0, 4.6)
# endregion

assert np.isclose(p.sum(), 1) and np.isclose(p[1] / p[2], np.e)  # one point more is e times as likely

# %% solution:three-scores-on-paper
answer = -np.log(np.exp(np.log(2)) / (1 + 1 + 2))

# %% check:three-scores-on-paper
odds = 2 / (1 + 1)  # third against the other two together
assert abs(answer - np.log(1 + 1 / odds)) < 0.004, "exp turns the scores into 1, 1 and 2: the third has 2 of 4"
